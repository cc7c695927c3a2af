import type { Hop } from '../../model/witness.ts';
import type { Peering, VirtualNetwork } from '../model.ts';
import type { Network } from '../network.ts';

/** Both halves of a peering between two networks, seen from the first; undefined unless both exist (statement 68). */
export function linkBetween(
  from: VirtualNetwork,
  to: VirtualNetwork,
): { readonly near: Peering; readonly far: Peering } | undefined {
  const near = from.peerings.find((peering) => peering.remote === to.id);
  const far = to.peerings.find((peering) => peering.remote === from.id);
  if (near === undefined || far === undefined || !near.connected || !far.connected) return undefined;
  return { near, far };
}

/** The networks that one is linked to, whether or not access is allowed. */
export function linkedNetworks(network: Network, of: VirtualNetwork): readonly VirtualNetwork[] {
  return network.model.networks.filter((other) => other !== of && linkBetween(of, other) !== undefined);
}

/** Whether packets may cross from one network to another at all (statement 68). */
export function accessAllowed(from: VirtualNetwork, to: VirtualNetwork): boolean {
  const link = linkBetween(from, to);
  return link?.near.allowAccess === true && link.far.allowAccess;
}

/**
 * Crossing from one network into a peered one. Packets that the sending network forwards, but that did not start in it, need
 * `allowForwardedTraffic` on the receiving side (statement 69).
 */
export function crossPeering(
  from: VirtualNetwork,
  to: VirtualNetwork,
  forwarded: boolean,
): { readonly passes: boolean; readonly hop: Hop } {
  const link = linkBetween(from, to);
  if (link === undefined) {
    const half =
      to.peerings.find((peering) => peering.remote === from.id) ??
      from.peerings.find((peering) => peering.remote === to.id);
    return {
      passes: false,
      hop: {
        layer: 'peering',
        resource: half?.id ?? from.id,
        rule: half === undefined ? '(no peering)' : `${half.name}: not connected on both sides`,
        effect: 'drop',
        detail: `${from.name} and ${to.name} are not peered on both sides.`,
      },
    };
  }
  const closed = link.near.allowAccess ? (link.far.allowAccess ? undefined : link.far) : link.near;
  if (closed !== undefined) {
    return {
      passes: false,
      hop: {
        layer: 'peering',
        resource: closed.id,
        rule: `${closed.name}: allowVirtualNetworkAccess false`,
        effect: 'drop',
        detail: `${from.name} to ${to.name}.`,
      },
    };
  }
  if (forwarded && !link.far.allowForwarded) {
    return {
      passes: false,
      hop: {
        layer: 'peering',
        resource: link.far.id,
        rule: `${link.far.name}: allowForwardedTraffic false`,
        effect: 'drop',
        detail: `The packet is forwarded by ${from.name} and did not start there.`,
      },
    };
  }
  return {
    passes: true,
    hop: {
      layer: 'peering',
      resource: link.near.id,
      rule: link.near.name,
      effect: 'forward',
      detail: `${from.name} to ${to.name}.`,
    },
  };
}
