import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, referenceOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { checkStaticAddress, nextAddress } from './address-allocation.ts';
import { networkApiVersions } from './api-versions.ts';
import { attachedToPublicAddress } from './attachments.ts';
import { addressInUse, gatewayOfAddress } from './nat-gateways.ts';
import { checkName, requireResource } from './network-checks.ts';
import { duplicateChild, networkError } from './network-errors.ts';
import { checkNotDelegated } from './subnet-checks.ts';

const type = 'Microsoft.Network/networkInterfaces';

/** Network interfaces. */
export const networkInterfaces: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    if (propertiesOf(input.existing).privateEndpoint !== undefined) throw endpointInterface(input.id, 'modified');
    const group = referenceOf(properties.networkSecurityGroup);
    if (group !== undefined) {
      const by = { id: input.id, path: 'properties.networkSecurityGroup.id', location: textOf(envelope.location) };
      requireResource(context, group, by, 'Microsoft.Network/networkSecurityGroups');
    }
    const card = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        ...completeInterface(input.id, properties, envelope, input.existing, context),
        networkSecurityGroup: group === undefined ? undefined : { id: group },
      }),
    );
    return { put: [card], delete: [] };
  },
  delete(existing) {
    const { virtualMachine, privateEndpoint } = propertiesOf(existing);
    if (privateEndpoint !== undefined) throw endpointInterface(existing.id, 'deleted');
    if (virtualMachine !== undefined) {
      throw networkError(
        'NicInUse',
        `Network Interface ${existing.id} is used by existing resource ${referenceOf(virtualMachine)}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
      );
    }
    return { put: [], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

const endpointInterface = (id: string, what: string): Error =>
  networkError(
    'CannotModifyNicAttachedToPrivateEndpoint',
    `Network interface ${id} of a private endpoint cannot be ${what} by itself.`,
  );

/** What the service adds to an interface: addresses, its MAC address, ids of the configurations. */
export function completeInterface(
  id: string,
  properties: Members,
  envelope: Members,
  existing: ArmResource | undefined,
  context: ProviderContext,
): Record<string, unknown> {
  const items = listOf(properties.ipConfigurations).map(membersOf);
  if (items.length === 0)
    throw networkError(
      'NetworkInterfaceMustHaveAtLeastOneIPConfiguration',
      `Network interface ${id} must have one or more IP configurations.`,
    );
  const names = new Set<string>();
  const given = new Set<string>();
  const ipConfigurations = items.map((item, i) => {
    const name = String(item.name).toLowerCase();
    if (names.has(name)) throw duplicateChild(id, String(item.name));
    names.add(name);
    return configurationToStore(id, item, i === 0, given, envelope, existing, context);
  });
  return {
    provisioningState: 'Succeeded',
    resourceGuid: context.stableGuid(id, 'resourceGuid'),
    ipConfigurations,
    dnsSettings: { dnsServers: [], appliedDnsServers: [], ...membersOf(properties.dnsSettings) },
    macAddress: macAddressOf(context.stableGuid(id, 'macAddress')),
    enableAcceleratedNetworking: properties.enableAcceleratedNetworking ?? false,
    vnetEncryptionSupported: false,
    enableIPForwarding: properties.enableIPForwarding ?? false,
    disableTcpStateTracking: properties.disableTcpStateTracking ?? false,
    hostedWorkloads: [],
    tapConfigurations: [],
    nicType: properties.nicType ?? 'Standard',
    auxiliaryMode: properties.auxiliaryMode ?? 'None',
    auxiliarySku: properties.auxiliarySku ?? 'None',
  };
}

function configurationToStore(
  id: string,
  item: Members,
  isFirst: boolean,
  given: Set<string>,
  envelope: Members,
  existing: ArmResource | undefined,
  context: ProviderContext,
): Members {
  const configurationId = `${id}/ipConfigurations/${String(item.name)}`;
  const properties = membersOf(item.properties);
  const subnet = requireResource(
    context,
    referenceOf(properties.subnet) ?? '',
    { id: configurationId, path: 'properties.ipConfigurations.properties.subnet.id' },
    'Microsoft.Network/virtualNetworks/subnets',
  );
  const network = context.view.get(parentOf(subnet.id));
  if (network?.location !== envelope.location) {
    throw networkError(
      'InvalidResourceReference',
      `Network interface ${id} and virtual network ${network?.id} must be in the same region.`,
    );
  }
  checkNotDelegated(subnet, id);
  const addressId = referenceOf(properties.publicIPAddress);
  if (addressId !== undefined) checkPublicAddress(id, configurationId, addressId, envelope, context);
  const isStatic = properties.privateIPAllocationMethod === 'Static';
  const wanted = isStatic ? textOf(properties.privateIPAddress) : heldAddress(existing, item, subnet.id);
  if (wanted !== undefined) checkStaticAddress(wanted, subnet, id, given, context);
  const address = wanted ?? nextAddress(subnet, id, given, context);
  given.add(address);
  return withEtag({
    name: String(item.name),
    id: configurationId,
    type: `${type}/ipConfigurations`,
    properties: defined({
      ...properties,
      provisioningState: 'Succeeded',
      privateIPAddress: address,
      privateIPAllocationMethod: isStatic ? 'Static' : 'Dynamic',
      subnet: { id: subnet.id },
      primary: properties.primary ?? isFirst,
      privateIPAddressVersion: properties.privateIPAddressVersion ?? 'IPv4',
      publicIPAddress: addressId === undefined ? undefined : { id: addressId },
    }) as ArmResource['properties'] & object,
  });
}

/** A dynamic address stays as long as the configuration stays in its subnet. */
function heldAddress(existing: ArmResource | undefined, item: Members, subnetId: string): string | undefined {
  const before = listOf(propertiesOf(existing).ipConfigurations)
    .map(membersOf)
    .find((other) => String(other.name).toLowerCase() === String(item.name).toLowerCase());
  const properties = membersOf(before?.properties);
  return sameId(referenceOf(properties.subnet), subnetId) ? textOf(properties.privateIPAddress) : undefined;
}

function checkPublicAddress(
  id: string,
  by: string,
  addressId: string,
  envelope: Members,
  context: ProviderContext,
): void {
  const where = {
    id: by,
    path: 'properties.ipConfigurations.properties.publicIPAddress.id',
    location: textOf(envelope.location),
  };
  const address = requireResource(context, addressId, where, 'Microsoft.Network/publicIPAddresses');
  const holder = attachedToPublicAddress(address.id, context).find(({ owner }) => !sameId(owner.id, id))?.id;
  const used = holder ?? gatewayOfAddress(address.id, context)?.id;
  if (used !== undefined) throw addressInUse(by, address.id, used);
}

/** 00-0D-3A is one of Microsoft's blocks (IEEE OUI registry). */
const macAddressOf = (guid: string): string =>
  `00-0D-3A-${guid
    .slice(0, 6)
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1-')}`;
