import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { imageOf } from '../images/reference.ts';
import { type ClusterContext, clusterContexts } from '../kubernetes/cluster-context.ts';
import { placed } from '../kubernetes/object.ts';
import { agentDecisions } from './decisions.ts';
import { falcoObjects } from './falco.ts';

/** What watches the nodes of each cluster. The namespace, its quota and its closed doors are made with the others. */
export function buildSecurityAgents(context: BuildContext): PartDraft {
  return {
    name: 'security-agents',
    ...joined(...clusterContexts(context).map(agents)),
    decisions: agentDecisions,
    intents: [],
  };
}

function agents(of: ClusterContext): Built {
  return placed(
    of.folder,
    'security-agents',
    ['falco-watches-every-node'],
    ...falcoObjects(imageOf(of, 'falco').reference),
  );
}
