import type { BuildContext } from '../context.ts';
import type { DecisionText } from '../draft.ts';
import { accessDecisions } from './decisions/access.ts';
import { lifeDecisions } from './decisions/life.ts';
import { networkDecisions } from './decisions/network.ts';
import { nodeDecisions } from './decisions/nodes.ts';

export function clusterDecisions(context: BuildContext): readonly DecisionText[] {
  return [...lifeDecisions(context), ...accessDecisions, ...networkDecisions, ...nodeDecisions];
}
