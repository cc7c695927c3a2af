import type { Json } from './arm-json.ts';
import type { Probe } from './prober.ts';

/** Small landing zones from a seed, in the shape in which ARM's GET returns them. */
export interface RandomZone {
  readonly resources: readonly Json[];
  /** Public addresses that probes start at and go to. */
  readonly outside: readonly string[];
  /** Ports at the edges of the zone's port ranges. */
  readonly ports: readonly number[];
  readonly probes: readonly Probe[];
}

type Random = () => number;

/** Xorshift: the same seed, the same zone. */
function randomFrom(seed: number): Random {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

const base =
  '/subscriptions/00000000-0000-0000-0000-000000000007/resourceGroups/rg-twin/providers/Microsoft.Network';
const at = (type: string, name: string): string => `${base}/${type}/${name}`;
const outside = ['20.1.2.3', '8.8.8.8'];
const firewallAddress = '10.0.0.4';

function resource(type: string, name: string, properties: Json): Json {
  return { id: at(type, name), name, type: `Microsoft.Network/${type}`, location: 'eastus2', properties };
}

/** The six rules that GET shows in every group (network-semantics.md 44). */
function defaultRules(group: string): readonly Json[] {
  const rows = [
    ['AllowVnetInBound', 65000, 'Inbound', 'Allow', 'VirtualNetwork', 'VirtualNetwork'],
    ['AllowAzureLoadBalancerInBound', 65001, 'Inbound', 'Allow', 'AzureLoadBalancer', '*'],
    ['DenyAllInBound', 65500, 'Inbound', 'Deny', '*', '*'],
    ['AllowVnetOutBound', 65000, 'Outbound', 'Allow', 'VirtualNetwork', 'VirtualNetwork'],
    ['AllowInternetOutBound', 65001, 'Outbound', 'Allow', '*', 'Internet'],
    ['DenyAllOutBound', 65500, 'Outbound', 'Deny', '*', '*'],
  ] as const;
  return rows.map(([name, priority, direction, access, sourceAddressPrefix, destinationAddressPrefix]) => ({
    id: `${at('networkSecurityGroups', group)}/defaultSecurityRules/${name}`,
    name,
    properties: {
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix,
      destinationAddressPrefix,
      access,
      priority,
      direction,
    },
  }));
}

class Maker {
  readonly random: Random;
  readonly anchors: readonly number[];
  readonly prefixes: readonly string[];
  readonly sourcePorts: boolean;

  constructor(seed: number, prefixes: readonly string[]) {
    this.random = randomFrom(seed);
    this.prefixes = prefixes;
    const known = this.shuffled([22, 53, 80, 443, 1433, 3389, 5432, 6443, 8080, 9000]);
    this.anchors = known.slice(0, 3);
    // A question without a source port is answered alike by the whole product only where no rule names one.
    this.sourcePorts = seed % 3 === 0;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }

  upTo(most: number): number {
    return Math.floor(this.random() * (most + 1));
  }

  shuffled<T>(from: readonly T[]): T[] {
    const keyed = from.map((value) => [this.random(), value] as const);
    return keyed.sort((a, b) => a[0] - b[0]).map(([, value]) => value);
  }

  portRange(): string {
    const [a = 22, b = 53, c = 80] = this.anchors;
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    return this.pick(['*', '*', `${a}`, `${b}`, `${c}`, `${low}-${high}`, `${c}-${c + 1}`, `0-${low}`, `${high}-65535`]);
  }
}

function securityRule(make: Maker, group: string, direction: string, index: number, asgs: readonly string[]): Json {
  const tag = (): string => make.pick(['VirtualNetwork', 'VirtualNetwork', 'Internet', 'AzureLoadBalancer']);
  /** One prefix, several (an augmented rule), a tag, everything, or an application security group. */
  const side = (name: 'source' | 'destination', groups: boolean): Json => {
    const roll = make.random();
    if (groups && roll < 0.12)
      return {
        [`${name}AddressPrefixes`]: [],
        [`${name}ApplicationSecurityGroups`]: [{ id: at('applicationSecurityGroups', make.pick(asgs)) }],
      };
    if (roll < 0.4) return { [`${name}AddressPrefix`]: '*', [`${name}AddressPrefixes`]: [] };
    if (roll < 0.55) return { [`${name}AddressPrefix`]: tag(), [`${name}AddressPrefixes`]: [] };
    if (roll < 0.75)
      return { [`${name}AddressPrefixes`]: [make.pick(make.prefixes), make.pick(make.prefixes), make.pick(make.prefixes)] };
    return { [`${name}AddressPrefix`]: make.pick(make.prefixes), [`${name}AddressPrefixes`]: [] };
  };
  // Application groups of one rule would have to be in one network (51): one side only.
  const source = side('source', true);
  const destination = side('destination', source.sourceApplicationSecurityGroups === undefined);
  const several = make.chance(0.25);
  return {
    id: `${at('networkSecurityGroups', group)}/securityRules/${direction}-${index}`,
    name: `${direction}-${index}`,
    properties: {
      protocol: make.pick(['*', '*', 'Tcp', 'Tcp', 'Udp', 'Icmp']),
      ...source,
      ...destination,
      ...(make.sourcePorts && make.chance(0.3)
        ? { sourcePortRanges: [make.pick(['1024-32767', '30000-45000', '0-20000']), '60000'] }
        : { sourcePortRange: '*' }),
      ...(several
        ? { destinationPortRanges: [make.portRange(), make.portRange()] }
        : { destinationPortRange: make.portRange() }),
      access: make.chance(0.62) ? 'Allow' : 'Deny',
      // Unique in a direction, and not in the order of the list.
      priority: 100 + ((index * 7) % 10) * 10,
      direction,
    },
  };
}

function securityGroup(make: Maker, name: string, asgs: readonly string[]): Json {
  const rules = ['Inbound', 'Outbound'].flatMap((direction) =>
    Array.from({ length: make.upTo(7) }, (_, index) => securityRule(make, name, direction, index, asgs)),
  );
  return resource('networkSecurityGroups', name, { securityRules: rules, defaultSecurityRules: defaultRules(name) });
}

function routeTable(make: Maker, name: string, firewalls: boolean): Json {
  const routes = new Map<string, Json>();
  const add = (addressPrefix: string, nextHopType: string, nextHopIpAddress?: string): void => {
    if (routes.has(addressPrefix)) return;
    const route = `r${routes.size}`;
    routes.set(addressPrefix, {
      id: `${at('routeTables', name)}/routes/${route}`,
      name: route,
      properties: { addressPrefix, nextHopType, ...(nextHopIpAddress === undefined ? {} : { nextHopIpAddress }) },
    });
  };
  if (firewalls && make.chance(0.75)) add('0.0.0.0/0', 'VirtualAppliance', firewallAddress);
  for (let count = make.upTo(3); count > 0; count--) {
    const prefix = make.pick(make.prefixes);
    const hop = make.pick(['VirtualAppliance', 'VirtualAppliance', 'VirtualAppliance', 'None', 'Internet', 'VnetLocal', 'lost']);
    if (hop === 'VirtualAppliance' && firewalls) add(prefix, hop, firewallAddress);
    // A next hop that nobody holds.
    else if (hop === 'lost' && firewalls) add(prefix, 'VirtualAppliance', '10.99.0.4');
    else add(prefix, make.pick(['None', 'Internet', 'VnetLocal']));
  }
  return resource('routeTables', name, { disableBgpRoutePropagation: true, routes: [...routes.values()] });
}

function ruleGroup(make: Maker, policy: string, name: string, priority: number): Json {
  const prefix = (): string => (make.chance(0.45) ? '*' : make.pick(make.prefixes));
  const collections = Array.from({ length: make.upTo(3) }, (_, c) => ({
    ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
    name: `c${c}`,
    priority: 200 + ((c * 2 + make.upTo(1)) % 5) * 100 + c,
    action: { type: make.chance(0.75) ? 'Allow' : 'Deny' },
    rules: Array.from({ length: make.upTo(3) }, (_item, r) => ({
      ruleType: 'NetworkRule',
      name: `n${r}`,
      ipProtocols: make.pick([['TCP'], ['TCP'], ['UDP'], ['TCP', 'UDP'], ['Any'], ['ICMP']]),
      ...(make.chance(0.25)
        ? { sourceAddresses: [], sourceIpGroups: [at('ipGroups', 'ipg')] }
        : { sourceAddresses: [prefix()] }),
      ...(make.chance(0.15)
        ? { destinationAddresses: [], destinationIpGroups: [at('ipGroups', 'ipg')] }
        : { destinationAddresses: make.chance(0.3) ? [make.pick(make.prefixes), make.pick(make.prefixes)] : [prefix()] }),
      destinationPorts: [make.portRange()],
    })),
  }));
  return {
    id: `${at('firewallPolicies', policy)}/ruleCollectionGroups/${name}`,
    name: `${policy}/${name}`,
    type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
    properties: { priority, ruleCollections: collections },
  };
}

interface Place {
  readonly vnet: string;
  readonly name: string;
  readonly prefix: string;
  readonly hosts: readonly string[];
}

export function randomZone(seed: number): RandomZone {
  const spokes = seed % 2 === 0 ? ['a', 'b'] : ['a', 'b', 'c'];
  const vnets = ['hub', ...spokes];
  const places: readonly Place[] = [
    { vnet: 'hub', name: 'shared', prefix: '10.0.1.0/24', hosts: ['10.0.1.4'] },
    ...spokes.flatMap((vnet, index): readonly Place[] => {
      const second = index + 1;
      const first = { vnet, name: `${vnet}1`, prefix: `10.${second}.1.0/24`, hosts: [`10.${second}.1.4`, `10.${second}.1.200`] };
      return index === 2 ? [first] : [first, { vnet, name: `${vnet}2`, prefix: `10.${second}.2.0/24`, hosts: [`10.${second}.2.127`] }];
    }),
  ];
  const halves = places.slice(1).flatMap(({ prefix, hosts }) => [
    prefix,
    prefix.replace('0/24', '0/25'),
    prefix.replace('0/24', '128/25'),
    `${hosts[0] ?? ''}/32`,
  ]);
  const make = new Maker(seed, [
    ...vnets.map((_, index) => `10.${index}.0.0/16`),
    ...vnets.map((_, index) => `10.${index}.0.0/16`),
    '10.0.1.0/24',
    '10.0.0.0/26',
    ...halves,
    '20.0.0.0/8',
    '20.1.2.0/24',
    '8.8.8.8/32',
  ]);
  const resources = [...networks(make, vnets, places), ...cards(make, places), ...firewalls(make)];
  const edges = make.anchors.flatMap((anchor) => [anchor - 1, anchor, anchor + 1]);
  const ports = [...new Set([...make.anchors, 53, ...make.shuffled(edges).slice(0, 3)])];
  return { resources, outside, ports, probes: allProbes(make, places.flatMap(({ hosts }) => hosts), ports) };
}

function networks(make: Maker, vnets: readonly string[], places: readonly Place[]): readonly Json[] {
  const asgs = vnets.map((vnet) => `asg-${vnet}`);
  const peered = new Map(vnets.map((vnet) => [vnet, new Map<string, Json>()]));
  const peer = (a: string, b: string): void => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      peered.get(from)?.set(to, {
        id: `${at('virtualNetworks', from)}/virtualNetworkPeerings/${from}-${to}`,
        name: `${from}-${to}`,
        properties: {
          peeringState: make.chance(0.96) ? 'Connected' : make.pick(['Initiated', 'Disconnected']),
          remoteVirtualNetwork: { id: at('virtualNetworks', to) },
          allowVirtualNetworkAccess: make.chance(0.96),
          allowForwardedTraffic: make.chance(0.8),
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
      });
  };
  for (const vnet of vnets.slice(1)) if (vnet !== 'c' || make.chance(0.6)) peer('hub', vnet);
  if (make.chance(0.25)) peer('a', 'b');
  const firewallSubnet = {
    id: `${at('virtualNetworks', 'hub')}/subnets/AzureFirewallSubnet`,
    name: 'AzureFirewallSubnet',
    properties: {
      addressPrefix: '10.0.0.0/26',
      ...(make.chance(0.3) ? { routeTable: { id: at('routeTables', 'rt-firewall') } } : {}),
    },
  };
  const made = vnets.map((vnet, index) =>
    resource('virtualNetworks', vnet, {
      addressSpace: { addressPrefixes: [`10.${index}.0.0/16`] },
      dhcpOptions: { dnsServers: [firewallAddress] },
      subnets: [
        ...(vnet === 'hub' ? [firewallSubnet] : []),
        ...places
          .filter((place) => place.vnet === vnet)
          .map(({ name, prefix }) => ({
            id: `${at('virtualNetworks', vnet)}/subnets/${name}`,
            name,
            properties: {
              ...(make.chance(0.5) ? { addressPrefix: prefix } : { addressPrefixes: [prefix] }),
              ...(make.chance(0.75) ? { networkSecurityGroup: { id: at('networkSecurityGroups', `nsg-${name}`) } } : {}),
              ...(make.chance(0.8) ? { routeTable: { id: at('routeTables', `rt-${name}`) } } : {}),
            },
          })),
      ],
      virtualNetworkPeerings: [...(peered.get(vnet)?.values() ?? [])],
    }),
  );
  return [
    ...made,
    ...asgs.map((name) => resource('applicationSecurityGroups', name, {})),
    ...places.map(({ name }) => securityGroup(make, `nsg-${name}`, asgs)),
    ...['nsg-card-0', 'nsg-card-1'].map((name) => securityGroup(make, name, asgs)),
    ...places.map(({ name }) => routeTable(make, `rt-${name}`, true)),
    // The firewall's own subnet may have routes, but none to another appliance.
    routeTable(make, 'rt-firewall', false),
  ];
}

/** An interface a host; a few have a security group of their own, more are in an application security group. */
function cards(make: Maker, places: readonly Place[]): readonly Json[] {
  return places.flatMap(({ vnet, name, hosts }) =>
    hosts.map((privateIPAddress) =>
      resource('networkInterfaces', `nic-${privateIPAddress}`, {
        ipConfigurations: [
          {
            name: 'primary',
            properties: {
              privateIPAddress,
              subnet: { id: `${at('virtualNetworks', vnet)}/subnets/${name}` },
              ...(make.chance(0.5)
                ? { applicationSecurityGroups: [{ id: at('applicationSecurityGroups', `asg-${vnet}`) }] }
                : {}),
            },
          },
        ],
        ...(make.chance(0.15)
          ? { networkSecurityGroup: { id: at('networkSecurityGroups', make.pick(['nsg-card-0', 'nsg-card-1'])) } }
          : {}),
      }),
    ),
  );
}

function firewalls(make: Maker): readonly Json[] {
  const ranges = make.pick([undefined, undefined, undefined, ['255.255.255.255/32'], ['0.0.0.0/0'], ['10.2.0.0/16'], ['IANAPrivateRanges', '20.0.0.0/8']]);
  const policy = (name: string, more: Json): Json => resource('firewallPolicies', name, { threatIntelMode: 'Deny', ...more });
  return [
    resource('azureFirewalls', 'fw', {
      sku: { name: 'AZFW_VNet', tier: 'Premium' },
      firewallPolicy: { id: at('firewallPolicies', 'fp') },
      ipConfigurations: [
        {
          name: 'primary',
          properties: {
            privateIPAddress: firewallAddress,
            subnet: { id: `${at('virtualNetworks', 'hub')}/subnets/AzureFirewallSubnet` },
          },
        },
      ],
    }),
    policy('fp', {
      dnsSettings: { enableProxy: make.chance(0.7) },
      ...(make.chance(0.7) ? { basePolicy: { id: at('firewallPolicies', 'fp-parent') } } : {}),
      ...(ranges === undefined ? {} : { snat: { privateRanges: ranges } }),
    }),
    policy('fp-parent', {}),
    resource('ipGroups', 'ipg', { ipAddresses: [make.pick(make.prefixes), make.pick(make.prefixes)] }),
    ruleGroup(make, 'fp', 'one', 300),
    ruleGroup(make, 'fp', 'two', 200),
    ruleGroup(make, 'fp-parent', 'parent', 900),
  ];
}

/** Every host to every other, to the firewall and to the internet, and back; each flow with a source port of its own. */
function allProbes(make: Maker, hosts: readonly string[], ports: readonly number[]): readonly Probe[] {
  const pairs = [
    ...hosts.flatMap((source) => [...hosts, firewallAddress, ...outside].map((destination) => [source, destination] as const)),
    ...outside.flatMap((source) => hosts.map((destination) => [source, destination] as const)),
  ].filter(([source, destination]) => source !== destination);
  const free = make.shuffled(Array.from({ length: 50_000 }, (_, index) => 10_000 + index));
  let next = 0;
  return pairs.flatMap(([source, destination]) =>
    ports.flatMap((port) =>
      (['tcp', 'udp'] as const).map((transport) => ({
        source,
        destination,
        transport,
        port,
        sourcePort: free[next++] as number,
      })),
    ),
  );
}
