import { minutes } from '../kernel/units.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Decision } from '../model/decision.ts';
import type { Intent } from '../model/intent.ts';
import type { Resource } from '../model/resource.ts';
import type { Stage } from '../model/stage.ts';

/** Small blueprints made by hand, so that the tests of this room do not rest on the landing zone. */
const networkApi = '2025-09-01';

function stage(name: Stage['name'], role: Stage['role'], needs: Stage['needs']): Stage {
  return { name, role, title: name, runsFrom: 'anywhere', needs, gives: [], expected: minutes(1) };
}

const stages: readonly Stage[] = [
  stage('subscription', 'governance', []),
  stage('hub', 'network', ['subscription']),
  stage('cluster-spoke', 'network', ['hub']),
  stage('hub-rules', 'network', ['cluster-spoke']),
];

export function blueprintOf(
  resources: readonly Resource[],
  more: { readonly decisions?: readonly Decision[]; readonly intents?: readonly Intent[] } = {},
): Blueprint {
  return {
    subscriptionId: '11111111-2222-3333-4444-555555555555',
    tenantId: '66666666-7777-8888-9999-000000000000',
    location: 'eastus2',
    stages,
    parts: [
      {
        name: 'part',
        resources,
        objects: [],
        decisions: more.decisions ?? [],
        intents: more.intents ?? [],
        costLines: [],
      },
    ],
  };
}

type Given = Omit<Resource, 'apiVersion' | 'deployment' | 'scope' | 'stage' | 'type'> & {
  readonly type: string;
  readonly group?: string;
  readonly stage?: Resource['stage'];
  readonly deployment?: string;
  readonly apiVersion?: string;
};

/** A resource of Microsoft.Network in group `rg-hub` of the hub deployment, unless said otherwise. */
export function network({ group = 'rg-hub', stage: of = 'hub', deployment = of, type, ...rest }: Given): Resource {
  return {
    stage: of,
    deployment,
    apiVersion: networkApi,
    ...rest,
    type: `Microsoft.Network/${type}`,
    scope: { kind: 'resourceGroup', name: group },
  };
}

export function resourceGroup(name: string, location = 'eastus2'): Resource {
  return {
    key: `group/${name}`,
    stage: 'subscription',
    deployment: 'subscription',
    type: 'Microsoft.Resources/resourceGroups',
    apiVersion: '2025-04-01',
    name,
    scope: { kind: 'subscription' },
    location,
  };
}

const tags = { owner: 'network', environment: 'prod' };

/** Groups, a hub with a subnet that has a route table, and a spoke that is peered with it from both sides. */
export const hubAndSpoke: Blueprint = blueprintOf(
  [
    resourceGroup('rg-hub'),
    resourceGroup('rg-spoke'),
    network({ key: 'hub/ip', type: 'publicIPAddresses', name: 'pip-hub', location: 'eastus2', tags, properties: {} }),
    network({
      key: 'hub/vnet',
      type: 'virtualNetworks',
      name: 'vnet-hub',
      location: 'eastus2',
      tags: { ...tags, tier: 'hub' },
      properties: {
        subnets: [
          {
            properties: {
              routeTable: { id: { $handle: 'id', resource: 'hub/routes' } },
              addressPrefix: '10.200.0.0/26',
            },
            name: 'snet-a',
          },
        ],
        addressSpace: { addressPrefixes: ['10.200.0.0/24'] },
      },
    }),
    network({
      key: 'hub/routes',
      type: 'routeTables',
      name: 'route-hub',
      location: 'eastus2',
      tags,
      properties: {
        routes: [
          {
            name: 'default',
            properties: {
              addressPrefix: '0.0.0.0/0',
              nextHopType: 'VirtualAppliance',
              nextHopIpAddress: { $handle: 'property', resource: 'hub/ip', path: 'ipConfiguration.addresses[0].value' },
            },
          },
        ],
      },
    }),
    network({
      key: 'spoke/vnet',
      type: 'virtualNetworks',
      name: 'vnet-spoke',
      location: 'eastus2',
      tags,
      stage: 'cluster-spoke',
      deployment: 'cluster-spoke-01',
      group: 'rg-spoke',
      properties: { addressSpace: { addressPrefixes: ['10.240.0.0/16'] } },
    }),
    network({
      key: 'spoke/to-hub',
      type: 'virtualNetworks/virtualNetworkPeerings',
      name: 'vnet-spoke/to-hub',
      stage: 'cluster-spoke',
      deployment: 'cluster-spoke-01',
      group: 'rg-spoke',
      properties: { remoteVirtualNetwork: { id: { $handle: 'id', resource: 'hub/vnet' } } },
    }),
    network({
      key: 'spoke/from-hub',
      type: 'virtualNetworks/virtualNetworkPeerings',
      name: 'vnet-hub/to-spoke',
      stage: 'cluster-spoke',
      deployment: 'cluster-spoke-01',
      group: 'rg-hub',
      properties: { remoteVirtualNetwork: { id: { $handle: 'id', resource: 'spoke/vnet' } } },
    }),
  ],
  {
    decisions: [
      {
        id: 'egress-through-firewall',
        title: 'Egress goes through the firewall',
        because: 'It has to be looked at.',
        alternatives: [{ option: 'NAT gateway', whyNot: 'It looks at nothing.' }],
        controls: ['pci-dss-4.0.1:1.3.2'],
        provedBy: ['no-direct-egress'],
        resources: ['hub/routes'],
      },
    ],
    intents: [
      {
        id: 'no-direct-egress',
        statement: 'Nothing in the spoke reaches the Internet: but by name.',
        expect: 'denied',
        from: ['subnet:vnet-spoke/a'],
        to: ['internet'],
        traffic: [{ ports: [443, '1000-2000'], protocol: 'tcp' }],
        controls: ['pci-dss-4.0.1:1.3.2'],
      },
    ],
  },
);

/** The same JSON with the keys of every object in the opposite order. */
export function withKeysReversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withKeysReversed) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, withKeysReversed(member)]),
  ) as T;
}
