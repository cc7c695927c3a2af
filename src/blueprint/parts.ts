import { buildAlerts } from './alerts/build.ts';
import { buildBastions } from './bastion/build.ts';
import { buildCertificates } from './certificates/build.ts';
import { buildClusters } from './cluster/build.ts';
import type { BuildContext } from './context.ts';
import { buildDefender } from './defender/build.ts';
import { buildDns } from './dns/build.ts';
import type { PartDraft } from './draft.ts';
import { buildFirewalls } from './firewall/build.ts';
import { buildGateways } from './gateway/build.ts';
import { buildGitops } from './gitops/build.ts';
import { buildHubs } from './hub/build.ts';
import { buildIdentities } from './identity/build.ts';
import { buildSecretReaders } from './identity/secret-readers.ts';
import { buildTrust } from './identity/trust.ts';
import { buildImageSpoke } from './image-spoke/build.ts';
import { buildJumpBoxes } from './jumpbox/build.ts';
import { buildMeshes } from './mesh/build.ts';
import { buildMonitoring, buildObservability, buildWatchers } from './observability/build.ts';
import { buildDiagnostics } from './observability/diagnostics.ts';
import { buildPolicy } from './policy/build.ts';
import { buildRegistries } from './registry/build.ts';
import { buildSpokes } from './spoke/build.ts';
import { buildBudget } from './subscription/build.ts';
import { buildVaults } from './vault/build.ts';

/** A part that is built from the spec alone. */
export type PartBuilder = (context: BuildContext) => PartDraft;

/** A part that follows from the others. */
export type DerivedPart = (context: BuildContext, others: readonly PartDraft[]) => PartDraft;

/** The networks, and the workspaces that they log to. */
const networkParts: readonly PartBuilder[] = [
  buildObservability,
  buildHubs,
  buildDns,
  buildFirewalls,
  buildBastions,
  buildImageSpoke,
  buildSpokes,
];

/** What clusters are made of and need, their networks apart. Rights come before what uses them. */
export const clusterParts: readonly PartBuilder[] = [
  buildIdentities,
  buildVaults,
  buildCertificates,
  buildRegistries,
  buildClusters,
  buildTrust,
  buildSecretReaders,
  buildMeshes,
  buildGitops,
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
export const partBuilders: readonly PartBuilder[] = [...networkParts, ...clusterParts, ...operationsParts];

/** Each sees the parts before it: what is made by one of them is in the view of the next. */
export const derivedParts: readonly DerivedPart[] = [buildMonitoring, buildDiagnostics, buildPolicy];
