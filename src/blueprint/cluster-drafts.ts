import { buildClusters } from './cluster/build.ts';
import type { BuildContext } from './context.ts';
import type { PartDraft } from './draft.ts';
import { buildGateways } from './gateway/build.ts';
import { buildGitops } from './gitops/build.ts';
import { buildIdentities } from './identity/build.ts';
import { buildSecretReaders } from './identity/secret-readers.ts';
import { buildTrust } from './identity/trust.ts';
import { buildMeshes } from './mesh/build.ts';
import { buildRegistries } from './registry/build.ts';
import { buildVaults } from './vault/build.ts';

/** Everything of the clusters but their networks, in the order of a deployment: rights come before what uses them. */
export function clusterDrafts(context: BuildContext): readonly PartDraft[] {
  return [
    buildIdentities(context),
    buildVaults(context),
    buildRegistries(context),
    buildClusters(context),
    buildTrust(context),
    buildSecretReaders(context),
    buildMeshes(context),
    buildGitops(context),
    buildGateways(context),
  ];
}
