import { parsePrefix } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import { isOffered, lastDayOf } from '../../life-cycles/is-offered.ts';
import { notModelled } from '../../service-errors.ts';
import type { ProviderContext } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { listOf, type Members, membersOf, textOf, textsOf } from '../members.ts';
import { delegationsOf, subnetPrefixes } from '../microsoft-network/subnet-checks.ts';
import { propertiesOf } from '../resource-form.ts';
import { refusal, requireFound } from '../service-checks.ts';
import { tiersRenamedSince } from './api-versions.ts';
import { clusterError } from './cluster-errors.ts';
import { fullVersion, meshRevisionsOn, supportOf } from './kubernetes-versions.ts';
import { clusterService } from './pool-checks.ts';

/** A cluster about to be stored, and its pools. */
export interface ClusterDraft {
  readonly id: string;
  readonly apiVersion: string;
  readonly envelope: Members;
  readonly properties: Members;
  readonly pools: readonly Members[];
  readonly existing: ArmResource | undefined;
}

export function checkTierAndVersion(draft: ClusterDraft, context: ProviderContext): void {
  const { properties, envelope, existing, apiVersion } = draft;
  const name = nameIn(draft.id);
  const sku = membersOf(envelope.sku);
  const tier = String(sku.tier ?? 'Free');
  if (sku.name === 'Automatic') throw notModelled(`AKS Automatic (sku.name Automatic): ${draft.id}`);
  const tiers = apiVersion >= tiersRenamedSince ? ['Free', 'Standard', 'Premium'] : ['Free', 'Paid'];
  if (!tiers.includes(tier)) {
    throw clusterError(
      'InvalidSKU',
      `The tier '${tier}' is not one of ${tiers.join(', ')} in API version ${apiVersion}.`,
      'sku.tier',
      'InvalidParameter',
    );
  }
  const isLongTerm = properties.supportPlan === 'AKSLongTermSupport';
  if (isLongTerm && tier !== 'Premium') {
    // learn.microsoft.com, AKS long-term support: the Premium tier and the plan go together.
    throw clusterError(
      'LongTermSupportRequiresPremium',
      `The support plan AKSLongTermSupport needs the tier Premium, not ${tier}.`,
      'properties.supportPlan',
    );
  }
  const version = textOf(properties.kubernetesVersion);
  const before = textOf(propertiesOf(existing).kubernetesVersion);
  if (version === undefined || version === before) return;
  const support = supportOf(version, context);
  const intro = `Managed cluster ${name}`;
  if (support === 'long-term only' && !isLongTerm) {
    throw clusterError(
      'K8sVersionNotSupported',
      `${intro} is on version ${version}, which is only available for Long-Term Support (LTS). If you intend to onboard to LTS, please ensure the cluster is in Premium tier and LTS support plan. Otherwise, use [az aks get-versions] command to get the supported version list in this region. For more information, please check https://aka.ms/supported-version-list`,
      undefined,
      'K8sVersionNotSupported',
    );
  }
  if (support === 'not served') {
    throw clusterError(
      'K8sVersionNotSupported',
      `${intro} has invalid version ${version}. Please use [az aks get-versions] command to get the supported version list in this region. For more information, please check https://aka.ms/supported-version-list`,
      undefined,
      'K8sVersionNotSupported',
    );
  }
  if (before !== undefined) checkUpgrade(before, version);
}

/** One minor at a time, never back (learn.microsoft.com, upgrade an AKS cluster). */
function checkUpgrade(before: string, version: string): void {
  const order = (text: string): readonly [number, number] => {
    const [, minor = 0, patch = 0] = fullVersion(text).split('.').map(Number);
    return [minor, patch];
  };
  const [[oldMinor, oldPatch], [minor, patch]] = [order(before), order(version)];
  if (minor === oldMinor ? patch >= oldPatch : minor === oldMinor + 1) return;
  throw clusterError(
    'OperationNotAllowed',
    `Upgrading Kubernetes version ${before} to ${version} is not allowed: one minor version at a time, and not back.`,
    'properties.kubernetesVersion',
    'OperationNotAllowed',
  );
}

/** The API server: its subnet, its zone, and what private means. */
export function checkApiServer(draft: ClusterDraft, context: ProviderContext): void {
  const access = membersOf(draft.properties.apiServerAccessProfile);
  const isPrivate = access.enablePrivateCluster === true;
  if (isPrivate && textsOf(access.authorizedIPRanges).length > 0) {
    throw clusterError(
      'AuthorizedIPRangesNotSupportedOnPrivateCluster',
      'Authorized IP ranges cannot be set on a private cluster.',
      'properties.apiServerAccessProfile.authorizedIPRanges',
    );
  }
  if (access.enableVnetIntegration === true) checkApiServerSubnet(draft, textOf(access.subnetId), context);
  const zoneId = textOf(access.privateDNSZone);
  const hasSubdomain = textOf(draft.properties.fqdnSubdomain) !== undefined;
  if (hasSubdomain === (textOf(draft.properties.dnsPrefix) !== undefined)) {
    throw clusterError(
      'InvalidDnsPrefix',
      'One of dnsPrefix and fqdnSubdomain must be set.',
      'properties.dnsPrefix',
      'InvalidParameter',
    );
  }
  if (zoneId === undefined || !zoneId.startsWith('/')) return;
  const zone = requireFound(context, zoneId, 'Microsoft.Network/privateDnsZones');
  const region = String(draft.envelope.location);
  const names = [`privatelink.${region}.azmk8s.io`, `private.${region}.azmk8s.io`];
  if (!names.some((name) => zone.name.toLowerCase() === name || zone.name.toLowerCase().endsWith(`.${name}`))) {
    throw clusterError(
      'InvalidPrivateDNSZone',
      `The private DNS zone '${zone.name}' must be ${names.join(' or ')}, or lie below one of them.`,
      'properties.apiServerAccessProfile.privateDNSZone',
      'InvalidParameter',
    );
  }
  if (membersOf(draft.envelope.identity).type !== 'UserAssigned') {
    throw clusterError(
      'CustomPrivateDNSZoneNeedsUserAssignedIdentity',
      'A private DNS zone of your own needs a user-assigned identity of the cluster.',
      'properties.apiServerAccessProfile.privateDNSZone',
      'InvalidParameter',
    );
  }
}

/** A subnet of its own, delegated, /28 at least, in a network that is not encrypted (learn.microsoft.com, API Server VNet Integration). */
function checkApiServerSubnet(draft: ClusterDraft, subnetId: string | undefined, context: ProviderContext): void {
  if (subnetId === undefined) {
    const own = draft.pools.some((pool) => textOf(pool.vnetSubnetID) !== undefined);
    if (own)
      throw clusterError(
        'ApiServerSubnetMissing',
        'API Server VNet Integration in a network of your own needs apiServerAccessProfile.subnetId.',
        'properties.apiServerAccessProfile.subnetId',
      );
    return;
  }
  const target = 'properties.apiServerAccessProfile.subnetId';
  const subnet = requireFound(context, subnetId, 'Microsoft.Network/virtualNetworks/subnets');
  if (!delegationsOf(subnet).includes(clusterService)) {
    throw clusterError(
      'ApiServerSubnetNotDelegated',
      `Subnet ${subnet.id} must be delegated to ${clusterService}.`,
      target,
    );
  }
  const length = parsePrefix(subnetPrefixes(propertiesOf(subnet))[0] ?? '')?.length ?? 32;
  if (length > 28)
    throw clusterError(
      'ApiServerSubnetTooSmall',
      `Subnet ${subnet.id} must be a /28 or larger, not a /${length}.`,
      target,
    );
  const network = context.view.get(parentOf(subnet.id));
  if (membersOf(propertiesOf(network).encryption).enabled === true) {
    throw clusterError(
      'VnetEncryptionNotSupported',
      `API Server VNet Integration cannot be used in ${network?.id}, which has virtual network encryption on.`,
      target,
    );
  }
}

/** Add-ons and profiles that need or exclude each other. */
export function checkAddons(draft: ClusterDraft, context: ProviderContext): void {
  const { properties, existing } = draft;
  const mesh = membersOf(properties.serviceMeshProfile);
  const appRouting = membersOf(membersOf(membersOf(properties.ingressProfile).webAppRouting).gatewayAPIImplementations);
  if (mesh.mode === 'Istio' && membersOf(appRouting.appRoutingIstio).mode === 'Enabled') {
    throw clusterError(
      'IstioAndAppRoutingGateway',
      'The Istio add-on and the Gateway API of application routing cannot be used together.',
      'properties.serviceMeshProfile',
    );
  }
  if (mesh.mode === 'Istio') checkMesh(mesh, existing, context);
  for (const [name, addon] of Object.entries(membersOf(properties.addonProfiles))) {
    const { enabled, config } = membersOf(addon);
    if (enabled !== true) continue;
    if (
      name.toLowerCase() === 'openservicemesh' &&
      existing === undefined &&
      !isOffered('open service mesh', context)
    ) {
      throw clusterError(
        'OpenServiceMeshRetired',
        `The Open Service Mesh add-on was retired on ${lastDayOf('open service mesh')}.`,
        'properties.addonProfiles.openServiceMesh',
      );
    }
    if (name.toLowerCase() === 'omsagent') {
      const entries = Object.entries(membersOf(config)).find(
        ([key]) => key.toLowerCase() === 'loganalyticsworkspaceresourceid',
      );
      requireFound(context, textOf(entries?.[1]) ?? '', 'Microsoft.OperationalInsights/workspaces');
    }
  }
  const pod = membersOf(properties.podIdentityProfile);
  if (existing === undefined && pod.enabled === true && listOf(pod.userAssignedIdentities).length > 0) {
    throw clusterError(
      'PodIdentityAddonUserAssignedIdentitiesNotAllowedInCreation',
      'Provisioning of resource(s) for cluster with pod identity addon failed: user assigned identities are not allowed when the cluster is created.',
      'properties.podIdentityProfile.userAssignedIdentities',
    );
  }
  const entra = membersOf(properties.aadProfile);
  if (properties.disableLocalAccounts === true && entra.managed !== true) {
    throw clusterError(
      'DisableLocalAccountsRequiresAAD',
      'Local accounts can only be disabled on a cluster with managed Entra integration.',
      'properties.disableLocalAccounts',
    );
  }
  if (entra.enableAzureRBAC === true && properties.enableRBAC === false) {
    throw clusterError(
      'AzureRBACRequiresRBAC',
      'Azure RBAC needs enableRBAC.',
      'properties.aadProfile.enableAzureRBAC',
    );
  }
  checkKeys(draft, context);
}

function checkMesh(mesh: Members, existing: ArmResource | undefined, context: ProviderContext): void {
  const before = textsOf(membersOf(membersOf(propertiesOf(existing).serviceMeshProfile).istio).revisions);
  const served = meshRevisionsOn(context);
  for (const revision of textsOf(membersOf(mesh.istio).revisions)) {
    if (served.includes(revision) || before.includes(revision)) continue;
    throw clusterError(
      'InvalidServiceMeshRevision',
      `Revision '${revision}' of the Istio add-on is not available. Available: ${served.join(', ') || 'none that is known'}.`,
      'properties.serviceMeshProfile.istio.revisions',
    );
  }
}

function checkKeys({ properties }: ClusterDraft, context: ProviderContext): void {
  const keys = membersOf(membersOf(properties.securityProfile).azureKeyVaultKms);
  if (keys.enabled === true) {
    if (!/^https:\/\/[^/]+\/keys\/[^/]+/.test(String(keys.keyId))) {
      throw clusterError(
        'InvalidKeyId',
        `The key '${String(keys.keyId)}' is no Key Vault key.`,
        'properties.securityProfile.azureKeyVaultKms.keyId',
        'InvalidParameter',
      );
    }
    if (keys.keyVaultNetworkAccess === 'Private') {
      requireFound(context, textOf(keys.keyVaultResourceId) ?? '', 'Microsoft.KeyVault/vaults');
      if (membersOf(properties.apiServerAccessProfile).enableVnetIntegration !== true) {
        // learn.microsoft.com, AKS KMS: a private vault needs API Server VNet Integration.
        throw clusterError(
          'PrivateKeyVaultRequiresVnetIntegration',
          'KMS with a private key vault needs API Server VNet Integration.',
          'properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess',
        );
      }
    }
  }
  const disks = textOf(properties.diskEncryptionSetID);
  if (disks !== undefined && context.view.get(disks) === undefined) {
    throw refusal(404, 'DiskEncryptionSetNotFound', `The disk encryption set '${disks}' was not found.`);
  }
}
