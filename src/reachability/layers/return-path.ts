import type { Hop } from '../../model/witness.ts';
import { advance, end, type Flow, type Journey } from '../flow.ts';
import { intersects } from '../intervals.ts';
import type { Firewall } from '../model.ts';
import type { Group, Network } from '../network.ts';
import { isEmpty, within } from '../packets.ts';
import { translatedSource } from './firewall.ts';
import { type EffectiveRoute, effectiveRoutes, routeHop } from './routes.ts';

/** How packets came to where they are: straight, or through a firewall, with or without a translated source. */
export interface Way {
  readonly firewall?: Firewall;
  readonly translated: boolean;
}

export const straight: Way = { translated: false };

/**
 * Sends the reply of packets that arrived at `to`. Security groups are stateful and let it pass (statement 47); its routes must lead back the same
 * way: a reply that goes around the firewall which saw the request, or through one that did not, is dropped (statement 72).
 */
export function withReply(network: Network, journey: Journey, to: Group, way: Way): readonly Flow[] {
  if (to.subnet === undefined) return [end(journey, 'allowed')];
  const routes = replyRoutes(network, to);
  if (way.translated && way.firewall !== undefined) {
    const { firewall } = way;
    const back = translatedSource(network, firewall);
    const home = network.subnetOf(firewall).network;
    const used = routes.filter((route) => intersects(route.destinations, back));
    const good = (route: EffectiveRoute): boolean => leadsTo(route, home) || isFirewall(network, route, firewall);
    // Which of its addresses the firewall takes is its own affair: where routes differ between them, both may happen.
    return [
      ...(used.some(good) ? firewallToSource(network, journey, firewall) : []),
      ...used.filter((route) => !good(route)).map((route) => lost(network, journey, route)),
    ];
  }
  const flows: Flow[] = [];
  for (const route of routes) {
    const set = within(journey.packets, 'source', route.destinations);
    if (isEmpty(set)) continue;
    const replying = advance(journey, set);
    const { firewall } = way;
    if (firewall !== undefined) {
      if (isFirewall(network, route, firewall)) {
        flows.push(...firewallToSource(network, advance(replying, set, routeHop(network, route, 'reply')), firewall));
      } else flows.push(lost(network, replying, route));
    } else if (straightBack(route, journey.from)) flows.push(end(replying, 'allowed'));
    else flows.push(lost(network, replying, route));
  }
  // The platform's own addresses are not routed: what comes from them is answered.
  const unrouted = within(journey.packets, 'source', network.platform.addresses);
  if (!isEmpty(unrouted)) flows.push(end(advance(journey, unrouted), 'allowed'));
  return flows;
}

/** A private endpoint heeds its subnet's user routes only where the subnet's network policies say so (statement 86). */
function replyRoutes(network: Network, to: Group): readonly EffectiveRoute[] {
  const { subnet } = to;
  if (subnet === undefined) return [];
  if (to.kind !== 'private-endpoint' || subnet.privateEndpointPolicies.routeTable)
    return effectiveRoutes(network, subnet);
  const { routeTable: _table, missingRouteTable: _missing, ...bare } = subnet;
  return effectiveRoutes(network, { ...bare, id: `${subnet.id} without route table` });
}

function straightBack(route: EffectiveRoute, from: Group): boolean {
  if (from.subnet === undefined) return route.target.kind === 'internet' || route.target.kind === 'service-endpoint';
  return leadsTo(route, from.subnet.network);
}

function leadsTo(route: EffectiveRoute, networkId: string): boolean {
  const { target } = route;
  if (target.kind === 'private-endpoint') return target.group.subnet?.network === networkId;
  return target.kind === 'network' && target.network === networkId;
}

function isFirewall(network: Network, route: EffectiveRoute, firewall: Firewall): boolean {
  return route.target.kind === 'appliance' && network.firewallAt(route.target.address) === firewall;
}

/** The last stretch of a reply: from the firewall, by its subnet's routes, to who asked. */
function firewallToSource(network: Network, journey: Journey, firewall: Firewall): readonly Flow[] {
  const { subnet } = journey.from;
  if (subnet === undefined) return [end(journey, 'allowed')];
  return effectiveRoutes(network, network.subnetOf(firewall)).flatMap((route) => {
    const set = within(journey.packets, 'source', route.destinations);
    if (isEmpty(set)) return [];
    const replying = advance(journey, set);
    return [leadsTo(route, subnet.network) ? end(replying, 'allowed') : lost(network, replying, route)];
  });
}

function lost(network: Network, journey: Journey, route: EffectiveRoute): Flow {
  const hop: Hop = routeHop(network, route, 'reply');
  return end(journey, 'one-way', {
    ...hop,
    layer: 'return-path',
    effect: 'drop',
    detail: `${hop.detail ?? ''} The reply does not go back the way that the request came.`.trim(),
  });
}
