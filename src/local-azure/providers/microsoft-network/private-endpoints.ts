import type { ArmResource } from '../../../model/resource.ts';
import { notModelled } from '../../service-errors.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { groupOf, parentOf, sameId } from '../ids.ts';
import { listOf, type Members, membersOf, referenceOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { checkName, requireResource } from './network-checks.ts';
import { changeNotAllowed, invalidReference, networkError } from './network-errors.ts';
import { completeInterface } from './network-interfaces.ts';
import { recordsOfGroup } from './private-dns-zone-records.ts';
import { groupsOf, type LinkMember, membersOfGroup } from './private-link-members.ts';
import { checkNotDelegated } from './subnet-checks.ts';

const type = 'Microsoft.Network/privateEndpoints';
const interfaceType = 'Microsoft.Network/networkInterfaces';

/** Private endpoints: an interface in a subnet that stands for a service. */
export const privateEndpoints: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2019-04-01'),
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const subnet = requireSubnet(input, envelope, properties, context);
    const connection = requireConnection(input.id, properties, context);
    const card = interfaceFor(input, envelope, properties, subnet, connection.members, context);
    const { manual, item, members } = connection;
    const list = manual ? 'manualPrivateLinkServiceConnections' : 'privateLinkServiceConnections';
    const endpoint = resourceOf(type, input, envelope, {
      ...properties,
      provisioningState: 'Succeeded',
      privateLinkServiceConnections: [],
      manualPrivateLinkServiceConnections: [],
      [list]: [connectionToStore(input.id, list, item, manual)],
      customNetworkInterfaceName: properties.customNetworkInterfaceName ?? '',
      subnet: { id: subnet.id },
      ipConfigurations: properties.ipConfigurations ?? [],
      networkInterfaces: [{ id: card.id }],
      customDnsConfigs: members.map(({ fqdn }, i) => ({ fqdn, ipAddresses: [addressOf(card, i)] })),
    });
    return { put: [endpoint, card], delete: [] };
  },
  delete(existing, context) {
    const cards = listOf(propertiesOf(existing).networkInterfaces).flatMap((item) => referenceOf(item) ?? []);
    const groups = context.view.children(existing.id, 'privateDnsZoneGroups');
    return { put: [], delete: [...cards, ...groups.flatMap(recordsOfGroup)] };
  },
  read(stored, context) {
    const hasGroups = context.view.children(stored.id, 'privateDnsZoneGroups').length > 0;
    return withEtag(hasGroups ? withProperties(stored, { customDnsConfigs: [] }) : stored);
  },
};

function requireSubnet(input: PutInput, envelope: Members, properties: Members, context: ProviderContext): ArmResource {
  const by = { id: input.id, path: 'properties.subnet.id' };
  const wanted = referenceOf(properties.subnet) ?? '';
  const subnet = requireResource(context, wanted, by, 'Microsoft.Network/virtualNetworks/subnets');
  if (context.view.get(parentOf(subnet.id))?.location !== envelope.location)
    throw invalidReference(subnet.id, input.id);
  checkNotDelegated(subnet, input.id);
  const before = referenceOf(propertiesOf(input.existing).subnet);
  if (before !== undefined && !sameId(before, subnet.id)) throw changeNotAllowed('subnet', input.id);
  return subnet;
}

interface Connection {
  readonly item: Members;
  readonly manual: boolean;
  readonly members: readonly LinkMember[];
}

function requireConnection(id: string, properties: Members, context: ProviderContext): Connection {
  const automatic = listOf(properties.privateLinkServiceConnections).map(membersOf);
  const byHand = listOf(properties.manualPrivateLinkServiceConnections).map(membersOf);
  const item = [...automatic, ...byHand][0];
  if (item === undefined || automatic.length + byHand.length > 1) {
    throw networkError('InvalidRequestFormat', `Private endpoint ${id} must have one private link service connection.`);
  }
  const inner = membersOf(item.properties);
  const targetId = textOf(inner.privateLinkServiceId) ?? '';
  const target = context.view.get(targetId);
  if (target === undefined) throw invalidReference(targetId, id);
  const groups = groupsOf(target);
  if (groups === undefined) {
    throw notModelled(`private endpoints to ${target.type}: ${id}`);
  }
  const asked = textsOf(inner.groupIds);
  const found = asked.length === 1 ? membersOfGroup(target, asked[0] ?? '', context) : undefined;
  if (found === undefined) {
    throw networkError(
      'PrivateEndpointCreationNotAllowedAsGroupIdIsInvalid',
      `Call to ${target.type} failed. Error message: Group ID '${asked.join(', ')}' is not supported. Supported: ${groups.join(', ')}.`,
    );
  }
  return { item, manual: automatic.length === 0, members: found };
}

/** The interface of an endpoint: one address for each member, fixed where the body fixes it. */
function interfaceFor(
  input: PutInput,
  envelope: Members,
  properties: Members,
  subnet: ArmResource,
  members: readonly LinkMember[],
  context: ProviderContext,
): ArmResource {
  const name =
    textOf(properties.customNetworkInterfaceName) ??
    `${input.id.slice(input.id.lastIndexOf('/') + 1)}.nic.${context.stableGuid(input.id, 'networkInterface')}`;
  const id = `${groupOf(input.id)}/providers/${interfaceType}/${name}`;
  const fixed = listOf(properties.ipConfigurations).map((item) => membersOf(membersOf(item).properties));
  const ipConfigurations = members.map((member, i) => {
    const given = fixed.find(({ memberName }) => String(memberName).toLowerCase() === member.memberName.toLowerCase());
    const address = textOf(given?.privateIPAddress);
    return {
      name: `privateEndpointIpConfig.${context.stableGuid(`${input.id}|${i}`, 'ipConfiguration')}`,
      properties: {
        subnet: { id: subnet.id },
        ...(address === undefined ? {} : { privateIPAddress: address, privateIPAllocationMethod: 'Static' }),
      },
    };
  });
  const existing = context.view.get(id);
  const complete = completeInterface(id, { ipConfigurations }, envelope, existing, context);
  return resourceOf(
    interfaceType,
    { id },
    { location: envelope.location, ...(envelope.tags === undefined ? {} : { tags: envelope.tags }) },
    {
      ...complete,
      privateEndpoint: { id: input.id },
    },
  );
}

function connectionToStore(id: string, list: string, item: Members, manual: boolean): Members {
  const name = String(item.name);
  return withEtag({
    name,
    id: `${id}/${list}/${name}`,
    type: `${type}/${list}`,
    properties: {
      ...membersOf(item.properties),
      provisioningState: 'Succeeded',
      privateLinkServiceConnectionState: manual
        ? { status: 'Pending', description: 'Awaiting approval', actionsRequired: 'None' }
        : { status: 'Approved', description: 'Auto-Approved', actionsRequired: 'None' },
    },
  } as ArmResource);
}

function addressOf(card: ArmResource, index: number): string {
  const configuration = membersOf(listOf(propertiesOf(card).ipConfigurations)[index]);
  return String(membersOf(configuration.properties).privateIPAddress);
}
