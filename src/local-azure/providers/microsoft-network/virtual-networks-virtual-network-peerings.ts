import type { ArmError } from '../../../arm/arm-error.ts';
import { overlaps } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { defined, type Members, membersOf, referenceOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withProperties } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { attachedToNetwork } from './attachments.ts';
import { checkName, requirePrefix, requireResource } from './network-checks.ts';
import { changeNotAllowed, networkError } from './network-errors.ts';
import { counterpartOf, disconnected, peeringToRead, peeringType, remoteOf } from './peering-links.ts';
import { addressSpaceOf } from './subnet-checks.ts';

/** One direction of a peering. Connected once the other network has one that leads back. */
export const virtualNetworkPeerings: ResourceTypeProvider = {
  type: peeringType,
  apiVersions: networkApiVersionsSince('2016-06-01'),
  location: 'none',
  longRunning: true,
  put: (input, context) => ({ put: peeringChange(input, context), delete: [] }),
  delete: (existing, context) => ({ put: disconnected(existing, context), delete: [] }),
  read: peeringToRead,
};

/** The peering to store, first, and the other side where it connects. */
export function peeringChange(
  input: Pick<PutInput, 'id' | 'body' | 'existing'>,
  context: ProviderContext,
): readonly [ArmResource, ...ArmResource[]] {
  const { properties } = takeIn(peeringType, input.body);
  checkName(input.id);
  const network = context.view.get(parentOf(input.id));
  if (network === undefined) throw networkError('ParentResourceNotFound', `Resource ${parentOf(input.id)} not found.`);
  const remoteId = referenceOf(properties.remoteVirtualNetwork);
  if (remoteId === undefined) {
    throw networkError('InvalidRequestFormat', `Peering ${input.id} does not name a remote virtual network.`);
  }
  const by = { id: input.id, path: 'properties.remoteVirtualNetwork.id' };
  const remote = requireResource(context, remoteId, by, 'Microsoft.Network/virtualNetworks');
  const before = input.existing === undefined ? undefined : remoteOf(input.existing);
  if (before !== undefined && !sameId(before, remoteId)) throw changeNotAllowed('remoteVirtualNetwork', input.id);
  checkPeers(input.id, network, remote, context);
  checkGateways(input.id, properties, network, remote, context);
  const other = counterpartOf(network.id, remote.id, context);
  if (other !== undefined && propertiesOf(other).peeringState === 'Disconnected') {
    throw networkError(
      'RemotePeeringIsDisconnected',
      `Cannot create or update peering ${input.id} because remote peering ${other.id} referencing parent virtual network ${network.id} is in Disconnected state. Update or re-create the remote peering to get it back to Initiated state. Peering gets Disconnected when remote vnet or remote peering is deleted and re-created.`,
    );
  }
  const space = propertiesOf(remote).addressSpace;
  const pair = [network.id, remote.id].map((id) => id.toLowerCase()).sort();
  const peering = resourceOf(
    peeringType,
    input,
    {},
    defined({
      ...without(properties, 'peeringSyncLevel', 'localAddressSpace', 'localVirtualNetworkAddressSpace'),
      provisioningState: 'Succeeded',
      resourceGuid: context.stableGuid(pair.join('|'), 'peering'),
      peeringState: other === undefined ? 'Initiated' : 'Connected',
      remoteVirtualNetwork: { id: remote.id },
      allowVirtualNetworkAccess: properties.allowVirtualNetworkAccess ?? true,
      allowForwardedTraffic: properties.allowForwardedTraffic ?? false,
      allowGatewayTransit: properties.allowGatewayTransit ?? false,
      useRemoteGateways: properties.useRemoteGateways ?? false,
      doNotVerifyRemoteGateways: properties.doNotVerifyRemoteGateways ?? false,
      peerCompleteVnets: properties.peerCompleteVnets ?? true,
      remoteAddressSpace: space,
      remoteVirtualNetworkAddressSpace: space,
    }),
  );
  return other === undefined ? [peering] : [peering, withProperties(other, { peeringState: 'Connected' })];
}

function checkPeers(id: string, network: ArmResource, remote: ArmResource, context: ProviderContext): void {
  const refuse = (code: string, message: string): ArmError =>
    networkError(
      code,
      `Cannot create or update peering ${id}. ${message} For more information please refer to https://aka.ms/VnetPeeringInfo`,
    );
  if (sameId(network.id, remote.id)) {
    throw refuse('VnetAddressSpacesOverlap', `Virtual network ${network.id} cannot be peered with itself.`);
  }
  const siblings = context.view
    .children(network.id, 'virtualNetworkPeerings')
    .filter((peering) => !sameId(peering.id, id));
  const twin = siblings.find((peering) => sameId(remoteOf(peering), remote.id));
  if (twin !== undefined) {
    throw networkError(
      'AnotherPeeringAlreadyReferencesRemoteVnet',
      `Peering ${twin.id} already references remote virtual network ${remote.id}. Cannot add another peering ${id} referencing the same remote virtual network.`,
    );
  }
  const both = commonPrefixes(network, remote);
  if (both.length > 0) {
    throw refuse(
      'VnetAddressSpacesOverlap',
      `Virtual networks ${network.id} and ${remote.id} cannot be peered because their address spaces overlap. Overlapping address prefixes: ${both.join(', ')}.`,
    );
  }
  const sides = [
    { word: ['first', 'second'], newcomer: network, host: remote },
    { word: ['second', 'first'], newcomer: remote, host: network },
  ];
  for (const { word, newcomer, host } of sides) {
    for (const peering of context.view.children(host.id, 'virtualNetworkPeerings')) {
      const peered = context.view.get(remoteOf(peering) ?? '');
      if (peered === undefined || sameId(peered.id, newcomer.id)) continue;
      const shared = commonPrefixes(newcomer, peered);
      if (shared.length === 0) continue;
      throw refuse(
        'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
        `Virtual networks ${network.id} and ${remote.id} cannot be peered because address space of the ${word[0]} virtual network overlaps with address space of virtual network ${peered.id} already peered with the ${word[1]} virtual network. Overlapping address prefixes: ${shared.join(', ')}.`,
      );
    }
  }
}

/** The blocks of the first that overlap blocks of the second. */
function commonPrefixes(first: ArmResource, second: ArmResource): readonly string[] {
  const other = addressSpaceOf(propertiesOf(second)).map((text) => requirePrefix(text, second.id));
  return addressSpaceOf(propertiesOf(first)).filter((text) => {
    const prefix = requirePrefix(text, first.id);
    return other.some((block) => overlaps(block, prefix));
  });
}

/** `useRemoteGateways` needs a gateway over there, and leave to use it; a network with its own gateway uses that. */
function checkGateways(
  id: string,
  properties: Members,
  network: ArmResource,
  remote: ArmResource,
  context: ProviderContext,
): void {
  if (properties.useRemoteGateways !== true) return;
  if (!hasGateway(remote.id, context)) {
    throw networkError(
      'RemoteVnetHasNoGateways',
      `Peering ${id} cannot have UseRemoteGateways flag set to true because remote virtual network ${remote.id} referenced by the peering does not have any gateways.`,
    );
  }
  if (hasGateway(network.id, context)) {
    throw networkError(
      'VnetHasGatewaysCannotUseRemoteGateways',
      `Peering ${id} cannot have UseRemoteGateways flag set to true because virtual network ${network.id} has gateways of its own.`,
    );
  }
  const other = counterpartOf(network.id, remote.id, context);
  if (other !== undefined && membersOf(other.properties).allowGatewayTransit !== true) {
    throw networkError(
      'RemotePeeringDoesNotAllowGatewayTransit',
      `Peering ${id} cannot have UseRemoteGateways flag set to true because remote peering ${other.id} does not have AllowGatewayTransit flag set.`,
    );
  }
}

function hasGateway(networkId: string, context: ProviderContext): boolean {
  return attachedToNetwork(networkId, context).some(({ owner }) =>
    owner.type.toLowerCase().endsWith('/virtualnetworkgateways'),
  );
}
