import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { referenceOf } from '../members.ts';
import { propertiesOf, withEtag, withProperties } from '../resource-form.ts';
import { addressSpaceOf } from './subnet-checks.ts';

export const peeringType = 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings';

export function remoteOf(peering: ArmResource): string | undefined {
  return referenceOf(propertiesOf(peering).remoteVirtualNetwork);
}

/** The peering of the other network that leads back, if it is there. */
export function counterpartOf(
  networkId: string,
  remoteId: string | undefined,
  context: ProviderContext,
): ArmResource | undefined {
  if (remoteId === undefined) return undefined;
  return context.view
    .children(remoteId, 'virtualNetworkPeerings')
    .find((peering) => sameId(remoteOf(peering), networkId));
}

/** What becomes of the other side when this side goes: a connected peering stands as disconnected, a waiting one waits on. */
export function disconnected(peering: ArmResource, context: ProviderContext): readonly ArmResource[] {
  const other = counterpartOf(parentOf(peering.id), remoteOf(peering), context);
  if (other === undefined || propertiesOf(other).peeringState !== 'Connected') return [];
  return [withProperties(other, { peeringState: 'Disconnected' })];
}

/** The peering as GET shows it, with how far the two address spaces are known to each other. */
export function peeringToRead(stored: ArmResource, context: ProviderContext): ArmResource {
  const networkId = parentOf(stored.id);
  const remoteId = remoteOf(stored);
  const other = counterpartOf(networkId, remoteId, context);
  const known = (side: ArmResource | undefined, space: ArmResource | undefined): boolean =>
    side !== undefined &&
    space !== undefined &&
    canonicalJson(addressSpaceOf({ addressSpace: propertiesOf(side).remoteVirtualNetworkAddressSpace })) ===
      canonicalJson(addressSpaceOf(propertiesOf(space)));
  const local = remoteId !== undefined && known(stored, context.view.get(remoteId));
  const remote = known(other, context.view.get(networkId));
  const level = local
    ? remote
      ? 'FullyInSync'
      : 'RemoteNotInSync'
    : remote
      ? 'LocalNotInSync'
      : 'LocalAndRemoteNotInSync';
  return withEtag(withProperties(stored, { peeringSyncLevel: level }));
}
