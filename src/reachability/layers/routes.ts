import type { AddressRange } from '../../kernel/address.ts';
import { parsePrefix } from '../../kernel/address.ts';
import type { Hop } from '../../model/witness.ts';
import { type Intervals, intersect, subtract, unite } from '../intervals.ts';
import type { Subnet, UserRoute } from '../model.ts';
import { type Group, memoized, type Network } from '../network.ts';
import { linkBetween, linkedNetworks } from './peering.ts';

/** Where a packet goes next. */
export type RouteTarget =
  | { readonly kind: 'network'; readonly network: string }
  | { readonly kind: 'private-endpoint'; readonly group: Group }
  | { readonly kind: 'internet' }
  | { readonly kind: 'none' }
  | { readonly kind: 'gateway' }
  | { readonly kind: 'service-endpoint'; readonly service: string }
  | { readonly kind: 'appliance'; readonly address: AddressRange }
  /** The route table is named and not in the state: it may send packets anywhere. */
  | { readonly kind: 'unknown' };

/** A part of the address space that one route of a subnet decides. */
export interface EffectiveRoute {
  readonly destinations: Intervals;
  readonly target: RouteTarget;
  /** `route name (prefix)` for user routes, `system: …` for the platform's. */
  readonly rule: string;
  /** The route table, or the subnet for system routes. */
  readonly resource: string;
}

interface Candidate extends Omit<EffectiveRoute, 'destinations'> {
  readonly set: Intervals;
  readonly length: number;
  /** Smaller wins at equal length: user routes before system routes (statement 59). */
  readonly rank: number;
}

const reserved = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** Tags are sets of prefixes that we do not know: they count as longer than /8 and shorter than /9, below most literal prefixes. */
const tagLength = 8.5;

/**
 * The routes in force in a subnet, as a partition of the address space: longest prefix first, at equal length user before system
 * (statements 59 to 64). The platform's own addresses are not routed.
 */
export function effectiveRoutes(network: Network, subnet: Subnet): readonly EffectiveRoute[] {
  return memoized(network, `routes ${subnet.id}`, () => {
    const { addresses } = network.spaces;
    const candidates = [...systemRoutes(network, subnet), ...userRoutes(network, subnet)];
    candidates.sort((a, b) => b.length - a.length || a.rank - b.rank);
    const routes: EffectiveRoute[] = [];
    let rest = subtract(addresses.all, network.platform.addresses);
    for (const { set, target, rule, resource } of candidates) {
      const destinations = intersect(rest, set);
      if (destinations.length === 0) continue;
      rest = subtract(rest, destinations);
      routes.push({ destinations, target, rule, resource });
    }
    if (learns(network, subnet)) {
      // What a gateway learns is not in the state. It beats nothing that the platform routes between networks itself (statement 60).
      const destinations = routes
        .filter(({ target }) => !['network', 'private-endpoint', 'service-endpoint'].includes(target.kind))
        .reduce<Intervals>((sum, route) => unite(sum, route.destinations), []);
      routes.push({ destinations, target: { kind: 'gateway' }, rule: learnedRoutes, resource: subnet.id });
    }
    if (subnet.missingRouteTable !== undefined) {
      routes.push({
        destinations: subtract(addresses.all, network.platform.addresses),
        target: { kind: 'unknown' },
        rule: '(route table not in the state)',
        resource: subnet.missingRouteTable,
      });
    }
    return routes;
  });
}

export const learnedRoutes = 'system: what the gateway learns';

/** Whether a subnet gets routes from a gateway of its own network or of a peer that offers it, and keeps them (statements 65, 70). */
function learns(network: Network, subnet: Subnet): boolean {
  if (tableOf(network, subnet)?.keepsLearnedOut === true) return false;
  const { gatewayNetworks } = network.model;
  if (gatewayNetworks.includes(subnet.network)) return true;
  const own = network.network(subnet.network);
  return linkedNetworks(network, own).some((other) => {
    const link = linkBetween(own, other);
    return (
      gatewayNetworks.includes(other.id) && link?.near.usesRemoteGateway === true && link.far.offersGateway === true
    );
  });
}

function systemRoutes(network: Network, subnet: Subnet): readonly Candidate[] {
  const { addresses } = network.spaces;
  const own = network.network(subnet.network);
  const system = (set: Intervals, length: number, target: RouteTarget, rule: string): Candidate => ({
    set,
    length,
    rank: 2,
    target,
    rule: `system: ${rule}`,
    resource: subnet.id,
  });
  const literal = (text: string): AddressRange => parsePrefix(text) as AddressRange;
  // A user route for 0.0.0.0/0 takes the routes that drop reserved ranges out of the subnet (udr-overview, routing example, Subnet2).
  const overridden = userPrefixes(network, subnet).some((prefix) => prefix.length === 0);
  const result: Candidate[] = [
    system(addresses.ipv4, 0, { kind: 'internet' }, '0.0.0.0/0 to Internet'),
    ...(overridden ? [] : reserved).map((text) =>
      system(addresses.ofRange(literal(text)), Number(text.split('/')[1]), { kind: 'none' }, `${text} to None`),
    ),
  ];
  for (const reachable of [own, ...linkedNetworks(network, own)]) {
    const words = reachable === own ? 'virtual network' : `peering to ${reachable.name}`;
    for (const prefix of reachable.space) {
      // A network's own prefix replaces the route that drops the same range (statement 61).
      const route = system(addresses.ofRange(prefix), prefix.length, { kind: 'network', network: reachable.id }, words);
      result.push({ ...route, rank: 1.5 });
    }
  }
  for (const service of subnet.serviceEndpoints) {
    const target: RouteTarget = { kind: 'service-endpoint', service };
    result.push(system(addresses.ofTag(service), 31, target, `service endpoint ${service}`));
  }
  const near = new Set([own.id, ...linkedNetworks(network, own).map((linked) => linked.id)]);
  for (const group of network.groups) {
    if (group.kind !== 'private-endpoint' || group.subnet === undefined || !near.has(group.subnet.network)) continue;
    // The /32 is as long as a prefix can be; what may invalidate it is looked at here, so that nothing but length decides later.
    const beaten = group.subnet.privateEndpointPolicies.routeTable
      ? userPrefixes(network, subnet).filter((prefix) => invalidates(network, prefix, group))
      : [];
    const set = beaten.reduce((left, prefix) => subtract(left, addresses.ofRange(prefix)), group.addresses);
    result.push(system(set, 129, { kind: 'private-endpoint', group }, `private endpoint ${group.name}`));
  }
  return result;
}

/** A user prefix at least as long as the address space of the endpoint's network takes its traffic (statement 86). */
function invalidates(network: Network, prefix: AddressRange & { readonly length: number }, group: Group): boolean {
  if (group.subnet === undefined) return false;
  return network
    .network(group.subnet.network)
    .space.some(
      (space) =>
        space.family === prefix.family &&
        prefix.length >= space.length &&
        intersect(network.spaces.addresses.ofRange(space), group.addresses).length > 0,
    );
}

function userPrefixes(network: Network, subnet: Subnet) {
  return (
    tableOf(network, subnet)?.routes.flatMap(({ destination }) => ('tag' in destination ? [] : [destination])) ?? []
  );
}

function tableOf(network: Network, subnet: Subnet) {
  return network.model.routeTables.find((table) => table.id === subnet.routeTable);
}

function userRoutes(network: Network, subnet: Subnet): readonly Candidate[] {
  const table = tableOf(network, subnet);
  if (table === undefined) return [];
  return table.routes.map((route) => {
    const { destination } = route;
    const tagged = 'tag' in destination;
    return {
      set: tagged ? network.spaces.addresses.ofTag(destination.tag) : network.spaces.addresses.ofRange(destination),
      length: tagged ? tagLength : destination.length,
      rank: 1,
      target: targetOf(route, subnet),
      rule: route.name,
      resource: table.id,
    };
  });
}

function targetOf({ nextHop }: UserRoute, subnet: Subnet): RouteTarget {
  return nextHop.kind === 'network' ? { kind: 'network', network: subnet.network } : nextHop;
}

/** The prefixes of a subnet's user routes: part of the tag VirtualNetwork there (statement 52). */
export function userRoutePrefixes(network: Network, subnet: Subnet): Intervals {
  return userPrefixes(network, subnet)
    .map((prefix) => network.spaces.addresses.ofRange(prefix))
    .reduce(unite, []);
}

const words: { readonly [K in RouteTarget['kind']]: string } = {
  network: 'virtual network',
  'private-endpoint': 'private endpoint',
  internet: 'Internet',
  none: 'None',
  gateway: 'virtual network gateway',
  'service-endpoint': 'service endpoint',
  appliance: 'appliance',
  unknown: 'unknown',
};

export function routeHop(network: Network, route: EffectiveRoute, direction?: 'reply'): Hop {
  const { target } = route;
  const to =
    target.kind === 'appliance'
      ? `appliance ${network.spaces.addresses.describeSet(network.spaces.addresses.ofRange(target.address))}`
      : target.kind === 'network'
        ? network.network(target.network).name
        : words[target.kind];
  return {
    layer: 'route',
    resource: route.resource,
    rule: route.rule,
    effect: target.kind === 'none' ? 'drop' : 'forward',
    detail: `To ${to}.`,
    ...(direction === undefined ? {} : { direction }),
  };
}
