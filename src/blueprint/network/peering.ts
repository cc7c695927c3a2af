import type { Value } from '../../model/resource.ts';
import { type Built, claimed, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import type { HubRefs } from '../hub/refs.ts';
import { networkResource, type Placement } from '../placement.ts';

export interface PeeringEnd {
  /** Of the virtual network. */
  readonly key: string;
  readonly name: string;
  readonly group: string;
}

/**
 * Both halves of a peering between a spoke and its hub. What the firewall forwards into the spoke comes from outside the hub, so the
 * spoke's half admits forwarded traffic (statement 69); nothing forwards into the hub. The half of a hub that somebody else owns is
 * asked of its owner.
 */
export function peerings(placement: Placement, keyPrefix: string, spoke: PeeringEnd, hub: HubRefs): Built {
  const half = (
    near: PeeringEnd,
    far: { readonly name: string; readonly id: Value },
    key: string,
    forwarded: boolean,
  ) =>
    networkResource(
      { ...placement, group: near.group },
      {
        key: `${keyPrefix}/${key}`,
        type: 'virtualNetworks/virtualNetworkPeerings',
        name: `${near.name}/to-${far.name}`,
        properties: {
          remoteVirtualNetwork: { id: far.id },
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: forwarded,
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
        // Azure refuses the second half while it is still at work on the first.
        oneAtATime: `${keyPrefix}/peerings`,
      },
    );
  const toHub = half(spoke, { name: hub.network.name, id: hub.networkId }, 'peering-to-hub', true);
  const fromHub = half(hub.network, { name: spoke.name, id: idOf(spoke) }, 'peering-from-hub', false);
  const ours = claimed(toHub, 'hub-and-spoke-peering');
  return hub.existing
    ? { ...ours, requests: [{ region: hub.region, resource: fromHub }] }
    : joined(ours, claimed(fromHub, 'hub-and-spoke-peering'));
}
