import { contains, overlaps, parseAddress, parsePrefix } from '../../../kernel/address.ts';
import { dayOf } from '../../life-cycles/is-offered.ts';
import type { ProviderContext } from '../contract.ts';
import { parentOf } from '../ids.ts';
import { type Members, membersOf, numberOf, textOf } from '../members.ts';
import { subnetPrefixes } from '../microsoft-network/subnet-checks.ts';
import { propertiesOf } from '../resource-form.ts';
import { requireFound } from '../service-checks.ts';
import type { ClusterDraft } from './cluster-checks.ts';
import { clusterError } from './cluster-errors.ts';

/** New Basic load balancers are blocked after this day (learn.microsoft.com, AKS: upgrade from Basic load balancer). */
const basicBalancerUntil = '2025-09-30';
/** Kubenet's last day (learn.microsoft.com, AKS: kubenet retirement). */
const kubenetUntil = '2028-03-31';

/** The network profile by itself: plug-ins, data plane, ranges. */
export function checkNetworkProfile(draft: ClusterDraft, context: ProviderContext): void {
  const network = membersOf(draft.properties.networkProfile);
  const day = dayOf(context);
  const isNew = draft.existing === undefined;
  if (network.networkDataplane === 'cilium' && network.networkPolicy !== 'cilium') {
    throw clusterError(
      'CiliumDataplaneRequiresNetworkPolicyCilium',
      'Cilium dataplane requires network policy cilium.',
      'networkProfile.networkPolicy',
    );
  }
  if (network.networkPolicy === 'cilium' && network.networkDataplane !== 'cilium') {
    throw clusterError(
      'NetworkPolicyCiliumRequiresCiliumDataplane',
      'Network Policy cilium requires NetworkDataplane cilium',
      'networkProfile.networkPolicy',
      'NetworkPolicyNotSupported',
    );
  }
  if (network.networkPluginMode === 'overlay' && network.networkPlugin === 'kubenet') {
    throw clusterError(
      'OverlayRequiresAzureCni',
      'Network plugin mode overlay requires network plugin azure.',
      'networkProfile.networkPluginMode',
    );
  }
  if (isNew && network.networkPlugin === 'kubenet' && day > kubenetUntil) {
    throw clusterError(
      'KubenetRetired',
      `Network plugin kubenet was retired on ${kubenetUntil}.`,
      'networkProfile.networkPlugin',
    );
  }
  if (isNew && String(network.loadBalancerSku).toLowerCase() === 'basic' && day > basicBalancerUntil) {
    throw clusterError(
      'BasicLoadBalancerRetired',
      `Basic load balancers cannot be created for clusters since ${basicBalancerUntil}. Use the Standard SKU.`,
      'networkProfile.loadBalancerSku',
    );
  }
  checkServiceRange(network, draft.pools, context);
  checkEncryption(draft, network);
}

/** The range of services overlaps no subnet of the cluster's networks, and holds the address of DNS, which is not its first. */
function checkServiceRange(network: Members, pools: readonly Members[], context: ProviderContext): void {
  const text = textOf(network.serviceCidr);
  const range = text === undefined ? undefined : parsePrefix(text);
  if (text === undefined) return;
  if (range === undefined)
    throw clusterError(
      'CidrStringParseError',
      `Cidr ${text} is invalid`,
      'networkProfile.serviceCIDR',
      'CidrStringParseError',
    );
  const dns = parseAddress(textOf(network.dnsServiceIP) ?? '');
  const inRange = dns !== undefined && contains(range, { family: dns.family, first: dns.value, last: dns.value });
  if (network.dnsServiceIP !== undefined && (!inRange || dns.value === range.first + 1n)) {
    throw clusterError(
      'InvalidDnsServiceIP',
      `The DNS service IP ${String(network.dnsServiceIP)} must be in the service range ${text}, and not its first address.`,
      'networkProfile.dnsServiceIP',
      'InvalidParameter',
    );
  }
  const networks = new Set(
    pools.flatMap((pool) => (textOf(pool.vnetSubnetID) === undefined ? [] : [parentOf(String(pool.vnetSubnetID))])),
  );
  for (const id of networks) {
    for (const subnet of context.view.children(id, 'subnets')) {
      const clash = subnetPrefixes(propertiesOf(subnet)).find((prefix) => {
        const parsed = parsePrefix(prefix);
        return parsed !== undefined && overlaps(parsed, range);
      });
      if (clash === undefined) continue;
      throw clusterError(
        'ServiceCidrOverlapExistingSubnetsCidr',
        `The specified service CIDR ${text} is conflicted with an existing subnet CIDR ${clash}`,
        'networkProfile.serviceCIDR',
        'ServiceCidrOverlapExistingSubnetsCidr',
      );
    }
  }
}

/** Container network security: L7 policies go with neither Istio's nor more than 1,000 nodes (learn.microsoft.com, ACNS). */
function checkEncryption(draft: ClusterDraft, network: Members): void {
  const advanced = membersOf(network.advancedNetworking);
  const security = membersOf(advanced.security);
  const policies = security.advancedNetworkPolicies;
  const isCilium = network.networkDataplane === 'cilium';
  const needsCilium =
    security.enabled === true &&
    (policies === 'FQDN' || policies === 'L7' || membersOf(security.transitEncryption).type === 'WireGuard');
  if (needsCilium && !isCilium) {
    throw clusterError(
      'AdvancedNetworkingRequiresCilium',
      'Container network security needs the Cilium data plane.',
      'networkProfile.advancedNetworking.security',
    );
  }
  if (policies !== 'L7') return;
  if (membersOf(draft.properties.serviceMeshProfile).mode === 'Istio') {
    throw clusterError(
      'L7PolicyNotSupportedWithIstio',
      'L7 network policies cannot be used together with the Istio add-on.',
      'networkProfile.advancedNetworking.security.advancedNetworkPolicies',
    );
  }
  const nodes = draft.pools.reduce((sum, pool) => sum + (numberOf(pool.maxCount) ?? numberOf(pool.count) ?? 1), 0);
  if (nodes > 1000) {
    throw clusterError(
      'L7PolicyNodeLimit',
      `L7 network policies are for 1,000 nodes at most; the pools can grow to ${nodes}.`,
      'networkProfile.advancedNetworking.security.advancedNetworkPolicies',
    );
  }
}

/** How traffic leaves: routes of the subnets, and what goes with no way out. */
export function checkEgress(draft: ClusterDraft, context: ProviderContext): void {
  const network = membersOf(draft.properties.networkProfile);
  const outbound = String(network.outboundType ?? 'loadBalancer');
  if (outbound === 'userDefinedRouting') {
    if (draft.properties.publicNetworkAccess === 'Disabled') {
      // Azure/AKS #3690.
      throw clusterError(
        'PublicNetworkAccessDisabledWithUDR',
        "publicNetworkAccess 'Disabled' is not supported with outboundType 'userDefinedRouting'.",
        'properties.publicNetworkAccess',
      );
    }
    for (const pool of draft.pools) checkRoutes(textOf(pool.vnetSubnetID), context);
  }
  const bootstrap = membersOf(draft.properties.bootstrapProfile);
  if (outbound === 'none' || outbound === 'block') {
    if (bootstrap.artifactSource !== 'Cache') {
      throw clusterError(
        'NetworkIsolatedRequiresCache',
        `outboundType '${outbound}' needs bootstrapProfile.artifactSource 'Cache'.`,
        'properties.bootstrapProfile.artifactSource',
      );
    }
    const channel = membersOf(draft.properties.autoUpgradeProfile).nodeOSUpgradeChannel;
    if (channel !== undefined && channel !== 'NodeImage' && channel !== 'None') {
      throw clusterError(
        'NetworkIsolatedUpgradeChannel',
        `A network isolated cluster takes node OS upgrade channels NodeImage and None, not ${String(channel)}.`,
        'properties.autoUpgradeProfile.nodeOSUpgradeChannel',
      );
    }
  }
  checkBootstrapRegistry(textOf(bootstrap.containerRegistryId), context);
}

function checkRoutes(subnetId: string | undefined, context: ProviderContext): void {
  const subnet = subnetId === undefined ? undefined : context.view.get(subnetId);
  const tableId = textOf(membersOf(propertiesOf(subnet).routeTable).id);
  if (tableId === undefined) {
    throw clusterError(
      'ExistingRouteTableNotAssociatedWithSubnet',
      `An existing route table has not been associated with subnet ${subnetId ?? 'of the cluster'}. Please update the route table association`,
      undefined,
      'ExistingRouteTableNotAssociatedWithSubnet',
    );
  }
  const routes = context.view.children(tableId, 'routes').map(propertiesOf);
  if (!routes.some(({ addressPrefix, nextHopType }) => addressPrefix === '0.0.0.0/0' && nextHopType !== 'None')) {
    throw clusterError(
      'RouteTableHasNoDefaultRoute',
      `Route table ${tableId} has no route for 0.0.0.0/0, which outboundType userDefinedRouting needs.`,
    );
  }
}

/** A registry of one's own holds AKS's images by one cache rule (learn.microsoft.com, network isolated clusters). */
function checkBootstrapRegistry(id: string | undefined, context: ProviderContext): void {
  if (id === undefined) return;
  const registry = requireFound(context, id, 'Microsoft.ContainerRegistry/registries');
  const rules = context.view.children(registry.id, 'cacheRules').map(propertiesOf);
  const isThere = rules.some(
    ({ sourceRepository, targetRepository }) =>
      sourceRepository === 'mcr.microsoft.com/*' && targetRepository === 'aks-managed-repository/*',
  );
  if (isThere) return;
  throw clusterError(
    'BootstrapCacheRuleMissing',
    `Registry ${registry.id} has no cache rule from mcr.microsoft.com/* to aks-managed-repository/*.`,
    'properties.bootstrapProfile.containerRegistryId',
  );
}
