import type { Hop } from '../../model/witness.ts';
import { advance, end, type Flow, type Journey } from '../flow.ts';
import { intersect } from '../intervals.ts';
import type { Frontend, FrontendRule } from '../model.ts';
import type { Group, Network } from '../network.ts';
import { intersectSets, isEmpty, type PacketSet, sourcesOf, subtractSets, uniteSets, withPart } from '../packets.ts';
import { transport } from '../terms.ts';
import { judgeSecurityGroups } from './guards.ts';
import type { Direction, Judged } from './nsg.ts';
import { onSources } from './translation.ts';

const floating =
  'A load balancer with floating IP: the security groups of its backends see the frontend’s address and port, and whether that of the frontend’s own subnet is asked is not documented; both ways are followed where they differ (statement 93).';

/** Asks what happens at a backend: the reply’s way is the caller’s affair. */
type Reply = (journey: Journey, at: Group) => readonly Flow[];

/**
 * Packets to a frontend of a load balancer. It keeps the client's address (statement 49), and takes what its rules name. Without floating IP the
 * backends' security groups see the backend's own address and port; with it, the frontend's.
 */
export function throughLoadBalancer(
  network: Network,
  journey: Journey,
  frontend: Frontend,
  group: Group,
  reply: Reply,
): readonly Flow[] {
  const flows: Flow[] = [];
  let rest = journey.packets;
  for (const rule of frontend.rules) {
    const matched = intersectSets(rest, transport(rule.protocols, rule.ports).may);
    if (isEmpty(matched)) continue;
    rest = subtractSets(rest, matched);
    const hop: Hop = {
      layer: 'load-balancer',
      resource: frontend.id,
      rule: rule.name,
      effect: rule.floating ? 'forward' : 'translate',
      detail: rule.floating ? 'Floating IP: the address stays the frontend’s.' : 'The destination becomes a backend’s.',
    };
    flows.push(...toBackends(network, advance(journey, matched, hop), rule, group, reply));
  }
  if (!isEmpty(rest)) {
    const hop: Hop = {
      layer: 'load-balancer',
      resource: frontend.id,
      rule: '(no load balancing rule)',
      effect: 'drop',
    };
    flows.push(end(advance(journey, rest), 'denied', hop));
  }
  return flows;
}

function toBackends(
  network: Network,
  journey: Journey,
  rule: FrontendRule,
  group: Group,
  reply: Reply,
): readonly Flow[] {
  const named = network.rangesSet(rule.backends);
  const backends = network.groups.flatMap((one): readonly Group[] => {
    if (one.kind === 'load-balancer' || one.kind === 'firewall') return [];
    if (rule.backendSubnets.includes(one.subnet?.id ?? '')) return [one];
    const addresses = intersect(one.addresses, named);
    return addresses.length === 0 ? [] : [{ ...one, addresses }];
  });
  if (backends.length === 0) {
    const hop: Hop = { layer: 'load-balancer', resource: group.id, rule: '(no backend in the state)', effect: 'drop' };
    return [end(journey, 'denied', hop)];
  }
  // Any backend may get the packet: where they are judged differently, both may happen.
  return backends.flatMap((backend) => {
    const judged = rule.floating
      ? atFrontendAndBackend(network, journey.packets, group, backend)
      : atBackend(network, journey.packets, rule, backend);
    return judged.flatMap((one): readonly Flow[] => {
      const next = advance(journey, one.packets, ...one.hops);
      const made = one.allowed ? reply(next, backend) : [end(next, 'denied')];
      return one.open ? made.map((flow) => ({ ...flow, assumption: flow.assumption ?? floating })) : made;
    });
  });
}

type Backed = Judged & { readonly open: boolean };

/** With floating IP: what both groups say alike is so; where they differ it is open. */
function atFrontendAndBackend(network: Network, set: PacketSet, group: Group, backend: Group): readonly Backed[] {
  const asked = (at: Group, direction: Direction): readonly Judged[] =>
    judgeSecurityGroups(network, at, direction, set);
  const atEnd = asked(backend, 'inbound');
  const before = asked(group, 'inbound');
  const verdict = (all: readonly Judged[], allowed: boolean): PacketSet =>
    all.filter((one) => one.allowed === allowed).reduce<PacketSet>((sum, one) => uniteSets(sum, one.packets), []);
  const refused = verdict(before, false);
  return atEnd.flatMap((one): readonly Backed[] => {
    if (!one.allowed) return [{ ...one, open: false }];
    const disputed = intersectSets(one.packets, refused);
    const agreed = subtractSets(one.packets, refused);
    const stops = before.filter((other) => !other.allowed);
    return [
      ...(isEmpty(agreed) ? [] : [{ ...one, packets: agreed, open: false }]),
      ...(isEmpty(disputed) ? [] : [{ ...one, packets: disputed, open: true }]),
      ...stops.flatMap((other) => {
        const both = intersectSets(disputed, other.packets);
        return isEmpty(both) ? [] : [{ ...other, packets: both, open: true }];
      }),
    ];
  });
}

/** Without floating IP: the packets as the backend sees them, and the outcome carried back by who sent them. */
function atBackend(network: Network, set: PacketSet, rule: FrontendRule, backend: Group): readonly Backed[] {
  const port = rule.backendPort;
  const seen = set.map((one) =>
    withPart(
      withPart(one, 'destination', backend.addresses),
      'destinationPort',
      port === undefined ? (one[4] ?? []) : [port, port + 1],
    ),
  );
  return judgeSecurityGroups(network, backend, 'inbound', seen).map((one) => ({
    ...one,
    packets: onSources(set, sourcesOf(one.packets)),
    open: false,
  }));
}
