import type { Hop } from '../../model/witness.ts';
import type { AdminRule, Subnet } from '../model.ts';
import { memoized, type Network } from '../network.ts';
import { isEmpty, type PacketSet } from '../packets.ts';
import { firstMatch, type MatchRule } from '../rules.ts';
import { type Direction, type Judged, securityRulePackets, termScope } from './nsg.ts';

export interface AdminJudged extends Judged {
  /** Whether security groups are still asked. */
  readonly goesOn: boolean;
}

/**
 * Security admin rules of Azure Virtual Network Manager: before security groups; Allow goes on to them, AlwaysAllow and Deny end there
 * (statement 54). Whether a configuration is committed is not in the state: its rules may hold and surely do not, so both ways are followed.
 */
export function judgeAdminRules(
  network: Network,
  subnet: Subnet,
  direction: Direction,
  asked: PacketSet,
): readonly AdminJudged[] {
  const all = network.model.adminRules ?? [];
  if (all.length === 0) return [{ packets: asked, allowed: true, hops: [], goesOn: true }];
  const { matches, rest } = firstMatch(compiled(network, subnet, direction), asked);
  const judged = matches.map(({ rule, packets }): AdminJudged => {
    const hop: Hop = {
      layer: 'security-admin',
      resource: rule.effect.id,
      rule: rule.name,
      effect: rule.effect.access === 'deny' ? 'deny' : 'allow',
      detail: `${direction === 'inbound' ? 'Inbound' : 'Outbound'}, where the configuration is committed.`,
    };
    const { access } = rule.effect;
    return { packets, allowed: access !== 'deny', hops: [hop], goesOn: access === 'allow' };
  });
  return isEmpty(rest) ? judged : [...judged, { packets: rest, allowed: true, hops: [], goesOn: true }];
}

function compiled(network: Network, subnet: Subnet, direction: Direction): readonly MatchRule<AdminRule>[] {
  return memoized(network, `admin ${subnet.id} ${direction}`, () => {
    const scope = termScope(network, subnet);
    return (network.model.adminRules ?? [])
      .filter((rule) => rule.direction === direction && rule.networks.includes(subnet.network))
      .sort((a, b) => a.priority - b.priority)
      .map((rule) => ({ name: rule.name, effect: rule, may: securityRulePackets(rule, scope).may, must: [] }));
  });
}
