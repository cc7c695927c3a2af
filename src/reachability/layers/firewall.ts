import type { Hop } from '../../model/witness.ts';
import { type Intervals, unite } from '../intervals.ts';
import type { ApplicationRule, Firewall, NetworkRule, RuleCollection, Subnet } from '../model.ts';
import { memoized, type Network } from '../network.ts';
import { intersectSets, isEmpty, type PacketSet, packets } from '../packets.ts';
import { firstMatch, type MatchRule } from '../rules.ts';
import { portSet, type TermScope, tcp, termSets, transport } from '../terms.ts';
import { productOf, termScope } from './nsg.ts';

/** What a firewall does with packets that reach it. */
export interface FirewallOutcome {
  readonly packets: PacketSet;
  /** `forward`: a network rule let it pass; `proxy`: an application rule did, and the firewall makes the connection itself. */
  readonly effect: 'forward' | 'proxy' | 'deny';
  readonly hop: Hop;
}

type Kind = 'network' | 'application' | 'translation';

/**
 * The collections that hold rules of a kind, in the order of evaluation: parent policy before child, then group priority, then collection
 * priority (statements 74, 75).
 */
export function orderedCollections(firewall: Firewall, kind: Kind): readonly RuleCollection[] {
  return firewall.collections
    .filter((collection) => collection.rules.some((rule) => rule.kind === kind))
    .sort((a, b) => a.level - b.level || a.groupPriority - b.groupPriority || a.priority - b.priority);
}

/** A firewall has no VirtualNetwork of its own subnet's routes; terms read as in its subnet. */
export function scopeOf(network: Network, firewall: Firewall): TermScope {
  return termScope(network, network.subnetOf(firewall));
}

/** `group/collection/rule`, as hops name firewall rules. */
export function firewallRuleName(collection: RuleCollection, rule: { readonly name: string }): string {
  return `${collection.group}/${collection.name}/${rule.name}`;
}

/** The packets of a network rule. Host names as destinations hold only where clients resolve through the firewall's proxy (statement 80). */
export function networkRulePackets(
  network: Network,
  firewall: Firewall,
  rule: NetworkRule,
  resolvesHere: boolean,
): { readonly may: PacketSet; readonly must: PacketSet } {
  const { names, addresses } = network.spaces;
  const scope = scopeOf(network, firewall);
  const sources = termSets(rule.sources, scope);
  const by = transport(rule.protocols, rule.destinationPorts);
  if (rule.destinationNames.length === 0) return productOf(sources, termSets(rule.destinations, scope), by);
  const named = rule.destinationNames.map((name) => names.ofPattern(name)).reduce(unite, []);
  const anywhere = { may: addresses.all, must: addresses.all };
  const all = productOf(sources, anywhere, by);
  const may = intersectSets(all.may, packets({ name: named }));
  if (!firewall.dnsProxy || !resolvesHere) return { may, must: [] };
  return all.may === all.must ? { may, must: may } : { may, must: intersectSets(all.must, packets({ name: named })) };
}

/** The packets of an application rule: TCP to its ports, asking for one of its names (statement 77). */
export function applicationRulePackets(
  network: Network,
  firewall: Firewall,
  rule: ApplicationRule,
): { readonly may: PacketSet; readonly must: PacketSet } {
  const { names, addresses } = network.spaces;
  const scope = scopeOf(network, firewall);
  const sources = termSets(rule.sources, scope);
  const destinations =
    rule.destinations.length === 0 ? { may: addresses.all, must: addresses.all } : termSets(rule.destinations, scope);
  // An empty port set would mean every port: a rule without protocols matches nothing.
  if (rule.ports.length === 0) return { may: [], must: [] };
  const ports = portSet(rule.ports.map((port) => ({ from: port, to: port })));
  let must: Intervals = [];
  for (const name of rule.names) must = unite(must, name === '*' ? names.named : names.ofPattern(name));
  for (const tag of rule.nameTags) must = unite(must, names.ofTag(tag));
  let may = must;
  for (const name of rule.mayNames) may = unite(may, names.ofPattern(name));
  // A client that sends no name at all: whether `*` takes it, nothing that we know says.
  if (rule.names.includes('*')) may = unite(may, names.unnamed);
  const asked = (name: Intervals, source: Intervals, destination: Intervals): PacketSet =>
    packets({ source, destination, name, destinationPort: ports, protocol: [tcp, tcp + 1] });
  const upper = asked(may, sources.may, destinations.may);
  const exact = may === must && sources.may === sources.must && destinations.may === destinations.must;
  return { may: upper, must: exact ? upper : asked(must, sources.must, destinations.must) };
}

interface RuleRef {
  readonly collection: RuleCollection;
  readonly resource: string;
}

function networkRules(network: Network, firewall: Firewall, resolvesHere: boolean): readonly MatchRule<RuleRef>[] {
  return memoized(network, `firewall network ${firewall.id} ${resolvesHere}`, () =>
    orderedCollections(firewall, 'network').flatMap((collection) =>
      collection.rules.flatMap((rule) =>
        rule.kind === 'network'
          ? [
              {
                name: firewallRuleName(collection, rule),
                effect: { collection, resource: firewall.id },
                ...networkRulePackets(network, firewall, rule, resolvesHere),
              },
            ]
          : [],
      ),
    ),
  );
}

function applicationRules(network: Network, firewall: Firewall): readonly MatchRule<RuleRef>[] {
  return memoized(network, `firewall application ${firewall.id}`, () =>
    orderedCollections(firewall, 'application').flatMap((collection) =>
      collection.rules.flatMap((rule) =>
        rule.kind === 'application'
          ? [
              {
                name: firewallRuleName(collection, rule),
                effect: { collection, resource: firewall.id },
                ...applicationRulePackets(network, firewall, rule),
              },
            ]
          : [],
      ),
    ),
  );
}

/** Whether clients of a subnet ask the firewall for names. */
function resolvesThrough(network: Network, firewall: Firewall, client: Subnet): boolean {
  const address = network.spaces.addresses.describeSet(network.spaces.addresses.ofRange(firewall.address));
  return network.network(client.network).dnsServers.includes(address);
}

/**
 * Packets from inside that a route hands to the firewall: network rules, then application rules, then deny (statements 73, 74). Every type is
 * looked at across all groups before the next.
 */
export function throughFirewall(
  network: Network,
  firewall: Firewall,
  client: Subnet,
  asked: PacketSet,
): readonly FirewallOutcome[] {
  const outcomes: FirewallOutcome[] = [];
  const take = (rules: readonly MatchRule<RuleRef>[], effect: 'forward' | 'proxy', set: PacketSet): PacketSet => {
    const { matches, rest } = firstMatch(rules, set);
    for (const { rule, packets: matched } of matches) {
      const { allow } = rule.effect.collection;
      outcomes.push({
        packets: matched,
        effect: allow ? effect : 'deny',
        hop: {
          layer: 'firewall',
          resource: firewall.id,
          rule: rule.name,
          effect: allow ? (effect === 'proxy' ? 'terminate' : 'allow') : 'deny',
          detail: effect === 'proxy' ? 'Application rule: the far side sees the firewall.' : 'Network rule.',
        },
      });
    }
    return rest;
  };
  const unmatched = take(networkRules(network, firewall, resolvesThrough(network, firewall, client)), 'forward', asked);
  const rest = take(applicationRules(network, firewall), 'proxy', unmatched);
  if (!isEmpty(rest)) outcomes.push({ packets: rest, effect: 'deny', hop: defaultDeny(firewall) });
  return outcomes;
}

export function defaultDeny(firewall: Firewall): Hop {
  return {
    layer: 'firewall',
    resource: firewall.id,
    rule: '(default deny)',
    effect: 'deny',
    detail: 'No rule allows it.',
  };
}

/** Destinations to which forwarded packets keep their source (statement 81). */
export function keepsSource(network: Network, firewall: Firewall): Intervals {
  return network.rangesSet(firewall.unsourced);
}

/** The addresses that the firewall uses as a source: any of its subnet's (statement 82). */
export function translatedSource(network: Network, firewall: Firewall): Intervals {
  return network.rangesSet(network.subnetOf(firewall).prefixes);
}

/** Ports on which the firewall itself answers inside: its DNS proxy. */
export function answersItself(network: Network, firewall: Firewall): PacketSet {
  if (!firewall.dnsProxy) return [];
  return intersectSets(
    packets({ destination: network.spaces.addresses.ofRange(firewall.address), destinationPort: [53, 54] }),
    transport([6, 17], []).must,
  );
}
