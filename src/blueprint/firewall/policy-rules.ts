import type { Value } from '../../model/resource.ts';
import type { Built, Claim } from '../draft.ts';
import type { HubRefs } from '../hub/refs.ts';
import { networkResource, type Placement } from '../placement.ts';
import { type Collection, type FirewallRule, ruleBase } from './rules.ts';

/** A group of rule collections below a hub's policy. Collections without rules are left out. */
export function ruleCollectionGroup(
  placement: Placement,
  hub: HubRefs,
  group: { readonly key: string; readonly name: string; readonly priority: number; readonly oneAtATime: string },
  collections: readonly Collection[],
): Built {
  const filled = collections.filter(({ rules }) => rules.length > 0);
  const claims: readonly Claim[] = filled.flatMap(({ rules }) =>
    rules.map(({ name, decision }) => ({ decision, target: `${group.key}#${name}` as const })),
  );
  const resource = networkResource(placement, {
    key: group.key,
    type: 'firewallPolicies/ruleCollectionGroups',
    name: `${hub.firewallPolicy.name}/${group.name}`,
    properties: {
      priority: group.priority,
      ruleCollections: filled.map(({ name, priority, action, rules }) => ({
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
        name,
        priority,
        action: { type: action },
        rules: rules.map(policyRule),
      })),
    },
    oneAtATime: group.oneAtATime,
  });
  return { resources: [resource], claims };
}

function policyRule(rule: FirewallRule): Value {
  return rule.kind === 'network'
    ? { ...ruleBase(rule), ruleType: 'NetworkRule', ipProtocols: [rule.protocol] }
    : { ...ruleBase(rule), ruleType: 'ApplicationRule' };
}
