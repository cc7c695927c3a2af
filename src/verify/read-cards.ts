import { type AddressRange, parsePrefix } from '../kernel/address.ts';
import type { NetworkCard, PrivateEndpoint, Subnet } from '../reachability/index.ts';
import { type ArmView, fields, type Item, idKey, items, reference, text, texts } from './arm-view.ts';
import { lookUp } from './read-networks.ts';

type Assume = (assumption: string) => void;

function subnetId(subnets: readonly Subnet[], id: string | undefined): string | undefined {
  return id === undefined ? undefined : subnets.find((subnet) => idKey(subnet.id) === idKey(id))?.id;
}

function configurations(item: Item) {
  return items(item.properties.ipConfigurations).map((one) => fields(fields(one).properties));
}

function addressesOf(item: Item): readonly AddressRange[] {
  return configurations(item).flatMap((one) => parsePrefix(text(one.privateIPAddress) ?? '') ?? []);
}

/** Network interfaces that have a security group or belong to application security groups. */
export function readCards(view: ArmView, subnets: readonly Subnet[], assume: Assume): readonly NetworkCard[] {
  for (const set of view.ofType('Microsoft.Compute/virtualMachineScaleSets')) {
    const profile = fields(fields(set.properties.virtualMachineProfile).networkProfile);
    for (const one of items(profile.networkInterfaceConfigurations)) {
      const group = reference(fields(fields(one).properties).networkSecurityGroup);
      if (group !== undefined) {
        assume(
          `Scale set ${set.name} puts security group ${group} on its interfaces, whose addresses are not in the state: it is not counted.`,
        );
      }
    }
  }
  return view.ofType('Microsoft.Network/networkInterfaces').flatMap((card): readonly NetworkCard[] => {
    const group = lookUp(view, card, 'networkSecurityGroup', assume);
    const applicationGroups = configurations(card).flatMap((one) =>
      items(one.applicationSecurityGroups).flatMap((member) => reference(member) ?? []),
    );
    const named = configurations(card).flatMap((one) => reference(one.subnet) ?? [])[0];
    const subnet = subnetId(subnets, named);
    if (group.found === undefined && group.missing === undefined && applicationGroups.length === 0) return [];
    const addresses = addressesOf(card);
    if (subnet === undefined || addresses.length === 0) {
      assume(
        `Network interface ${card.id} has no address in a subnet of this state: its security group is not counted.`,
      );
      return [];
    }
    return [
      {
        id: card.id,
        name: card.name,
        subnet,
        addresses,
        ...(group.found === undefined ? {} : { securityGroup: group.found }),
        ...(group.missing === undefined ? {} : { missingSecurityGroup: group.missing }),
        applicationGroups: applicationGroups.map(idKey),
      },
    ];
  });
}

/** Private endpoints with their addresses: from their interfaces, their own configurations, or the records that they made. */
export function readPrivateEndpoints(
  view: ArmView,
  subnets: readonly Subnet[],
  assume: Assume,
): readonly PrivateEndpoint[] {
  return view.ofType('Microsoft.Network/privateEndpoints').flatMap((endpoint): readonly PrivateEndpoint[] => {
    const subnet = subnetId(subnets, reference(endpoint.properties.subnet));
    const cards = items(endpoint.properties.networkInterfaces).flatMap((one) => {
      const id = reference(one);
      const card = id === undefined ? undefined : view.byId(id);
      return card === undefined ? [] : [card];
    });
    const records = items(endpoint.properties.customDnsConfigs).flatMap((one) =>
      texts(fields(one).ipAddresses).flatMap((address) => parsePrefix(address) ?? []),
    );
    const found = [...cards.flatMap(addressesOf), ...addressesOf(endpoint), ...records];
    const addresses = [...new Map(found.map((one) => [`${one.family} ${one.first}`, one])).values()];
    if (subnet === undefined || addresses.length === 0) {
      assume(
        `Private endpoint ${endpoint.id} has no address in a subnet of this state: it is treated as part of its subnet.`,
      );
      return [];
    }
    return [{ id: endpoint.id, name: endpoint.name, subnet, addresses }];
  });
}
