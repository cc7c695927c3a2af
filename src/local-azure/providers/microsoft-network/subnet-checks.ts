import { contains, overlaps, type Prefix } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { listOf, type Members, membersOf, referenceOf, textOf, textsOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { attachedToSubnet } from './attachments.ts';
import { checkBastionRules } from './bastion-subnet.ts';
import { requireOneOf, requirePrefix, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';

/** A virtual network as its subnets need it. */
export interface Surroundings {
  readonly id: string;
  readonly location: string | undefined;
  readonly addressSpace: readonly Prefix[];
}

/** A subnet about to be stored, and those beside it. */
export interface SubnetDraft {
  readonly id: string;
  readonly properties: Members;
}

/** The address blocks of a subnet's properties, in either spelling. */
export function subnetPrefixes(properties: Members): readonly string[] {
  const several = textsOf(properties.addressPrefixes);
  if (several.length > 0) return several;
  const one = textOf(properties.addressPrefix);
  return one === undefined ? [] : [one];
}

/** The address blocks of a virtual network. */
export function addressSpaceOf(properties: Members): readonly string[] {
  return textsOf(membersOf(properties.addressSpace).addressPrefixes);
}

/** Ranges: inside the network's address space, large enough, apart from the subnets beside it. */
export function checkSubnetRange(draft: SubnetDraft, network: Surroundings, beside: readonly SubnetDraft[]): void {
  const name = nameIn(draft.id);
  const networkName = nameIn(network.id);
  const texts = subnetPrefixes(draft.properties);
  if (texts.length === 0) {
    throw networkError(
      'NoAddressPrefixOrPoolProvided',
      `No address prefix or pool was provided for subnet ${draft.id}.`,
    );
  }
  const invalid = (): Error =>
    networkError('NetcfgInvalidSubnet', `Subnet '${name}' is not valid in virtual network '${networkName}'.`);
  const prefixes = texts.map((text) => requirePrefix(text, draft.id));
  for (const [i, prefix] of prefixes.entries()) {
    // Five addresses are Azure's own, so /29 is the smallest; IPv6 subnets are /64 exactly.
    if (prefix.family === 4 ? prefix.length > 29 : prefix.length !== 64) throw invalid();
    if (!network.addressSpace.some((block) => contains(block, prefix))) {
      throw networkError(
        'NetcfgSubnetRangeOutsideVnet',
        `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${networkName}'.`,
      );
    }
    if (prefixes.slice(0, i).some((other) => overlaps(other, prefix))) throw invalid();
  }
  for (const other of beside) {
    const ranges = subnetPrefixes(other.properties).map((text) => requirePrefix(text, other.id));
    if (!ranges.some((range) => prefixes.some((prefix) => overlaps(range, prefix)))) continue;
    throw networkError(
      'NetcfgSubnetRangesOverlap',
      `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${networkName}'.`,
    );
  }
}

/** What a subnet refers to, and what its name forbids. */
export function checkSubnetReferences(draft: SubnetDraft, network: Surroundings, context: ProviderContext): void {
  const { properties } = draft;
  const name = nameIn(draft.id).toLowerCase();
  const by = (path: string) => ({ id: draft.id, path: `properties.${path}.id`, location: network.location });
  const group = referenceOf(properties.networkSecurityGroup);
  if (group !== undefined) {
    const found = requireResource(
      context,
      group,
      by('networkSecurityGroup'),
      'Microsoft.Network/networkSecurityGroups',
    );
    checkGroupAllowed(name, found);
    if (name === 'azurebastionsubnet') checkBastionRules(found, context.view.children(found.id, 'securityRules'));
  }
  const table = referenceOf(properties.routeTable);
  if (table !== undefined) {
    const found = requireResource(context, table, by('routeTable'), 'Microsoft.Network/routeTables');
    if (name === 'azurebastionsubnet') {
      throw networkError(
        'RouteTableCannotBeAttachedForAzureBastionSubnet',
        `Route Table ${found.name} cannot be attached to Azure Bastion Subnet AzureBastionSubnet.`,
      );
    }
  }
  const nat = referenceOf(properties.natGateway);
  if (nat !== undefined) requireResource(context, nat, by('natGateway'), 'Microsoft.Network/natGateways');
  if (properties.privateEndpointNetworkPolicies !== undefined) {
    const allowed = ['Disabled', 'Enabled', 'NetworkSecurityGroupEnabled', 'RouteTableEnabled'];
    requireOneOf(properties.privateEndpointNetworkPolicies, allowed, 'properties.privateEndpointNetworkPolicies');
  }
}

/**
 * Azure takes no security group on its firewall's and gateway's subnets (network-semantics.md 57; Azure Firewall FAQ). The gateway's
 * code and wording are Azure's; for the firewall's they follow it by analogy, as no report of Azure's own was found.
 */
function checkGroupAllowed(subnetName: string, group: ArmResource): void {
  const special = ['AzureFirewallSubnet', 'AzureFirewallManagementSubnet', 'GatewaySubnet'];
  const found = special.find((item) => item.toLowerCase() === subnetName);
  if (found === undefined) return;
  throw networkError(
    `NetworkSecurityGroupCannotBeAttachedTo${found}`,
    `The operation failed because the network security group ${group.name} can not be associated to the ${found}. Please remove the network security group associated to the ${found}.`,
  );
}

/** A range or a delegation in use stays as it is. */
export function checkSubnetInUse(
  draft: SubnetDraft,
  existing: ArmResource | undefined,
  context: ProviderContext,
): void {
  if (existing === undefined) return;
  const before = subnetPrefixes(propertiesOf(existing)).join();
  const users = attachedToSubnet(existing.id, context);
  if (users.length === 0 || before === subnetPrefixes(draft.properties).join()) return;
  throw networkError('InUseSubnetCannotBeUpdated', `Subnet ${existing.name} is in use and cannot be updated.`);
}

/** Refuses to take a subnet away that something joins. */
export function checkSubnetFree(subnet: ArmResource, context: ProviderContext): void {
  const [user] = attachedToSubnet(subnet.id, context);
  if (user === undefined) return;
  throw networkError(
    'InUseSubnetCannotBeDeleted',
    `Subnet ${subnet.name} is in use by ${user.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );
}

/** The services that a subnet is delegated to, as `Microsoft.ContainerService/managedClusters`. */
export function delegationsOf(subnet: ArmResource): readonly string[] {
  return listOf(propertiesOf(subnet).delegations).flatMap(
    (item) => textOf(membersOf(membersOf(item).properties).serviceName) ?? [],
  );
}

/** A delegated subnet takes nothing but the service that it is delegated to. */
export function checkNotDelegated(subnet: ArmResource, resourceId: string): void {
  const [service] = delegationsOf(subnet);
  if (service === undefined) return;
  throw networkError(
    'ResourceNotPermittedOnDelegatedSubnet',
    `Resource of type '${typeOf(resourceId)}' is not allowed in subnet ${subnet.id}, as it is delegated to ${service}.`,
  );
}

const typeOf = (id: string): string => {
  const [namespace, type] = id.slice(id.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length).split('/');
  return `${namespace}/${type}`;
};
