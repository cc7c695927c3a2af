import type { Value } from '../../model/resource.ts';
import type { Claim } from '../draft.ts';
import { type Collection, type FirewallRule, ruleBase } from './rules.ts';

/**
 * Collections as they stand in a firewall without a policy: those of network rules and those of application rules are two lists,
 * each with priorities of its own. A collection holds rules of one kind.
 */
export function classicRuleCollections(collections: readonly Collection[]): Readonly<Record<string, Value>> {
  const list = (kind: FirewallRule['kind']): readonly Value[] =>
    collections
      .filter(({ rules }) => rules[0]?.kind === kind)
      .map(({ name, priority, action, rules }) => ({
        name,
        properties: { priority, action: { type: action }, rules: rules.map(classicRule) },
      }));
  return {
    networkRuleCollections: list('network'),
    applicationRuleCollections: list('application'),
    natRuleCollections: [],
  };
}

function classicRule(rule: FirewallRule): Value {
  return rule.kind === 'network' ? { ...ruleBase(rule), protocols: [rule.protocol] } : ruleBase(rule);
}

/** The decision of each rule, which stands inside the firewall itself. */
export function classicClaims(firewall: string, collections: readonly Collection[]): readonly Claim[] {
  return collections.flatMap(({ rules }) =>
    rules.map(({ name, decision }): Claim => ({ decision, target: `${firewall}#${name}` })),
  );
}
