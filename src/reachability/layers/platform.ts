import type { Hop } from '../../model/witness.ts';
import type { SecurityGroup, SecurityRule } from '../model.ts';
import type { Group, Network } from '../network.ts';
import { intersectSets, isEmpty, type PacketSet, packets, subtractSets } from '../packets.ts';
import { metadataAddress, platformAddress, portedProtocols, portSet, termSets, transport } from '../terms.ts';
import { type Judged, orderedRules, termScope } from './nsg.ts';

const dnsPorts = portSet([{ from: 53, to: 53 }]);

/** The packets that the tags for platform services stand for: DNS and instance metadata. */
function platformTagPackets(network: Network, tag: string): PacketSet {
  const { addresses } = network.spaces;
  switch (tag.toLowerCase()) {
    case 'azureplatformdns':
      return packets({
        destination: addresses.ofRange(platformAddress),
        protocol: portedProtocols,
        destinationPort: dnsPorts,
      });
    case 'azureplatformimds':
      return packets({ destination: addresses.ofRange(metadataAddress) });
    default:
      return [];
  }
}

/**
 * Packets to 168.63.129.16 and 169.254.169.254: exempt from security groups unless a rule names them by the tags AzurePlatformDNS or
 * AzurePlatformIMDS (statement 53), and not routed by user routes. What is left is answered by the platform.
 */
export function judgePlatform(network: Network, group: Group, asked: PacketSet): readonly Judged[] {
  const { subnet, card } = group;
  if (subnet === undefined || isEmpty(asked)) return [];
  const terminate: Hop = {
    layer: 'platform',
    resource: network.platform.id,
    rule: '(platform address)',
    effect: 'terminate',
  };
  const groups = [card?.securityGroup, subnet.securityGroup].flatMap(
    (id) => network.model.securityGroups.find((one) => one.id === id) ?? [],
  );
  let rest = asked;
  const result: Judged[] = [];
  for (const one of groups) {
    const { denied, left } = deniedBy(network, group, one, rest);
    result.push(...denied);
    rest = left;
  }
  if (!isEmpty(rest)) result.push({ packets: rest, allowed: true, hops: [terminate] });
  return result;
}

function deniedBy(network: Network, group: Group, security: SecurityGroup, asked: PacketSet) {
  const denied: Judged[] = [];
  let undecided = asked;
  let left = asked;
  for (const rule of orderedRules(security, 'outbound')) {
    const matched = intersectSets(undecided, platformRulePackets(network, group, rule));
    if (isEmpty(matched)) continue;
    undecided = subtractSets(undecided, matched);
    if (rule.allow) continue;
    left = subtractSets(left, matched);
    const hop: Hop = { layer: 'nsg', resource: security.id, rule: rule.name, effect: 'deny', detail: 'Outbound.' };
    denied.push({ packets: matched, allowed: false, hops: [hop] });
  }
  return { denied, left };
}

function platformRulePackets(network: Network, group: Group, rule: SecurityRule): PacketSet {
  if (group.subnet === undefined) return [];
  const sources = termSets(rule.sources, termScope(network, group.subnet)).must;
  const by = transport(rule.protocols, rule.destinationPorts, rule.sourcePorts).must;
  const from = intersectSets(packets({ source: sources }), by);
  return rule.destinations.flatMap((term) =>
    term.kind === 'tag' ? intersectSets(from, platformTagPackets(network, term.tag)) : [],
  );
}
