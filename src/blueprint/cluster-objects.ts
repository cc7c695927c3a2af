import { buildAdmission } from './admission/build.ts';
import { buildClusterAccess } from './cluster-access/build.ts';
import { buildIngress } from './ingress/build.ts';
import { buildMeshRules } from './mesh/objects.ts';
import { buildNamespaces } from './namespaces/build.ts';
import type { PartBuilder } from './part-builder.ts';
import { buildSecurityAgents } from './security-agents/build.ts';
import { buildWorkloads } from './workload/build.ts';

/** What runs in the clusters and holds there: Kubernetes objects alone. */
export const objectParts: readonly PartBuilder[] = [
  buildNamespaces,
  buildClusterAccess,
  buildAdmission,
  buildMeshRules,
  buildSecurityAgents,
  buildIngress,
  buildWorkloads,
];
