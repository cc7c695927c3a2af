import type { Hop } from '../../model/witness.ts';
import type { Group, Network } from '../network.ts';
import { isEmpty, type PacketSet } from '../packets.ts';
import { type Direction, type Judged, judgeGroups } from './nsg.ts';
import { judgeAdminRules } from './security-admin.ts';

/**
 * The security groups of one end: inbound subnet then card, outbound card then subnet, both must allow, within one subnet too
 * (statement 46). A private endpoint is judged only where its subnet's network policies say so (statement 58).
 */
export function judgeSecurityGroups(
  network: Network,
  group: Group,
  direction: Direction,
  asked: PacketSet,
): readonly Judged[] {
  const { subnet, card } = group;
  if (subnet === undefined || isEmpty(asked)) return [];
  if (group.kind === 'private-endpoint' && !subnet.privateEndpointPolicies.securityGroup) {
    const hop: Hop = {
      layer: 'nsg',
      resource: subnet.id,
      rule: '(network policies for private endpoints are off)',
      effect: 'allow',
    };
    return [{ packets: asked, allowed: true, hops: [hop] }];
  }
  return judgeAdminRules(network, subnet, direction, asked).flatMap((before): readonly Judged[] => {
    if (!before.goesOn) return [before];
    return judgeGroups(network, subnet, card, direction, before.packets).map((one) => ({
      ...one,
      hops: [...before.hops, ...one.hops],
    }));
  });
}
