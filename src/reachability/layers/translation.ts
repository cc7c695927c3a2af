import type { Hop } from '../../model/witness.ts';
import { type Intervals, unite } from '../intervals.ts';
import type { Firewall, TranslationRule } from '../model.ts';
import { memoized, type Network } from '../network.ts';
import { intersectSets, isEmpty, type PacketSet, packets, sourcesOf, subtractSets, within } from '../packets.ts';
import { termSets, transport } from '../terms.ts';
import { firewallRuleName, orderedCollections, scopeOf } from './firewall.ts';

/** A translation rule: what it takes, and what becomes of that. */
export interface Translation {
  /** Packets as they are dialled, to the firewall's address. */
  readonly dialled: PacketSet;
  /** The same packets behind the firewall, from whatever source the rule takes. */
  readonly behind: PacketSet;
  readonly rule: TranslationRule;
  readonly hop: Hop;
}

/**
 * A firewall's translation rules in the order of evaluation. A match allows the translated flow (statement 78); application rules never apply to it
 * (statement 79). A rule may stand on a public address of the firewall or on its private one: New-AzFirewallNatRule's own example
 * translates 10.0.0.0/24 to 10.1.2.3.
 */
export function translations(network: Network, firewall: Firewall): readonly Translation[] {
  return memoized(network, `firewall translation ${firewall.id}`, () => {
    const scope = scopeOf(network, firewall);
    const result: Translation[] = [];
    for (const collection of orderedCollections(firewall, 'translation')) {
      for (const rule of collection.rules) {
        if (rule.kind !== 'translation' || rule.translatedAddress === undefined) continue;
        const source = termSets(rule.sources, scope).may;
        const destination = network.spaces.addresses.ofRange(rule.translatedAddress);
        const port = { from: rule.translatedPort, to: rule.translatedPort };
        // A rule on any address is one on the firewall's own.
        const open = rule.destinations.length === 0 || rule.destinations.some((term) => term.kind === 'any');
        const asked = open ? ownAddresses(network, firewall) : termSets(rule.destinations, scope).may;
        result.push({
          dialled: intersectSets(
            packets({ source, destination: asked }),
            transport(rule.protocols, rule.destinationPorts).may,
          ),
          behind: intersectSets(packets({ source, destination }), transport(rule.protocols, [port]).may),
          rule,
          hop: {
            layer: 'firewall',
            resource: firewall.id,
            rule: firewallRuleName(collection, rule),
            effect: 'translate',
            detail: 'Translation rule: source becomes the firewall, destination the address behind it.',
          },
        });
      }
    }
    return result;
  });
}

/** Where a firewall can be dialled; of its public addresses, where the state does not tell them, any may be one. */
function ownAddresses(network: Network, firewall: Firewall): Intervals {
  const outside =
    firewall.publicAddresses.length > 0 ? network.rangesSet(firewall.publicAddresses) : network.internet.addresses;
  return unite(network.spaces.addresses.ofRange(firewall.address), outside);
}

/** The translations that packets from the internet may meet: those on an address of the internet. */
export function publicTranslations(network: Network, firewall: Firewall): readonly Translation[] {
  const outside = packets({ destination: network.internet.addresses });
  return translations(network, firewall).filter(({ dialled }) => !isEmpty(intersectSets(dialled, outside)));
}

export interface Translated {
  readonly translation: Translation;
  /** Packets of those asked that the rule takes, as they were dialled. */
  readonly dialled: PacketSet;
  /** What they are behind the firewall. */
  readonly behind: PacketSet;
}

/** Splits packets that reach a firewall by the translation that takes them, first match first; `rest` is what none takes. */
export function translated(
  network: Network,
  firewall: Firewall,
  asked: PacketSet,
): { readonly matches: readonly Translated[]; readonly rest: PacketSet } {
  let rest = asked;
  const matches: Translated[] = [];
  for (const translation of translations(network, firewall)) {
    const dialled = intersectSets(rest, translation.dialled);
    if (isEmpty(dialled)) continue;
    rest = subtractSets(rest, dialled);
    const behind = onSources(translation.behind, sourcesOf(dialled));
    matches.push({ translation, dialled, behind });
  }
  return { matches, rest };
}

/** The part of packets that some sources send. */
export function onSources(set: PacketSet, sources: Intervals): PacketSet {
  return within(set, 'source', sources);
}
