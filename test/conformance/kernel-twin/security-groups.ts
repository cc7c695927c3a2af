import { type ArmThing, type Json, list, oneOrMore, record, target } from './arm-json.ts';
import { noteArrival, protocolMatch, RuleWriter } from './packet-filter.ts';
import { opened, type TwinSubnet, type TwinVnet, type Zone } from './zone.ts';

type Direction = 'Inbound' | 'Outbound';

/** What is no address of the public internet (RFC 1918, 6598, 1122, 3927, 5771, 1112, and the platform's own). */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16',
];

/**
 * The filter of a subnet's edge: every packet of its hosts passes here, those that stay in the subnet too (network-semantics.md 46).
 * Outbound the card's group comes first and the subnet's second, inbound the other way round; both must allow.
 */
export function edgeFilter(zone: Zone, vnet: TwinVnet, subnet: TwinSubnet): string {
  const writer = new RuleWriter();
  const chains: string[] = [];
  const add = (id: string, direction: Direction, at: string, name: string): string => {
    if (id === '') return '';
    const rules = ordered(zone.document.get(id), direction).flatMap((rule) =>
      ruleText(zone, vnet, subnet, writer, rule, id, at),
    );
    chains.push(`  chain ${name} {`, ...rules, '  }');
    return `    jump ${name}`;
  };
  const out = add(subnet.securityGroup, 'Outbound', '2', 'subnet_out');
  const into = add(subnet.securityGroup, 'Inbound', '4', 'subnet_in');
  const jumps = subnet.hosts.flatMap(({ index, securityGroup }) => {
    const cardOut = add(securityGroup, 'Outbound', '1', `card${index}_out`);
    const cardIn = add(securityGroup, 'Inbound', '5', `card${index}_in`);
    chains.push(`  chain host${index}_out {`, cardOut, out, '  }', `  chain host${index}_in {`, into, cardIn, '  }');
    return [`    iifname "h${index}" jump host${index}_out`, `    oifname "h${index}" jump host${index}_in`];
  });
  chains.push(
    '  chain forward {',
    '    type filter hook forward priority 0; policy accept;',
    // Stateful: the reply needs no rule (47).
    '    ct state established,related accept',
    '    ct state invalid drop',
    ...jumps,
    '  }',
    '  chain behind {',
    '    type filter hook postrouting priority 0; policy accept;',
    `    oifname "h*" ct direction original meta l4proto { tcp, udp } ${noteArrival}`,
    '  }',
  );
  return writer.text(chains.filter((line) => line !== ''));
}

/** A group's rules of a direction, lowest priority number first, then the rules that ARM shows as every group's (43, 44). */
function ordered(group: ArmThing, direction: Direction): readonly Json[] {
  return [...list(group.properties.securityRules), ...list(group.properties.defaultSecurityRules)]
    .filter((rule) => record(rule.properties).direction === direction)
    .sort((a, b) => Number(record(a.properties).priority) - Number(record(b.properties).priority));
}

function ruleText(
  zone: Zone,
  vnet: TwinVnet,
  subnet: TwinSubnet,
  writer: RuleWriter,
  rule: Json,
  group: string,
  at: string,
): readonly string[] {
  const p = record(rule.properties);
  const protocol = protocolMatch([String(p.protocol)]);
  const source = sideMatch(zone, vnet, subnet, writer, p, 'source');
  const destination = sideMatch(zone, vnet, subnet, writer, p, 'destination');
  if (protocol === undefined || source === undefined || destination === undefined) return [];
  const ports =
    writer.ports('sport', oneOrMore(p, 'sourcePortRange', 'sourcePortRanges')) +
    writer.ports('dport', oneOrMore(p, 'destinationPortRange', 'destinationPortRanges'));
  const allow = p.access === 'Allow';
  const name = `${zone.document.get(group).name}/${String(rule.name)}`;
  return source.flatMap((from) =>
    destination.map((to) =>
      writer.rule(protocol + from + to + ports, allow ? 'return' : 'drop', `${at} ${name} ${allow ? 'allow' : 'deny'}`),
    ),
  );
}

/** Conditions of which one must hold; undefined when nothing can match. */
function sideMatch(
  zone: Zone,
  vnet: TwinVnet,
  subnet: TwinSubnet,
  writer: RuleWriter,
  rule: Json,
  side: 'source' | 'destination',
): readonly string[] | undefined {
  const field = side === 'source' ? 'saddr' : 'daddr';
  const groups = list(rule[`${side}ApplicationSecurityGroups`]).flatMap((one) => members(zone, target(one)));
  const terms = oneOrMore(rule, `${side}AddressPrefix`, `${side}AddressPrefixes`);
  const literal = terms.flatMap((term) => {
    switch (term.toLowerCase()) {
      case 'virtualnetwork':
        return virtualNetwork(zone, vnet, subnet);
      case 'azureloadbalancer':
        return ['168.63.129.16'];
      case 'internet':
        return [];
      default:
        if (term !== '*' && !/^\d/.test(term)) throw new Error(`the twin has no prefixes for the tag ${term}`);
        return [term];
    }
  });
  const conditions: string[] = [];
  const inside = writer.addresses(field, [...literal, ...groups]);
  if (inside !== undefined) conditions.push(inside);
  if (terms.some((term) => term.toLowerCase() === 'internet')) {
    const elsewhere = writer.addresses(field, [...notPublic, ...zone.vnets.flatMap((one) => one.space)]);
    conditions.push((elsewhere ?? '').replace('@', '!= @'));
  }
  return conditions.length === 0 ? undefined : conditions;
}

/** Own space, peers that are open, prefixes of the subnet's user routes, and the platform's address (52). */
function virtualNetwork(zone: Zone, vnet: TwinVnet, subnet: TwinSubnet): readonly string[] {
  const peers = zone.vnets.filter((other) => other !== vnet && opened(vnet, other));
  const routed = subnet.routes.map((route) => String(record(route.properties).addressPrefix));
  return [...vnet.space, ...peers.flatMap((one) => one.space), ...routed, '168.63.129.16'];
}

/** Addresses of the interfaces in an application security group. */
function members(zone: Zone, group: string): readonly string[] {
  return zone.document.ofType('networkInterfaces').flatMap((card) =>
    list(card.properties.ipConfigurations)
      .map((one) => record(one.properties))
      .filter((one) => list(one.applicationSecurityGroups).some((member) => target(member) === group))
      .map((one) => String(one.privateIPAddress)),
  );
}
