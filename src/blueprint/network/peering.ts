import { type Built, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import { networkResource, type Placement } from '../placement.ts';

export interface PeeringEnd {
  /** Of the virtual network. */
  readonly key: string;
  readonly name: string;
  readonly group: string;
}

/**
 * Both halves of a peering between a spoke and its hub. What the firewall forwards into the spoke comes from outside the hub, so the
 * spoke's half admits forwarded traffic (statement 69); nothing forwards into the hub.
 */
export function peerings(placement: Placement, keyPrefix: string, spoke: PeeringEnd, hub: PeeringEnd): Built {
  const half = (near: PeeringEnd, far: PeeringEnd, key: string, forwarded: boolean): Built => {
    const resource = networkResource(
      { ...placement, group: near.group },
      {
        key: `${keyPrefix}/${key}`,
        type: 'virtualNetworks/virtualNetworkPeerings',
        name: `${near.name}/to-${far.name}`,
        properties: {
          remoteVirtualNetwork: { id: idOf(far) },
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: forwarded,
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
        // Azure refuses the second half while it is still at work on the first.
        oneAtATime: `${keyPrefix}/peerings`,
      },
    );
    return { resources: [resource], claims: [{ decision: 'hub-and-spoke-peering', target: resource.key }] };
  };
  return joined(half(spoke, hub, 'peering-to-hub', true), half(hub, spoke, 'peering-from-hub', false));
}
