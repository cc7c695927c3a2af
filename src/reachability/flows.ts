import type { Hop } from '../model/witness.ts';
import { advance, end, type Flow, type Journey, open, towards } from './flow.ts';
import { subtract } from './intervals.ts';
import { answersItself, defaultDeny, keepsSource, throughFirewall, translatedSource } from './layers/firewall.ts';
import { judgeSecurityGroups } from './layers/guards.ts';
import { leaveStraight, nowhere, publicAddressAssumption, sealedFromInternet } from './layers/internet.ts';
import { throughLoadBalancer } from './layers/load-balancer.ts';
import { crossPeering } from './layers/peering.ts';
import { judgePlatform } from './layers/platform.ts';
import { straight, type Way, withReply } from './layers/return-path.ts';
import { type EffectiveRoute, effectiveRoutes, learnedRoutes, routeHop } from './layers/routes.ts';
import { onSources, publicTranslations, translated } from './layers/translation.ts';
import type { Firewall, Subnet } from './model.ts';
import { type Group, memoized, type Network } from './network.ts';
import {
  anySource,
  intersectSets,
  isEmpty,
  type PacketSet,
  packets,
  sourcesOf,
  subtractSets,
  withSource,
} from './packets.ts';

/** Every way of every packet that a group can send: worked out once a group, whatever is asked. */
export function flowsFrom(network: Network, from: Group): readonly Flow[] {
  return memoized(network, `flows ${from.id}`, () => {
    if (from.kind === 'internet') return fromInternet(network, from);
    if (from.kind === 'platform') return fromPlatform(network, from);
    // A private endpoint answers and never asks, and so does a frontend.
    return from.kind === 'private-endpoint' || from.kind === 'load-balancer' ? [] : fromInside(network, from);
  });
}

function everythingFrom(network: Network, from: Group): PacketSet {
  const { addresses, names } = network.spaces;
  return packets({ source: from.addresses, destination: addresses.all, name: names.all });
}

function fromInside(network: Network, from: Group): readonly Flow[] {
  const { subnet } = from;
  if (subnet === undefined) return [];
  const all = everythingFrom(network, from);
  const toPlatform = intersectSets(all, packets({ destination: network.platform.addresses }));
  const begin: Journey = { from, packets: all, hops: [] };
  const flows: Flow[] = judgePlatform(network, from, toPlatform).map((one) =>
    end(advance(begin, one.packets, ...one.hops), one.allowed ? 'allowed' : 'denied'),
  );
  for (const judged of judgeSecurityGroups(network, from, 'outbound', subtractSets(all, toPlatform))) {
    const journey = advance(begin, judged.packets, ...judged.hops);
    if (judged.allowed) flows.push(...routed(network, journey, subnet));
    else flows.push(end(journey, 'denied'));
  }
  // What a firewall inside translates is told of both ends: of the address that is dialled, and of the one behind it.
  const published = flows.filter((flow) => flow.behindTranslation === true);
  if (published.length === 0) return flows;
  return besides(
    flows.filter((flow) => flow.behindTranslation !== true),
    published.filter((flow) => flow.outcome === 'allowed'),
  );
}

/** Packets that leave a subnet, by its effective routes. */
function routed(network: Network, journey: Journey, subnet: Subnet): readonly Flow[] {
  return effectiveRoutes(network, subnet).flatMap((route) => {
    const going = towards(journey, route.destinations);
    if (going === undefined) return [];
    const next = advance(going, going.packets, routeHop(network, route));
    const { target } = route;
    if (target.kind === 'appliance') return toAppliance(network, next, route, subnet);
    return byRoute(network, next, route, subnet, straight);
  });
}

/** Packets at a subnet's edge whose route is no appliance. */
function byRoute(network: Network, journey: Journey, route: EffectiveRoute, subnet: Subnet, way: Way): readonly Flow[] {
  const { target } = route;
  switch (target.kind) {
    case 'none':
      return [end(journey, 'denied')];
    case 'internet':
      return leaveStraight(network, journey);
    case 'service-endpoint': {
      const hop: Hop = {
        layer: 'internet',
        resource: subnet.id,
        rule: `(service endpoint ${target.service})`,
        effect: 'forward',
      };
      return [end(journey, 'allowed', hop)];
    }
    case 'gateway':
      return route.rule === learnedRoutes || network.model.gatewayNetworks.includes(subnet.network)
        ? open(
            journey,
            { layer: 'gateway', resource: subnet.network, rule: '(virtual network gateway)' },
            'What lies behind a virtual network gateway is not in the state.',
          )
        : [end(journey, 'denied', nowhere(network, 'The network has no gateway.'))];
    case 'unknown':
      return open(
        journey,
        { layer: 'route', resource: route.resource, rule: route.rule },
        `Route table ${route.resource} is not in the state: its routes may lead anywhere.`,
      );
    case 'network':
      return into(network, journey, subnet.network, target.network, way);
    case 'private-endpoint':
      return into(network, journey, subnet.network, target.group.subnet?.network ?? subnet.network, way);
    case 'appliance':
      return open(
        journey,
        { layer: 'route', resource: route.resource, rule: route.rule },
        `The firewall's subnet sends packets on to another appliance (${route.rule}), which is not modelled.`,
      );
  }
}

/** Into a network, over the peering where it is another one, and to whatever holds the address there. */
function into(network: Network, journey: Journey, here: string, there: string, way: Way): readonly Flow[] {
  if (here === there) return arrive(network, journey, there, way);
  const [from, to] = [network.network(here), network.network(there)];
  const flows: Flow[] = [];
  const forwarded = way.firewall !== undefined && !way.translated;
  const own = forwarded ? intersectSets(journey.packets, packets({ source: network.spaceOf(from) })) : journey.packets;
  const foreign = forwarded ? subtractSets(journey.packets, own) : [];
  for (const [set, isForwarded] of [
    [own, false],
    [foreign, true],
  ] as const) {
    if (isEmpty(set)) continue;
    const crossing = crossPeering(from, to, isForwarded);
    const next = advance(journey, set, crossing.hop);
    flows.push(...(crossing.passes ? arrive(network, next, there, way) : [end(next, 'denied')]));
  }
  return flows;
}

/** To the groups of a network that hold the destination. */
function arrive(network: Network, journey: Journey, there: string, way: Way): readonly Flow[] {
  const flows: Flow[] = [];
  let rest = journey.packets;
  for (const group of network.groupsIn(there)) {
    const here = towards(journey, group.addresses);
    if (here === undefined) continue;
    rest = subtractSets(rest, packets({ destination: group.addresses }));
    flows.push(...enter(network, here, group, way));
  }
  if (!isEmpty(rest)) {
    flows.push(end(advance(journey, rest), 'denied', nowhere(network, 'No subnet of the network holds the address.')));
  }
  return flows;
}

function enter(network: Network, journey: Journey, group: Group, way: Way): readonly Flow[] {
  const firewall = network.model.firewalls.find((one) => one.subnet === group.subnet?.id);
  if (firewall !== undefined) return enterFirewall(network, journey, group, firewall, way);
  const { frontend } = group;
  if (frontend !== undefined && !way.translated)
    return throughLoadBalancer(network, journey, frontend, group, (next, at) => withReply(network, next, at, way));
  const seen =
    way.translated && way.firewall !== undefined
      ? withSource(journey.packets, translatedSource(network, way.firewall))
      : journey.packets;
  return judgeSecurityGroups(network, group, 'inbound', seen).flatMap((judged) => {
    const set = way.translated ? intersectSets(journey.packets, anySource(judged.packets)) : judged.packets;
    const next = advance(journey, set, ...judged.hops);
    if (!judged.allowed) return [end(next, 'denied')];
    const flows = withReply(network, next, group, way);
    const { firewall: by } = way;
    return way.translated && by !== undefined ? flows.map((flow) => ({ ...flow, translatedBy: by })) : flows;
  });
}

/** A firewall answers names inside; nothing else in its subnet answers anybody. */
function enterFirewall(
  network: Network,
  journey: Journey,
  group: Group,
  firewall: Firewall,
  way: Way,
): readonly Flow[] {
  const { flows: published, rest: arriving } = meetTranslations(network, firewall, journey);
  const answered = intersectSets(arriving, answersItself(network, firewall));
  const flows: Flow[] = [...published];
  if (!isEmpty(answered)) {
    const hop: Hop = { layer: 'firewall', resource: firewall.id, rule: '(DNS proxy)', effect: 'terminate' };
    flows.push(...withReply(network, advance(journey, answered, hop), group, way));
  }
  const rest = subtractSets(arriving, answersItself(network, firewall));
  if (!isEmpty(rest)) flows.push(end(advance(journey, rest), 'denied', defaultDeny(firewall)));
  return flows;
}

function toAppliance(network: Network, journey: Journey, route: EffectiveRoute, subnet: Subnet): readonly Flow[] {
  if (route.target.kind !== 'appliance') return [];
  const { address } = route.target;
  const at = network.spaces.addresses.ofRange(address);
  const holder = network.groups.find((group) => subtract(at, group.addresses).length === 0);
  const invalid = (detail: string): readonly Flow[] => [
    end(journey, 'denied', { layer: 'route', resource: route.resource, rule: route.rule, effect: 'drop', detail }),
  ];
  if (holder?.subnet === undefined)
    return invalid('No subnet of the state holds the next hop: the route is not valid.');
  if (holder.subnet.id === subnet.id && holder.kind === 'firewall')
    return invalid('The next hop is the firewall itself.');
  let here = journey;
  if (holder.subnet.network !== subnet.network) {
    const crossing = crossPeering(network.network(subnet.network), network.network(holder.subnet.network), false);
    if (!crossing.passes) return invalid('The next hop is not directly reachable: the route is not valid.');
    here = advance(journey, journey.packets, crossing.hop);
  }
  const firewall = network.firewallAt(address);
  if (firewall === undefined) {
    const text = network.spaces.addresses.describeSet(at);
    return open(
      here,
      { layer: 'appliance', resource: holder.id, rule: `(${text})` },
      `What the appliance at ${text} does with packets is not in the state.`,
    );
  }
  // What is addressed to the firewall itself is its own to answer, whichever route brought it: no rule is asked.
  const { flows: published, rest: untranslated } = meetTranslations(network, firewall, here);
  if (isEmpty(untranslated)) return published;
  here = advance(here, untranslated);
  const own = towards(here, at);
  const rest = own === undefined ? here.packets : subtractSets(here.packets, own.packets);
  const answered = own === undefined ? [] : enterFirewall(network, own, holder, firewall, straight);
  const passing = throughFirewall(network, firewall, subnet, rest).flatMap((outcome) => {
    const next = advance(here, outcome.packets, outcome.hop);
    if (outcome.effect === 'deny') return [end(next, 'denied')];
    if (outcome.effect === 'proxy') return behindFirewall(network, next, firewall, true);
    const kept = towards(next, keepsSource(network, firewall));
    const changed = towards(next, subtract(network.spaces.addresses.all, keepsSource(network, firewall)));
    return [
      ...(kept === undefined ? [] : behindFirewall(network, kept, firewall, false)),
      ...(changed === undefined ? [] : behindFirewall(network, changed, firewall, true)),
    ];
  });
  return [...published, ...answered, ...passing];
}

/** What a firewall's translation rules make of packets that reach it, and what they leave. */
function meetTranslations(
  network: Network,
  firewall: Firewall,
  journey: Journey,
): { readonly flows: readonly Flow[]; readonly rest: PacketSet } {
  const { matches, rest } = translated(network, firewall, journey.packets);
  const flows = matches.flatMap(({ translation, dialled, behind }) => {
    const seen = behindFirewall(network, advance(journey, behind, translation.hop), firewall, true);
    return seen.flatMap((flow): readonly Flow[] => {
      const asDialled = onSources(dialled, sourcesOf(flow.packets));
      return [{ ...flow, behindTranslation: true }, ...(isEmpty(asDialled) ? [] : [{ ...flow, packets: asDialled }])];
    });
  });
  return { flows, rest };
}

/** Packets that a firewall sends on, by the routes of its own subnet. */
function behindFirewall(network: Network, journey: Journey, firewall: Firewall, translated: boolean): readonly Flow[] {
  const subnet = network.subnetOf(firewall);
  const source: Hop = {
    layer: 'firewall',
    resource: firewall.id,
    rule: '(source translation)',
    effect: 'translate',
    detail: `The source becomes ${network.spaces.addresses.describeSet(translatedSource(network, firewall))}.`,
  };
  const begin = translated ? advance(journey, journey.packets, source) : journey;
  return effectiveRoutes(network, subnet).flatMap((route): readonly Flow[] => {
    const going = towards(begin, route.destinations);
    if (going === undefined) return [];
    const next = advance(going, going.packets, routeHop(network, route));
    if (route.target.kind !== 'internet') return byRoute(network, next, route, subnet, { firewall, translated });
    if (!translated) {
      return [
        end(
          next,
          'denied',
          nowhere(network, 'The firewall keeps private sources, and replies to them find no way back.'),
        ),
      ];
    }
    return firewallToInternet(network, next, firewall);
  });
}

/** The reply comes back to the firewall's public address, and from there by its subnet's routes: the network of the client is linked to it. */
function firewallToInternet(network: Network, journey: Journey, firewall: Firewall): readonly Flow[] {
  const out = towards(journey, network.internet.addresses);
  const flows: Flow[] = [];
  if (out !== undefined) {
    const hop: Hop = {
      layer: 'internet',
      resource: network.internet.id,
      rule: `(by ${firewall.name})`,
      effect: 'forward',
    };
    const next = advance(out, out.packets, hop);
    const home = network.groups.find((group) => group.kind === 'firewall' && group.firewall === firewall);
    flows.push(...(home === undefined ? [end(next, 'allowed')] : withReply(network, next, home, straight)));
  }
  const rest = out === undefined ? journey.packets : subtractSets(journey.packets, out.packets);
  if (!isEmpty(rest))
    flows.push(end(advance(journey, rest), 'denied', nowhere(network, 'Not an address of the internet.')));
  return flows;
}

function fromInternet(network: Network, from: Group): readonly Flow[] {
  const begin: Journey = { from, packets: everythingFrom(network, from), hops: [] };
  const published = network.model.firewalls.flatMap((firewall) =>
    publicTranslations(network, firewall).flatMap(({ behind, hop }) => {
      const matched = intersectSets(begin.packets, behind);
      return isEmpty(matched) ? [] : behindFirewall(network, advance(begin, matched, hop), firewall, true);
    }),
  );
  const through = published.filter((flow) => flow.outcome === 'allowed');
  const straightIn = network.groups.flatMap((group): readonly Flow[] => {
    const here = towards(begin, group.addresses);
    if (here === undefined) return [];
    const sealed = sealedFromInternet(network, group);
    if (sealed !== undefined) return [end(here, 'denied', sealed)];
    const hop: Hop = {
      layer: 'internet',
      resource: group.subnet?.id ?? group.id,
      rule: '(straight, to a public address)',
      effect: 'translate',
      detail: 'The destination becomes the private address.',
    };
    return enter(network, advance(here, here.packets, hop), group, straight).map((flow) => ({
      ...flow,
      ...(flow.outcome === 'denied' ? {} : { assumption: publicAddressAssumption }),
    }));
  });
  return besides(straightIn, through);
}

/** There are two ways in; a packet that one of them lets through is through. */
function besides(flows: readonly Flow[], through: readonly Flow[]): readonly Flow[] {
  const left = flows.flatMap((flow) => {
    const rest = through.reduce((set, other) => subtractSets(set, other.packets), flow.packets);
    return isEmpty(rest) ? [] : [{ ...flow, packets: rest }];
  });
  return [...through, ...left];
}

function fromPlatform(network: Network, from: Group): readonly Flow[] {
  const begin: Journey = { from, packets: everythingFrom(network, from), hops: [] };
  return network.groups.flatMap((group) => {
    const here = towards(begin, group.addresses);
    return here === undefined || group.kind === 'private-endpoint' ? [] : enter(network, here, group, straight);
  });
}
