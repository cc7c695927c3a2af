import type { Value } from '../../model/resource.ts';
import type { Built } from '../draft.ts';
import { idOf } from '../handles.ts';

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

/** Rules as a firewall takes them, in whatever form, with the IP groups that they name. */
export interface RuleSet {
  readonly groups: Built;
  /** Collections without rules are left out. */
  readonly collections: readonly Collection[];
}

/** What both forms of a rule share. */
export function ruleBase(rule: FirewallRule): Readonly<Record<string, Value>> {
  return {
    name: rule.name,
    description: `Decision ${rule.decision}`,
    ...(rule.from === 'any' ? { sourceAddresses: ['*'] } : { sourceIpGroups: rule.from.map((group) => idOf(group)) }),
    ...(rule.kind === 'network'
      ? {
          ...(rule.tags === undefined ? {} : { destinationAddresses: rule.tags }),
          ...(rule.names === undefined ? {} : { destinationFqdns: rule.names }),
          destinationPorts: rule.ports,
        }
      : {
          protocols: rule.protocols.map(({ type, port }) => ({ protocolType: type, port })),
          ...(rule.names === undefined ? {} : { targetFqdns: rule.names }),
          ...(rule.nameTags === undefined ? {} : { fqdnTags: rule.nameTags }),
        }),
  };
}
