import { formatPrefix } from '../../../kernel/address.ts';
import type { Components } from '../../../spec/components.ts';
import type { ClusterSpec, EgressSpec, HubSpec } from '../../../spec/spec.ts';
import { allowanceDecision, senderSubnets } from '../../firewall/cluster-rules.ts';
import { allowOut, overUdpAndTcp, type SecurityRule } from '../../network/security-group.ts';
import type { Crossing } from '../../workload/services.ts';
import { ports } from '../ports.ts';
import type { SpokeRefs, SubnetId } from '../refs.ts';

/** What the rules of one spoke are made from. */
export interface RuleInput {
  readonly cluster: ClusterSpec;
  readonly hub: HubSpec;
  readonly refs: SpokeRefs;
  /** Allowances of this cluster. */
  readonly egress: readonly EgressSpec[];
  /** Where the workload's calls go from one scope to the other. */
  readonly crossings: readonly Crossing[];
  readonly components: Components;
}

/** Names are asked for at the hub's firewall. */
export function dnsOut({ refs, hub }: RuleInput, own: SubnetId): readonly SecurityRule[] {
  return overUdpAndTcp((protocol) =>
    allowOut('AllowDnsOut', 'dns-through-the-hub', {
      protocol,
      from: refs.ranges(own),
      to: [formatPrefix(hub.network.subnets.firewall)],
      ports: [ports.dns],
    }),
  );
}

/** HTTPS out of the subnet: by its route that is to the firewall, which decides by name. */
export function httpsOut(
  { refs }: RuleInput,
  own: SubnetId,
  decision = 'egress-by-name-at-the-firewall',
): SecurityRule {
  return allowOut('AllowHttpsOut', decision, {
    protocol: 'Tcp',
    from: refs.ranges(own),
    to: ['Internet'],
    ports: [ports.https],
  });
}

export function privateEndpointsOut({ refs }: RuleInput, own: SubnetId): SecurityRule {
  return allowOut('AllowPrivateEndpointsOut', 'private-endpoints-from-named-subnets', {
    protocol: 'Tcp',
    from: refs.ranges(own),
    to: refs.ranges('privateLinkEndpoints'),
    ports: [ports.https],
  });
}

/** The allowances of a subnet: whose they are follows from where pods have their addresses. */
export function allowancesOf(
  egress: readonly EgressSpec[],
  own: SubnetId,
  components: Components,
): readonly EgressSpec[] {
  const subnets = senderSubnets(components);
  return egress.filter(({ from }) => subnets[from].includes(own));
}

/** Ports of the subnet's allowances that are not open anyway, a rule each. */
export function allowancesOut(
  { refs, egress, components }: RuleInput,
  own: SubnetId,
  open: readonly number[],
): readonly SecurityRule[] {
  const byPort = new Map<number, EgressSpec>();
  for (const allowance of allowancesOf(egress, own, components)) {
    if (!open.includes(allowance.port) && !byPort.has(allowance.port)) byPort.set(allowance.port, allowance);
  }
  return [...byPort].map(([port, allowance]) =>
    allowOut(`AllowPort${port}Out`, allowanceDecision(allowance), {
      protocol: 'Tcp',
      from: refs.ranges(own),
      to: ['Internet'],
      ports: [`${port}`],
    }),
  );
}
