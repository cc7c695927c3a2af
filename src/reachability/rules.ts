import { intersectSets, isEmpty, type PacketSet, subtractSets } from './packets.ts';

/**
 * A rule of a first-match list. `may` is every packet that it may match, `must` every packet that it surely matches (a subset): they
 * differ where the platform, or a state with gaps, leaves it open. What lies between goes both ways: it is among the packets of this
 * match and goes on to later rules, so that a packet with two outcomes is one whose verdict is open.
 */
export interface MatchRule<Effect> {
  readonly name: string;
  readonly effect: Effect;
  readonly may: PacketSet;
  readonly must: PacketSet;
}

export interface Match<Effect> {
  readonly rule: MatchRule<Effect>;
  readonly packets: PacketSet;
}

/** Splits packets by the rule that decides them; `rest` is what no rule surely matched. */
export function firstMatch<Effect>(
  rules: readonly MatchRule<Effect>[],
  asked: PacketSet,
): { readonly matches: readonly Match<Effect>[]; readonly rest: PacketSet } {
  const matches: Match<Effect>[] = [];
  let rest = asked;
  for (const rule of rules) {
    if (isEmpty(rest)) break;
    const matched = intersectSets(rest, rule.may);
    if (isEmpty(matched)) continue;
    matches.push({ rule, packets: matched });
    rest = subtractSets(rest, rule.must);
  }
  return { matches, rest };
}
