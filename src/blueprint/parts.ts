import type { Components } from '../spec/components.ts';
import { buildAlerts } from './alerts/build.ts';
import { buildBastions } from './bastion/build.ts';
import { buildCertificates } from './certificates/build.ts';
import { buildClusters } from './cluster/build.ts';
import { buildClustersOf2021 } from './cluster/cluster-of-2021.ts';
import { objectParts } from './cluster-objects.ts';
import { buildDefender } from './defender/build.ts';
import { buildDns } from './dns/build.ts';
import { buildFirewalls } from './firewall/build.ts';
import { buildGateways } from './gateway/build.ts';
import { buildGitops } from './gitops/build.ts';
import { buildTrees } from './gitops/tree.ts';
import { buildHubs } from './hub/build.ts';
import { buildIdentities } from './identity/build.ts';
import { buildSecretReaders } from './identity/secret-readers.ts';
import { buildTrust } from './identity/trust.ts';
import { buildImageSpoke } from './image-spoke/build.ts';
import { buildJumpBoxes } from './jumpbox/build.ts';
import { buildMeshes } from './mesh/build.ts';
import { buildMonitoring, buildObservability, buildWatchers } from './observability/build.ts';
import { buildDiagnostics } from './observability/diagnostics.ts';
import { buildGroupFlowLogs, buildWorkspacesOf2021 } from './observability/logs-of-2021.ts';
import type { DerivedPart, PartBuilder } from './part-builder.ts';
import { buildPolicy } from './policy/build.ts';
import { buildRegistries } from './registry/build.ts';
import { buildSingleRegistries } from './registry/one-registry.ts';
import { buildSpokes } from './spoke/build.ts';
import { buildBudget } from './subscription/build.ts';
import { buildVaults } from './vault/build.ts';

/** What builds a part, by what fills its slot. A part that the other options do without has none. */
const chosen = {
  workspaces: { 'managed-prometheus': buildObservability, 'container-insights': buildWorkspacesOf2021 },
  registries: { 'quarantine-and-live': buildRegistries, 'one-with-two-prefixes': buildSingleRegistries },
  clusters: { newest: buildClusters, 'of-2021': buildClustersOf2021 },
  // What pods sign in with is in the cluster itself in 2021.
  trust: { 'workload-identity': [buildTrust, buildSecretReaders], 'pod-identity': [buildSecretReaders] },
  // Open Service Mesh is an add-on of the cluster, without rights of its own.
  mesh: { istio: [buildMeshes], osm: [] },
  // Flux of 2021 is put into the cluster by its own manifests.
  gitops: { 'oci-artifact': [buildGitops], 'git-repository': [] },
  // What runs in a cluster of 2021 is not built.
  objects: { 'oci-artifact': objectParts, 'git-repository': [] },
  trees: { 'oci-artifact': [buildTrees], 'git-repository': [] },
  logs: { 'virtual-network': buildMonitoring, 'security-group': buildGroupFlowLogs },
} as const;

/** The networks, and the workspaces that they log to. */
const networkParts = (components: Components): readonly PartBuilder[] => [
  chosen.workspaces[components.metrics],
  buildHubs,
  buildDns,
  buildFirewalls,
  buildBastions,
  buildImageSpoke,
  buildSpokes,
];

/** What clusters are made of and need, their networks apart. Rights come before what uses them. */
export const clusterParts = (components: Components): readonly PartBuilder[] => [
  buildIdentities,
  buildVaults,
  buildCertificates,
  chosen.registries[components.registries],
  chosen.clusters[components.apiVersions],
  ...chosen.trust[components.podIdentity],
  ...chosen.mesh[components.mesh],
  ...chosen.gitops[components.gitops],
  buildGateways,
];

/** What watches, and whence people administer. */
const operationsParts: readonly PartBuilder[] = [
  buildWatchers,
  buildBudget,
  buildDefender,
  buildJumpBoxes,
  buildAlerts,
];

/** The parts of a landing zone, in the order of a deployment where one stage has several. */
export const partBuilders = (components: Components): readonly PartBuilder[] => [
  ...networkParts(components),
  ...clusterParts(components),
  ...operationsParts,
  ...chosen.objects[components.gitops],
];

/** Each sees the parts before it: what is made by one of them is in the view of the next. */
export const derivedParts = (components: Components): readonly DerivedPart[] => [
  chosen.logs[components.flowLogs],
  buildDiagnostics,
  buildPolicy,
  ...chosen.trees[components.gitops],
];
