import type { Value } from '../../model/resource.ts';
import type { Built, Claim } from '../draft.ts';
import { idOf } from '../handles.ts';
import type { HubRefs } from '../hub/refs.ts';
import { networkResource, type Placement } from '../placement.ts';

interface RuleBase {
  /** Unique in its group. */
  readonly name: string;
  readonly decision: string;
  /** IP groups, or `any`. */
  readonly from: readonly { readonly key: string }[] | 'any';
}

/** By address or host name, for what is not HTTP. */
export interface NetworkRule extends RuleBase {
  readonly kind: 'network';
  readonly protocol: 'TCP' | 'UDP';
  readonly ports: readonly string[];
  /** Service tags. */
  readonly tags?: readonly string[];
  readonly names?: readonly string[];
}

/** By the host name that a client asks for. */
export interface ApplicationRule extends RuleBase {
  readonly kind: 'application';
  readonly protocols: readonly { readonly type: 'Https' | 'Http'; readonly port: number }[];
  readonly names?: readonly string[];
  readonly nameTags?: readonly string[];
}

export type FirewallRule = NetworkRule | ApplicationRule;

export interface Collection {
  readonly name: string;
  readonly priority: number;
  readonly action: 'Allow' | 'Deny';
  readonly rules: readonly FirewallRule[];
}

export const https = { type: 'Https', port: 443 } as const;
export const http = { type: 'Http', port: 80 } as const;

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
        rules: rules.map(firewallRule),
      })),
    },
    oneAtATime: group.oneAtATime,
  });
  return { resources: [resource], claims };
}

function firewallRule(rule: FirewallRule): Value {
  const shared = {
    name: rule.name,
    description: `Decision ${rule.decision}`,
    ...(rule.from === 'any' ? { sourceAddresses: ['*'] } : { sourceIpGroups: rule.from.map((group) => idOf(group)) }),
  };
  if (rule.kind === 'network') {
    return {
      ...shared,
      ruleType: 'NetworkRule',
      ipProtocols: [rule.protocol],
      ...(rule.tags === undefined ? {} : { destinationAddresses: rule.tags }),
      ...(rule.names === undefined ? {} : { destinationFqdns: rule.names }),
      destinationPorts: rule.ports,
    };
  }
  return {
    ...shared,
    ruleType: 'ApplicationRule',
    protocols: rule.protocols.map(({ type, port }) => ({ protocolType: type, port })),
    ...(rule.names === undefined ? {} : { targetFqdns: rule.names }),
    ...(rule.nameTags === undefined ? {} : { fqdnTags: rule.nameTags }),
  };
}
