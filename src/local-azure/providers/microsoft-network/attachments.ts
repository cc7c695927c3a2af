import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { sameId } from '../ids.ts';
import { listOf, type Members, membersOf, referenceOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';

/** A place in a resource where it joins a subnet or takes a public address. */
export interface Attachment {
  /** Of the IP configuration: `…/azureFirewalls/f/azureFirewallIpConfigurations/c`. */
  readonly id: string;
  readonly owner: ArmResource;
  readonly subnetId: string | undefined;
  readonly publicAddressId: string | undefined;
  readonly properties: Members;
}

/** Which types attach, in which property, and the segment that stands in the id of the IP configuration. */
const kinds: readonly {
  readonly type: string;
  readonly property: string;
  readonly segment: string;
}[] = [
  { type: 'Microsoft.Network/networkInterfaces', property: 'ipConfigurations', segment: 'ipConfigurations' },
  { type: 'Microsoft.Network/azureFirewalls', property: 'ipConfigurations', segment: 'azureFirewallIpConfigurations' },
  {
    type: 'Microsoft.Network/azureFirewalls',
    property: 'managementIpConfiguration',
    segment: 'azureFirewallIpConfigurations',
  },
  { type: 'Microsoft.Network/bastionHosts', property: 'ipConfigurations', segment: 'bastionHostIpConfigurations' },
  {
    type: 'Microsoft.Network/applicationGateways',
    property: 'gatewayIPConfigurations',
    segment: 'gatewayIPConfigurations',
  },
  {
    type: 'Microsoft.Network/applicationGateways',
    property: 'frontendIPConfigurations',
    segment: 'frontendIPConfigurations',
  },
  {
    type: 'Microsoft.Network/loadBalancers',
    property: 'frontendIPConfigurations',
    segment: 'frontendIPConfigurations',
  },
  { type: 'Microsoft.Network/virtualNetworkGateways', property: 'ipConfigurations', segment: 'ipConfigurations' },
];

/** Every attachment of one resource. */
function attachmentsOf(owner: ArmResource): readonly Attachment[] {
  return kinds
    .filter(({ type }) => type.toLowerCase() === owner.type.toLowerCase())
    .flatMap(({ property, segment }) => {
      const held = propertiesOf(owner)[property];
      const items = Array.isArray(held) ? listOf(held) : held === undefined ? [] : [held];
      return items.map((item) => {
        const { name, properties: inner } = membersOf(item);
        const properties = membersOf(inner);
        return {
          id: `${owner.id}/${segment}/${String(name)}`,
          owner,
          subnetId: referenceOf(properties.subnet),
          publicAddressId: referenceOf(properties.publicIPAddress),
          properties,
        };
      });
    });
}

function allAttachments(context: ProviderContext): readonly Attachment[] {
  const types = new Set(kinds.map(({ type }) => type));
  return [...[...types].flatMap((type) => context.view.ofType(type).flatMap(attachmentsOf)), ...subnetUsers(context)];
}

/** Properties of services outside of the network that name a subnet, and thereby hold it. */
const subnetProperties: readonly { readonly type: string; readonly paths: readonly (readonly string[])[] }[] = [
  { type: 'Microsoft.ContainerRegistry/registries/agentPools', paths: [['virtualNetworkSubnetResourceId']] },
  { type: 'Microsoft.ContainerService/managedClusters', paths: [['apiServerAccessProfile', 'subnetId']] },
  { type: 'Microsoft.ContainerService/managedClusters/agentPools', paths: [['vnetSubnetID'], ['podSubnetID']] },
];

function subnetUsers(context: ProviderContext): readonly Attachment[] {
  const named = subnetProperties.flatMap(({ type, paths }) =>
    context.view.ofType(type).flatMap((owner) =>
      paths.flatMap((path) => {
        const value = path.reduce<unknown>((at, step) => membersOf(at)[step], owner.properties);
        return typeof value === 'string' ? [held(owner, value)] : [];
      }),
    ),
  );
  const scaleSets = context.view.ofType('Microsoft.Compute/virtualMachineScaleSets').flatMap((owner) => {
    const profile = membersOf(membersOf(propertiesOf(owner).virtualMachineProfile).networkProfile);
    return listOf(profile.networkInterfaceConfigurations)
      .flatMap((card) => listOf(membersOf(membersOf(card).properties).ipConfigurations))
      .flatMap((item) => referenceOf(membersOf(membersOf(item).properties).subnet) ?? [])
      .map((subnetId) => held(owner, subnetId));
  });
  return [...named, ...scaleSets];
}

const held = (owner: ArmResource, subnetId: string): Attachment => ({
  id: owner.id,
  owner,
  subnetId,
  publicAddressId: undefined,
  properties: {},
});

/** What joins a subnet. */
export function attachedToSubnet(subnetId: string, context: ProviderContext): readonly Attachment[] {
  return allAttachments(context).filter((attachment) => sameId(attachment.subnetId, subnetId));
}

/** What joins any subnet of a virtual network. */
export function attachedToNetwork(networkId: string, context: ProviderContext): readonly Attachment[] {
  const prefix = `${networkId}/subnets/`.toLowerCase();
  return allAttachments(context).filter(({ subnetId }) => subnetId?.toLowerCase().startsWith(prefix));
}

/** What takes a public address. */
export function attachedToPublicAddress(addressId: string, context: ProviderContext): readonly Attachment[] {
  return allAttachments(context).filter((attachment) => sameId(attachment.publicAddressId, addressId));
}

/** The resources of a type whose property refers to an id. */
export function referrers(
  type: string,
  property: string,
  id: string,
  context: ProviderContext,
): readonly ArmResource[] {
  return context.view.ofType(type).filter((resource) => sameId(referenceOf(propertiesOf(resource)[property]), id));
}

/** `[{id}, …]`, or nothing where there are none: ARM leaves empty back references out. */
export function references(
  resources: readonly { readonly id: string }[],
): readonly { readonly id: string }[] | undefined {
  return resources.length === 0 ? undefined : resources.map(({ id }) => ({ id }));
}
