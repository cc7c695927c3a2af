import type { Json } from './arm-json.ts';
import type { Probe } from './prober.ts';
import { at, firewallAddress, Maker, resource, routeTable, ruleGroup, securityGroup } from './random-parts.ts';

/** Small landing zones from a seed, in the shape in which ARM's GET returns them. */
export interface RandomZone {
  readonly resources: readonly Json[];
  /** Public addresses that probes start at and go to. */
  readonly outside: readonly string[];
  /** Ports at the edges of the zone's port ranges. */
  readonly ports: readonly number[];
  readonly probes: readonly Probe[];
}

const outside = ['20.1.2.3', '8.8.8.8'];
/** Private addresses that no network has. */
const nobody = ['10.77.0.1', '192.168.1.1'];

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
      const first = {
        vnet,
        name: `${vnet}1`,
        prefix: `10.${second}.1.0/24`,
        hosts: [`10.${second}.1.4`, `10.${second}.1.200`],
      };
      return index === 2
        ? [first]
        : [first, { vnet, name: `${vnet}2`, prefix: `10.${second}.2.0/24`, hosts: [`10.${second}.2.127`] }];
    }),
    ...(seed % 4 === 1 ? [{ vnet: 'a', name: 'a3', prefix: '172.20.1.0/24', hosts: ['172.20.1.9'] }] : []),
  ];
  const spaces = vnets.map((vnet, index) => [
    `10.${index}.0.0/16`,
    ...places.filter((place) => place.vnet === vnet && place.name === 'a3').map(({ prefix }) => prefix),
  ]);
  const halves = places
    .slice(1)
    .flatMap(({ prefix, hosts }) => [
      prefix,
      prefix.replace('0/24', '0/25'),
      prefix.replace('0/24', '128/25'),
      `${hosts[0] ?? ''}/32`,
    ]);
  const make = new Maker(seed, [
    ...spaces.flat(),
    ...spaces.flat(),
    '10.0.1.0/24',
    '10.0.0.0/26',
    ...halves,
    '20.0.0.0/8',
    '20.1.2.0/24',
    '8.8.8.8/32',
  ]);
  const resources = [...networks(make, vnets, spaces, places), ...cards(make, places), ...firewalls(make)];
  const edges = make.anchors.flatMap((anchor) => [anchor - 1, anchor, anchor + 1]);
  const ports = [...new Set([...make.anchors, 53, ...make.shuffled(edges).slice(0, 3)])];
  return {
    resources,
    outside,
    ports,
    probes: allProbes(
      make,
      places.flatMap(({ hosts }) => hosts),
      ports,
    ),
  };
}

function networks(
  make: Maker,
  vnets: readonly string[],
  spaces: readonly (readonly string[])[],
  places: readonly Place[],
): readonly Json[] {
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
      addressSpace: { addressPrefixes: spaces[index] ?? [] },
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
              ...(make.chance(0.75)
                ? { networkSecurityGroup: { id: at('networkSecurityGroups', `nsg-${name}`) } }
                : {}),
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
  const ranges = make.pick([
    undefined,
    undefined,
    undefined,
    ['255.255.255.255/32'],
    ['0.0.0.0/0'],
    ['10.2.0.0/16'],
    ['IANAPrivateRanges', '20.0.0.0/8'],
  ]);
  const policy = (name: string, more: Json): Json =>
    resource('firewallPolicies', name, { threatIntelMode: 'Deny', ...more });
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

/** Every host to every other, to the firewall, to the internet and to nobody, and the internet to every host; each flow with a source port of its own. */
function allProbes(make: Maker, hosts: readonly string[], ports: readonly number[]): readonly Probe[] {
  const pairs = [
    ...hosts.flatMap((source) =>
      [...hosts, firewallAddress, ...outside, ...nobody].map((destination) => [source, destination] as const),
    ),
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
