import type { BuildContext } from '../context.ts';
import { joined, type PartDraft } from '../draft.ts';
import { jumpBoxDecisions, jumpBoxDecisionsBehindBasic } from './decisions.ts';
import { jumpBoxImage } from './image.ts';
import { jumpBoxes } from './scale-set.ts';

/** The machines from which clusters are administered, and the image that they are made of. */
export function buildJumpBoxes(context: BuildContext): PartDraft {
  return {
    name: 'jump-box',
    ...joined(jumpBoxImage(context), ...context.spec.clusters.map((cluster) => jumpBoxes(context, cluster))),
    decisions: context.spec.components.bastion === 'premium' ? jumpBoxDecisions : jumpBoxDecisionsBehindBasic,
    intents: [],
  };
}
