import type { State } from '../model/state.ts';
import {
  analyze,
  askedPackets,
  describePackets,
  isEmpty,
  type Network,
  type PacketSet,
  prepare,
  type Question,
  subtractSets,
  uniteSets,
} from '../reachability/index.ts';
import { readNetwork } from './read-network.ts';
import { intentQuestion, isAbout, type LocatedIntent } from './verify-intents.ts';

/** What a rule does in a state. */
export interface RuleUse {
  readonly layer: 'nsg' | 'firewall';
  /** Resource id. */
  readonly resource: string;
  readonly rule: string;
  readonly effect: 'allow' | 'deny';
  /**
   * `dead`: it decides about no packet that gets as far. `wide`: it lets more through than the intents with `expect: allowed` ask for. `needed`: every
   * packet that it lets through is asked for. `deny`: it stops something.
   */
  readonly use: 'dead' | 'wide' | 'needed' | 'deny';
  /** Of a wide rule what no intent asks for, of a needed one nothing: a line a class, the first few. */
  readonly beyond: readonly string[];
}

export interface RulesAnswer {
  readonly rules: readonly RuleUse[];
  readonly assumptions: readonly string[];
}

const any = { kind: 'any', text: 'any' } as const;
const most = 5;

/** Every rule of security groups and firewalls with what it is good for, measured at the packets that really get to it. */
export function askRules(state: State, intents: readonly LocatedIntent[]): RulesAnswer {
  const { model, assumptions } = readNetwork(state);
  const everything: Question = { from: [any], to: [any], traffic: [] };
  const wanted = intents
    .filter((one) => one.expect === 'allowed' && isAbout(one, model))
    .map((one) => intentQuestion(one, model));
  const network = prepare(model, [everything, ...wanted]);
  const analysis = analyze(network, everything);
  const asked = wanted.reduce<PacketSet>((sum, one) => uniteSets(sum, askedPackets(network, one)), []);
  const seen = new Map<string, { decides: boolean; lets: PacketSet }>();
  for (const one of analysis.classes) {
    for (const hop of one.hops) {
      if ((hop.layer !== 'nsg' && hop.layer !== 'firewall') || hop.direction === 'reply') continue;
      const key = `${hop.resource} ${hop.rule}`;
      const found = seen.get(key) ?? { decides: true, lets: [] };
      if (one.outcome === 'allowed') found.lets = uniteSets(found.lets, one.packets);
      seen.set(key, found);
    }
  }
  return {
    rules: rulesOf(network).map(({ allow, ...rule }) => {
      const found = seen.get(`${rule.resource} ${rule.rule}`);
      const effect = allow ? 'allow' : 'deny';
      if (found === undefined) return { ...rule, effect, use: 'dead', beyond: [] };
      if (!allow) return { ...rule, effect, use: 'deny', beyond: [] };
      const beyond = subtractSets(found.lets, asked);
      if (isEmpty(beyond)) return { ...rule, effect, use: 'needed', beyond: [] };
      const lines = describePackets(network, beyond);
      const more = lines.length > most ? [`and ${lines.length - most} more`] : [];
      return { ...rule, effect, use: 'wide', beyond: [...lines.slice(0, most), ...more] };
    }),
    assumptions: [...new Set([...analysis.assumptions, ...assumptions])],
  };
}

function rulesOf({ model }: Network) {
  const groups = model.securityGroups.flatMap((group) =>
    group.rules
      // Rules on the platform's own addresses are looked at by themselves and say so in no hop.
      .filter((rule) => !rule.destinations.some((term) => term.kind === 'tag' && /^azureplatform/i.test(term.tag)))
      .map((rule) => ({ layer: 'nsg' as const, resource: group.id, rule: rule.name, allow: rule.allow })),
  );
  const firewalls = model.firewalls.flatMap((firewall) =>
    firewall.collections.flatMap((collection) =>
      collection.rules.map((rule) => ({
        layer: 'firewall' as const,
        resource: firewall.id,
        rule: `${collection.group}/${collection.name}/${rule.name}`,
        allow: collection.allow,
      })),
    ),
  );
  return [...groups, ...firewalls];
}
