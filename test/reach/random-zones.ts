import type { ArmResource } from '../../src/model/resource.ts';
import {
  applicationRule,
  type CollectionShape,
  card,
  firewall,
  idOf,
  ipGroup,
  type NsgRuleShape,
  networkRule,
  nsg,
  policy,
  routeTable,
  rules,
  vnet,
} from './arm-shapes.ts';
import type { Packet } from './naive.ts';

/** Small landing zones and packets from a seed. Ranges, ports and names are few, so that rules meet often. */

export type Random = () => number;

/** Mulberry32: the same seed, the same zone. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const chance = (random: Random, share: number): boolean => random() < share;
const some = <T>(random: Random, most: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: Math.floor(random() * (most + 1)) }, (_, index) => make(index));

const prefixes = [
  '*',
  '10.0.0.0/16',
  '10.0.0.0/26',
  '10.0.1.0/24',
  '10.1.0.0/16',
  '10.1.1.0/24',
  '10.1.1.128/25',
  '10.1.2.0/24',
  '10.2.0.0/16',
  '10.2.1.0/24',
  '10.2.1.0/25',
  '10.3.0.0/16',
  '20.0.0.0/8',
  '20.1.2.0/24',
];
const tags = [
  'VirtualNetwork',
  'Internet',
  'Storage',
  'Storage.eastus2',
  'AzureCloud',
  'AzureCloud.eastus2',
  'Sql',
  'AzureLoadBalancer',
];
const ports = ['*', '*', '443', '80', '22', '400-500', '53', '0-1023'];
const names = ['www.example.com', 'api.example.com', 'www.example.org', 'eu.api.example.com'];
// A lone asterisk is left out: whether it takes packets without a name is left open.
const patterns = [...names, '*.example.com', '*.api.example.com', '*.com', '*example.org'];

/** A prefix for a firewall's rule: everything often enough that rules meet. */
const wide = (random: Random): string => (chance(random, 0.45) ? '*' : pick(random, prefixes));

/** Hosts inside the ranges above, with the edges of prefixes among them. */
const insiders = [
  '10.0.1.4',
  '10.0.1.200',
  '10.1.1.4',
  '10.1.1.127',
  '10.1.1.128',
  '10.1.1.250',
  '10.1.2.9',
  '10.2.1.5',
  '10.2.1.127',
  '10.2.1.128',
  '10.2.2.7',
  '10.3.1.9',
];
const outsiders = ['20.1.2.3', '20.1.3.3', '20.200.0.1', '8.8.8.8', '52.1.1.1', '52.2.2.2'];
const others = ['10.0.0.4', '10.0.0.5', '10.1.99.1', '10.77.0.1', '192.168.1.1', '168.63.129.16'];

/** The world's service tags, by public address. */
const tagged = new Map([
  ['20.1.2.3', 'Storage'],
  ['20.1.3.3', 'Storage.eastus2'],
  ['52.1.1.1', 'Sql'],
  ['52.2.2.2', 'Sql.eastus2'],
]);
export const tagOf = (address: string): string | undefined => tagged.get(address);

function randomNsg(random: Random, name: string): ArmResource {
  const made: NsgRuleShape[] = [];
  for (const direction of ['In', 'Out'] as const) {
    some(random, 6, (index) => {
      const protocol = pick(random, ['*', '*', 'Tcp', 'Tcp', 'Udp', 'Icmp'] as const);
      const side = (): string => (chance(random, 0.4) ? '*' : pick(random, chance(random, 0.4) ? tags : prefixes));
      // A rule for any protocol has any port: what else it means for ICMP is left open (statement 55).
      const port =
        protocol === '*' ? '*' : chance(random, 0.3) ? [pick(random, ports), pick(random, ports)] : pick(random, ports);
      const source = chance(random, 0.2) ? [pick(random, prefixes.slice(1)), pick(random, prefixes.slice(1))] : side();
      // Priorities are unique in a direction, and not in the order of the list.
      const priority = 100 + ((index * 7) % 10) * 10;
      made.push([
        `${direction}-${index}`,
        priority,
        direction,
        chance(random, 0.6) ? 'Allow' : 'Deny',
        protocol,
        source,
        side(),
        port,
      ]);
    });
  }
  return nsg(name, made);
}

function randomTable(random: Random, name: string): ArmResource {
  const routes = new Map<string, readonly [string, string, string, string?]>();
  if (chance(random, 0.8)) routes.set('0.0.0.0/0', ['r-default', '0.0.0.0/0', 'VirtualAppliance', '10.0.0.4']);
  some(random, 3, (index) => {
    const prefix = pick(random, prefixes.slice(1));
    const hop = pick(random, [
      'VirtualAppliance',
      'VirtualAppliance',
      'None',
      'Internet',
      'VnetLocal',
      'lost',
    ] as const);
    if (hop === 'VirtualAppliance') routes.set(prefix, [`r-${index}`, prefix, hop, '10.0.0.4']);
    // A next hop in a network that does not exist.
    else if (hop === 'lost') routes.set(prefix, [`r-${index}`, prefix, 'VirtualAppliance', '10.99.0.4']);
    else routes.set(prefix, [`r-${index}`, prefix, hop]);
  });
  return routeTable(name, [...routes.values()]);
}

function randomCollections(random: Random, group: string): readonly CollectionShape[] {
  const shape = (kind: 'n' | 'a', index: number): CollectionShape => ({
    name: `${kind}${index}`,
    priority: 100 + Math.floor(random() * 5) * 10 + index + (kind === 'a' ? 5 : 0),
    action: chance(random, 0.75) ? 'Allow' : 'Deny',
    rules: some(random, 3, (number) => {
      const name = `${group}-${kind}${index}-${number}`;
      if (kind === 'a') {
        const port = pick(random, [443, 80]);
        return applicationRule(name, [wide(random)], [pick(random, patterns)], [['Https', port]]);
      }
      const protocol = pick(random, ['TCP', 'UDP', 'ICMP', 'Any', 'TCP', 'TCP']);
      const port = protocol === 'Any' ? '*' : pick(random, ports);
      if (chance(random, 0.15))
        return networkRule(name, protocol, [wide(random)], [], [port], {
          destinationFqdns: [pick(random, names)],
        });
      const destination = chance(random, 0.25) ? pick(random, ['Storage', 'AzureCloud.eastus2', 'Sql']) : wide(random);
      if (chance(random, 0.25))
        return networkRule(name, protocol, [], [destination], [port], { sourceIpGroups: [idOf('ipGroups', 'ipg')] });
      return networkRule(name, protocol, [wide(random)], [destination], [port]);
    }),
  });
  return [...some(random, 2, (index) => shape('n', index)), ...some(random, 2, (index) => shape('a', index))];
}

export function randomZone(random: Random): readonly ArmResource[] {
  const subnet = (name: string, prefix: string) => ({
    name,
    prefix,
    ...(chance(random, 0.6) ? { nsg: `nsg-${name}` } : {}),
    ...(chance(random, 0.7) ? { table: `rt-${name}` } : {}),
  });
  const link = (name: string, to: string) => ({
    name,
    to,
    state: chance(random, 0.93) ? ('Connected' as const) : ('Initiated' as const),
    access: chance(random, 0.95),
    forwarded: chance(random, 0.75),
  });
  const dns = ['10.0.0.4'];
  const shared = subnet('shared', '10.0.1.0/24');
  const spokes = [
    ['a', '10.1.0.0/16', [subnet('a1', '10.1.1.0/24'), subnet('a2', '10.1.2.0/24')]],
    ['b', '10.2.0.0/16', [subnet('b1', '10.2.1.0/24'), subnet('b2', '10.2.2.0/24')]],
    ['c', '10.3.0.0/16', [subnet('c1', '10.3.1.0/24')]],
  ] as const;
  const inside = [shared, ...spokes.flatMap(([, , all]) => all)];
  const peered = spokes.filter(([name]) => name !== 'c' || chance(random, 0.5));
  const snat = pick(random, [undefined, undefined, ['255.255.255.255/32'], ['10.0.0.0/8'], ['10.2.0.0/16']]);
  return [
    vnet(
      'hub',
      ['10.0.0.0/16'],
      [
        {
          name: 'AzureFirewallSubnet',
          prefix: '10.0.0.0/26',
          ...(chance(random, 0.3) ? { table: 'rt-firewall' } : {}),
        },
        shared,
      ],
      peered.map(([name]) => link(`hub-${name}`, name)),
      dns,
    ),
    ...spokes.map(([name, space, all]) =>
      vnet(name, [space], all, peered.some(([one]) => one === name) ? [link(`${name}-hub`, 'hub')] : [], dns),
    ),
    ...inside.map(({ name }) => randomNsg(random, `nsg-${name}`)),
    ...inside.map(({ name }) => randomTable(random, `rt-${name}`)),
    // The firewall's own subnet may have routes, but none to another appliance.
    routeTable('rt-firewall', [
      ['r-fw', pick(random, prefixes.slice(1)), pick(random, ['None', 'Internet', 'VnetLocal'])],
    ]),
    randomNsg(random, 'nsg-card'),
    card('card', `${idOf('virtualNetworks', 'a')}/subnets/a1`, '10.1.1.250', {
      networkSecurityGroup: { id: idOf('networkSecurityGroups', 'nsg-card') },
    }),
    firewall('fw', 'hub', '10.0.0.4', 'fp'),
    policy('fp', {
      ...(chance(random, 0.8) ? { basePolicy: { id: idOf('firewallPolicies', 'fp-parent') } } : {}),
      ...(snat === undefined ? {} : { snat: { privateRanges: snat } }),
    }),
    policy('fp-parent'),
    ipGroup('ipg', [pick(random, prefixes.slice(1)), pick(random, prefixes.slice(1))]),
    rules('fp', 'one', 300, randomCollections(random, 'one')),
    rules('fp', 'two', 200, randomCollections(random, 'two')),
    rules('fp-parent', 'parent', 900, randomCollections(random, 'parent')),
  ];
}

export function randomPacket(random: Random): Packet {
  const roll = random();
  const src =
    roll < 0.82
      ? pick(random, insiders)
      : roll < 0.95
        ? pick(random, outsiders)
        : roll < 0.98
          ? '168.63.129.16'
          : '10.77.0.1';
  const toInside = chance(random, 0.5);
  const dst = toInside ? pick(random, insiders) : chance(random, 0.75) ? pick(random, outsiders) : pick(random, others);
  const protocol = pick(random, ['Tcp', 'Tcp', 'Tcp', 'Udp', 'Icmp'] as const);
  const port = protocol === 'Icmp' ? 0 : pick(random, [443, 80, 22, 53, 450]);
  const named = outsiders.includes(dst) && insiders.includes(src) && protocol !== 'Icmp' && chance(random, 0.85);
  return { src, dst, protocol, port, ...(named ? { name: pick(random, [...names, 'www.example.net']) } : {}) };
}
