import type { Rule } from '../rule.ts';
import { apiServersArePrivate } from './api-servers-are-private.ts';
import { bootstrapCacheIsWhereAksLooks } from './bootstrap-cache-is-where-aks-looks.ts';
import { changesHaveAWindow } from './changes-have-a-window.ts';
import { clusterDisksHaveOurKey } from './cluster-disks-have-our-key.ts';
import { clusterSecretsAreEncryptedWithOurKey } from './cluster-secrets-are-encrypted-with-our-key.ts';
import { clustersActThroughOurIdentities } from './clusters-act-through-our-identities.ts';
import { clustersAreSupportedForLong } from './clusters-are-supported-for-long.ts';
import { clustersAreWatched } from './clusters-are-watched.ts';
import { clustersEnforceNetworkPolicy } from './clusters-enforce-network-policy.ts';
import { clustersEnforcePolicies } from './clusters-enforce-policies.ts';
import { clustersHaveOneWayIn } from './clusters-have-one-way-in.ts';
import { clustersKnowEntraIdentitiesOnly } from './clusters-know-entra-identities-only.ts';
import { clustersMakeNoWayOut } from './clusters-make-no-way-out.ts';
import { clustersMountDisksOnly } from './clusters-mount-disks-only.ts';
import { clustersPatchThemselves } from './clusters-patch-themselves.ts';
import { clustersStartFromARegistryThatKeeps } from './clusters-start-from-a-registry-that-keeps.ts';
import { clustersTakeNoCommandsThroughAzure } from './clusters-take-no-commands-through-azure.ts';
import { configurationComesFromOurRegistry } from './configuration-comes-from-our-registry.ts';
import { customRolesNameTheirActions } from './custom-roles-name-their-actions.ts';
import { diskEncryptionSetsHoldOurKey } from './disk-encryption-sets-hold-our-key.ts';
import { fluxHasNoMoreThanItNeeds } from './flux-has-no-more-than-it-needs.ts';
import { fluxIsKeptUpToDate } from './flux-is-kept-up-to-date.ts';
import { gatewayCertificatesComeFromAVault } from './gateway-certificates-come-from-a-vault.ts';
import { gatewayLogsAreScrubbed } from './gateway-logs-are-scrubbed.ts';
import { gatewaysBlockAttacks } from './gateways-block-attacks.ts';
import { gatewaysEncryptToTheirBackends } from './gateways-encrypt-to-their-backends.ts';
import { gatewaysOutliveAZone } from './gateways-outlive-a-zone.ts';
import { gatewaysProbeTheirBackends } from './gateways-probe-their-backends.ts';
import { gatewaysSpeakHttpsOnly } from './gateways-speak-https-only.ts';
import { gatewaysTakeStrongCiphers } from './gateways-take-strong-ciphers.ts';
import { governanceRules } from './governance.ts';
import { identitiesTrustSingleAccounts } from './identities-trust-single-accounts.ts';
import { keysLiveInHardware } from './keys-live-in-hardware.ts';
import { keysRotate } from './keys-rotate.ts';
import { meshesAreEnteredFromInside } from './meshes-are-entered-from-inside.ts';
import { meshesHaveOurAuthority } from './meshes-have-our-authority.ts';
import { meshesNeedNoRightsInPods } from './meshes-need-no-rights-in-pods.ts';
import { meshesRunOneRevision } from './meshes-run-one-revision.ts';
import { noBroadRoleIsGiven } from './no-broad-role-is-given.ts';
import { nodeGroupsAreLocked } from './node-groups-are-locked.ts';
import { nodesBootTrusted } from './nodes-boot-trusted.ts';
import { nodesKeepNothing } from './nodes-keep-nothing.ts';
import { nodesTakeNoLogins } from './nodes-take-no-logins.ts';
import { oldImagesAreRemoved } from './old-images-are-removed.ts';
import { onlySignedConfigurationIsApplied } from './only-signed-configuration-is-applied.ts';
import { podsSignInByTheirAccount } from './pods-sign-in-by-their-account.ts';
import { poolsAreMadeByHand } from './pools-are-made-by-hand.ts';
import { poolsKeepScopesApart } from './pools-keep-scopes-apart.ts';
import { poolsOfDifferentScopeShareNoSubnet } from './pools-of-different-scope-share-no-subnet.ts';
import { poolsSpanZones } from './pools-span-zones.ts';
import { registriesArePrivate } from './registries-are-private.ts';
import { registriesAuthorizeByRepository } from './registries-authorize-by-repository.ts';
import { registriesCanBeScanned } from './registries-can-be-scanned.ts';
import { registriesHaveDataEndpoints } from './registries-have-data-endpoints.ts';
import { registriesSpanZones } from './registries-span-zones.ts';
import { registriesTakeIdentitiesOnly } from './registries-take-identities-only.ts';
import { registriesUseNoPreview } from './registries-use-no-preview.ts';
import { registryAgentsStandInANetwork } from './registry-agents-stand-in-a-network.ts';
import { registryReadersAreLimitedToRepositories } from './registry-readers-are-limited-to-repositories.ts';
import { registryTasksStayInTheNetwork } from './registry-tasks-stay-in-the-network.ts';
import { roleAssignmentsSayWhy } from './role-assignments-say-why.ts';
import { secretsFollowTheVault } from './secrets-follow-the-vault.ts';
import { trustedServicesReachDiskKeysOnly } from './trusted-services-reach-disk-keys-only.ts';
import { undeclaredObjectsAreRemoved } from './undeclared-objects-are-removed.ts';
import { vaultRightsAreForSingleThings } from './vault-rights-are-for-single-things.ts';
import { vaultsArePrivate } from './vaults-are-private.ts';
import { vaultsAuthorizeByRole } from './vaults-authorize-by-role.ts';
import { vaultsCannotBePurged } from './vaults-cannot-be-purged.ts';
import { vaultsHaveHardware } from './vaults-have-hardware.ts';

/** Statements about the settings of resources, by service. */
export const resourceRules: readonly Rule[] = [
  vaultsArePrivate,
  vaultsAuthorizeByRole,
  vaultsCannotBePurged,
  trustedServicesReachDiskKeysOnly,
  keysLiveInHardware,
  vaultsHaveHardware,
  registriesCanBeScanned,
  keysRotate,
  diskEncryptionSetsHoldOurKey,
  registriesArePrivate,
  registriesTakeIdentitiesOnly,
  registriesAuthorizeByRepository,
  registriesHaveDataEndpoints,
  registriesSpanZones,
  registriesUseNoPreview,
  registryTasksStayInTheNetwork,
  registryAgentsStandInANetwork,
  bootstrapCacheIsWhereAksLooks,
  clustersStartFromARegistryThatKeeps,
  noBroadRoleIsGiven,
  roleAssignmentsSayWhy,
  registryReadersAreLimitedToRepositories,
  vaultRightsAreForSingleThings,
  customRolesNameTheirActions,
  identitiesTrustSingleAccounts,
  clustersAreSupportedForLong,
  apiServersArePrivate,
  clustersTakeNoCommandsThroughAzure,
  clustersKnowEntraIdentitiesOnly,
  clustersActThroughOurIdentities,
  podsSignInByTheirAccount,
  clustersEnforceNetworkPolicy,
  clustersMakeNoWayOut,
  clustersHaveOneWayIn,
  clusterSecretsAreEncryptedWithOurKey,
  clusterDisksHaveOurKey,
  nodesKeepNothing,
  nodesBootTrusted,
  nodesTakeNoLogins,
  clustersMountDisksOnly,
  poolsKeepScopesApart,
  poolsOfDifferentScopeShareNoSubnet,
  poolsSpanZones,
  poolsAreMadeByHand,
  clustersPatchThemselves,
  changesHaveAWindow,
  oldImagesAreRemoved,
  clustersAreWatched,
  clustersEnforcePolicies,
  secretsFollowTheVault,
  nodeGroupsAreLocked,
  meshesRunOneRevision,
  meshesHaveOurAuthority,
  meshesAreEnteredFromInside,
  meshesNeedNoRightsInPods,
  fluxIsKeptUpToDate,
  fluxHasNoMoreThanItNeeds,
  configurationComesFromOurRegistry,
  onlySignedConfigurationIsApplied,
  undeclaredObjectsAreRemoved,
  gatewaysBlockAttacks,
  gatewayLogsAreScrubbed,
  gatewaysSpeakHttpsOnly,
  gatewaysTakeStrongCiphers,
  gatewayCertificatesComeFromAVault,
  gatewaysEncryptToTheirBackends,
  gatewaysProbeTheirBackends,
  gatewaysOutliveAZone,
  ...governanceRules,
];
