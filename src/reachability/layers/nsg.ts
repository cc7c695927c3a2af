import type { Hop } from '../../model/witness.ts';
import { type Intervals, unite } from '../intervals.ts';
import type { AddressTerm, NetworkCard, SecurityGroup, SecurityRule, Subnet } from '../model.ts';
import { memoized, type Network } from '../network.ts';
import { intersectSets, type PacketSet, packets } from '../packets.ts';
import { firstMatch, type MatchRule } from '../rules.ts';
import { platformAddress, type TermScope, type TermSets, termSets, transport } from '../terms.ts';
import { accessAllowed, linkedNetworks } from './peering.ts';
import { userRoutePrefixes } from './routes.ts';

export type Direction = 'inbound' | 'outbound';

/** Packets that one path of decisions lets through or stops, with the hops that decided. */
export interface Judged {
  readonly packets: PacketSet;
  readonly allowed: boolean;
  readonly hops: readonly Hop[];
}

/** The rules that every network security group has after its own (statement 44). */
const defaultRules: readonly SecurityRule[] = [
  standing('AllowVnetInBound', 65000, 'inbound', true, 'VirtualNetwork', 'VirtualNetwork'),
  standing('AllowAzureLoadBalancerInBound', 65001, 'inbound', true, 'AzureLoadBalancer', undefined),
  standing('DenyAllInBound', 65500, 'inbound', false, undefined, undefined),
  standing('AllowVnetOutBound', 65000, 'outbound', true, 'VirtualNetwork', 'VirtualNetwork'),
  standing('AllowInternetOutBound', 65001, 'outbound', true, undefined, 'Internet'),
  standing('DenyAllOutBound', 65500, 'outbound', false, undefined, undefined),
];

function standing(
  name: string,
  priority: number,
  direction: Direction,
  allow: boolean,
  source: string | undefined,
  destination: string | undefined,
): SecurityRule {
  const term = (tag: string | undefined): readonly AddressTerm[] => [
    tag === undefined ? { kind: 'any' } : { kind: 'tag', tag },
  ];
  return {
    name,
    priority,
    direction,
    allow,
    protocols: undefined,
    sources: term(source),
    destinations: term(destination),
    sourcePorts: [],
    destinationPorts: [],
  };
}

/** How terms read in a subnet: its VirtualNetwork tag (statement 52) and the application security groups. */
export function termScope(network: Network, subnet: Subnet): TermScope {
  return memoized(network, `scope ${subnet.id}`, () => {
    const own = network.network(subnet.network);
    const reachable = [own, ...linkedNetworks(network, own).filter((other) => accessAllowed(own, other))];
    const { addresses } = network.spaces;
    const virtualNetwork = [
      ...reachable.map((one) => network.spaceOf(one)),
      userRoutePrefixes(network, subnet),
      addresses.ofRange(platformAddress),
    ].reduce(unite, []);
    return {
      addresses,
      virtualNetwork,
      ofGroup: (group: string): Intervals =>
        network.model.cards
          .filter((card) => card.applicationGroups.includes(group))
          .map((card) => network.rangesSet(card.addresses))
          .reduce(unite, []),
    };
  });
}

/** Rules of one direction in the order of evaluation: priority, then the defaults (statements 43, 44). */
export function orderedRules(group: SecurityGroup, direction: Direction): readonly SecurityRule[] {
  const own = group.rules.filter((rule) => rule.direction === direction).sort((a, b) => a.priority - b.priority);
  return [...own, ...defaultRules.filter((rule) => rule.direction === direction)];
}

/** A rule's packets as seen from a subnet. */
export function securityRulePackets(
  rule: SecurityRule,
  scope: TermScope,
): { readonly may: PacketSet; readonly must: PacketSet } {
  const sources = termSets(rule.sources, scope);
  const destinations = termSets(rule.destinations, scope);
  return productOf(sources, destinations, transport(rule.protocols, rule.destinationPorts, rule.sourcePorts));
}

/** Sources times destinations times transport; one value for both bounds where they are the same. */
export function productOf(
  sources: TermSets,
  destinations: TermSets,
  by: { readonly may: PacketSet; readonly must: PacketSet },
): { readonly may: PacketSet; readonly must: PacketSet } {
  const may = intersectSets(packets({ source: sources.may, destination: destinations.may }), by.may);
  const same = sources.may === sources.must && destinations.may === destinations.must && by.may === by.must;
  if (same) return { may, must: may };
  return { may, must: intersectSets(packets({ source: sources.must, destination: destinations.must }), by.must) };
}

function compiled(
  network: Network,
  group: SecurityGroup,
  subnet: Subnet,
  direction: Direction,
): readonly MatchRule<boolean>[] {
  return memoized(network, `nsg ${group.id} ${subnet.id} ${direction}`, () => {
    const scope = termScope(network, subnet);
    return orderedRules(group, direction).map((rule) => ({
      name: rule.name,
      effect: rule.allow,
      ...securityRulePackets(rule, scope),
    }));
  });
}

/** One security group's judgement; without a group everything passes (statement 45), with a missing one anything may happen. */
function judge(
  network: Network,
  at: { readonly id: string; readonly securityGroup?: string; readonly missingSecurityGroup?: string },
  subnet: Subnet,
  direction: Direction,
  asked: PacketSet,
): readonly Judged[] {
  if (at.missingSecurityGroup !== undefined) {
    const hop = (allowed: boolean): Hop => ({
      layer: 'nsg',
      resource: at.missingSecurityGroup as string,
      rule: '(not in the state)',
      effect: allowed ? 'allow' : 'deny',
      detail: 'The network security group is named but missing: it may allow or deny.',
    });
    return [true, false].map((allowed) => ({ packets: asked, allowed, hops: [hop(allowed)] }));
  }
  const group = network.model.securityGroups.find((one) => one.id === at.securityGroup);
  if (group === undefined) {
    const hop: Hop = { layer: 'nsg', resource: at.id, rule: '(no network security group)', effect: 'allow' };
    return [{ packets: asked, allowed: true, hops: [hop] }];
  }
  const { matches } = firstMatch(compiled(network, group, subnet, direction), asked);
  return matches.map(({ rule, packets: matched }) => ({
    packets: matched,
    allowed: rule.effect,
    hops: [
      {
        layer: 'nsg',
        resource: group.id,
        rule: rule.name,
        effect: rule.effect ? 'allow' : 'deny',
        detail: direction === 'inbound' ? 'Inbound.' : 'Outbound.',
      },
    ],
  }));
}

/** The security groups of a subnet and of a card in it: inbound subnet then card, outbound card then subnet (statement 46). */
export function judgeGroups(
  network: Network,
  subnet: Subnet,
  card: NetworkCard | undefined,
  direction: Direction,
  asked: PacketSet,
): readonly Judged[] {
  if (card === undefined) return judge(network, subnet, subnet, direction, asked);
  const [first, second] = direction === 'inbound' ? [subnet, card] : [card, subnet];
  return judge(network, first, subnet, direction, asked).flatMap((one) =>
    one.allowed
      ? judge(network, second, subnet, direction, one.packets).map((two) => ({
          ...two,
          hops: [...one.hops, ...two.hops],
        }))
      : [one],
  );
}
