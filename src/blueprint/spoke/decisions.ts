import type { DecisionText } from '../draft.ts';
import { clusterDecisions } from './decisions/cluster.ts';
import { edgeDecisions } from './decisions/edge.ts';
import { scopeDecisions } from './decisions/scope.ts';

export const spokeDecisions: readonly DecisionText[] = [...scopeDecisions, ...edgeDecisions, ...clusterDecisions];
