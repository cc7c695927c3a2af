import { formatPrefix } from '../../kernel/address.ts';
import { type BuildContext, egressOf } from '../context.ts';
import type { IntentDraft } from '../draft.ts';
import { hubRefs } from '../hub/refs.ts';
import { crossingsOf } from '../workload/services.ts';
import { apiServerIntents } from './intents/api-server.ts';
import { edgeIntents } from './intents/edge.ts';
import { egressIntents } from './intents/egress.ts';
import { insideIntents } from './intents/inside.ts';
import { operatorIntents } from './intents/operators.ts';
import type { IntentInput } from './intents/spoke-intent.ts';
import { spokeRefs } from './refs.ts';

export function spokeIntents(context: BuildContext): readonly IntentDraft[] {
  const { spec } = context;
  return spec.clusters.flatMap((cluster) => {
    const others = spec.clusters.filter((one) => one !== cluster).map((one) => one.network.addressSpace);
    const input: IntentInput = {
      cluster,
      refs: spokeRefs(context, cluster),
      hub: hubRefs(context, cluster.region),
      egress: egressOf(context, cluster),
      crossings: crossingsOf(spec),
      components: spec.components,
      otherSpokes: [...others, spec.imageSpoke.network.addressSpace].map(formatPrefix),
    };
    return [
      ...edgeIntents(input),
      ...insideIntents(input),
      ...apiServerIntents(input),
      ...operatorIntents(input),
      ...egressIntents(input),
    ].filter(hasEnds);
  });
}

/** A statement about subnets that the cluster does not have says nothing. */
const hasEnds = ({ from, to }: IntentDraft): boolean => from.length > 0 && to.length > 0;
