import { describe, expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { propertiesOf, resourceOf, ruleLines, subnetsOf } from '../test-parts.ts';
import { defaultSpec, twoClusterSpec } from '../test-spec.ts';

const blueprint = buildBlueprint(defaultSpec);
const key = 'spoke-01/virtual-network';

/** Landing-zone page, section 4, column `current`. */
const plan: readonly (readonly [name: string, prefix: string])[] = [
  ['snet-management-ops', '10.240.1.0/28'],
  ['snet-management-agents', '10.240.2.0/26'],
  ['snet-cluster-apiserver', '10.240.3.0/28'],
  ['snet-cluster-ingressservices', '10.240.4.0/28'],
  ['snet-applicationgateway', '10.240.5.0/24'],
  ['snet-cluster-systemnodepool', '10.240.8.0/24'],
  ['snet-cluster-platformnodepool', '10.240.9.0/24'],
  ['snet-cluster-inscopenodepools', '10.240.12.0/24'],
  ['snet-cluster-outofscopenodepools', '10.240.16.0/24'],
  ['snet-pods-system', '10.240.32.0/20'],
  ['snet-pods-platform', '10.240.48.0/20'],
  ['snet-pods-inscope', '10.240.64.0/18'],
  ['snet-pods-outofscope', '10.240.128.0/18'],
  ['snet-privatelinkendpoints', '10.240.250.0/26'],
  ['snet-management-acragents', '10.240.251.0/28'],
];
const prefixOf = Object.fromEntries(plan);
const nodes = ['10.240.8.0/24', '10.240.9.0/24', '10.240.12.0/24', '10.240.16.0/24'];

describe('the network of a cluster', () => {
  const subnets = subnetsOf(blueprint, key);

  test('has the address plan of the design', () => {
    expect(subnets.map(({ name, properties }) => [name, properties.addressPrefix])).toEqual(plan);
  });

  test('has a security group on every subnet, and a route to the firewall on all but Application Gateway’s', () => {
    // Landing-zone page, section 2, "egress": the other two exceptions are in the hub.
    expect(subnets.filter(({ properties }) => properties.networkSecurityGroup === undefined)).toEqual([]);
    expect(subnets.filter(({ properties }) => properties.routeTable === undefined).map(({ name }) => name)).toEqual([
      'snet-applicationgateway',
    ]);
    const groups = subnets.map(({ properties }) => JSON.stringify(properties.networkSecurityGroup));
    expect(new Set(groups).size).toBe(subnets.length);
  });

  test('delegates the API server’s and the pods’ subnets to AKS, and no other', () => {
    // api-server-vnet-integration; MicrosoftDocs/azure-docs #103167 (AKS delegates pod subnets).
    const delegated = subnets
      .filter(({ properties }) => properties.delegations !== undefined)
      .map(({ name, properties }) => [name, JSON.stringify(properties.delegations).match(/Microsoft[^"]*/)?.[0]]);
    expect(delegated).toEqual(
      [
        'snet-cluster-apiserver',
        'snet-pods-system',
        'snet-pods-platform',
        'snet-pods-inscope',
        'snet-pods-outofscope',
      ].map((name) => [name, 'Microsoft.ContainerService/managedClusters']),
    );
  });

  test('applies rules to private endpoints where they are, and gives nothing the default way out', () => {
    // network-semantics statements 58 and 87.
    expect(
      subnets
        .filter(({ properties }) => properties.privateEndpointNetworkPolicies === 'Enabled')
        .map(({ name }) => name),
    ).toEqual(['snet-privatelinkendpoints']);
    expect(subnets.filter(({ properties }) => properties.defaultOutboundAccess !== false)).toEqual([]);
  });

  test('has one route, which takes nothing from gateways', () => {
    expect(propertiesOf(blueprint, 'spoke-01/routes')).toEqual({
      disableBgpRoutePropagation: true,
      routes: [
        {
          name: 'default-through-firewall',
          properties: {
            addressPrefix: '0.0.0.0/0',
            nextHopType: 'VirtualAppliance',
            nextHopIpAddress: {
              $handle: 'property',
              resource: 'hub/eastus2/firewall',
              path: 'ipConfigurations[0].properties.privateIPAddress',
            },
          },
        },
      ],
    });
  });

  test('is peered both ways, and only its own half admits forwarded traffic', () => {
    // network-semantics statements 68 to 70.
    const flags = { allowVirtualNetworkAccess: true, allowGatewayTransit: false, useRemoteGateways: false };
    expect(propertiesOf(blueprint, 'spoke-01/peering-to-hub')).toMatchObject({ ...flags, allowForwardedTraffic: true });
    expect(propertiesOf(blueprint, 'spoke-01/peering-from-hub')).toMatchObject({
      ...flags,
      allowForwardedTraffic: false,
    });
    expect(resourceOf(blueprint, 'spoke-01/peering-from-hub')).toMatchObject({
      deployment: 'cluster-spoke-01',
      scope: { name: 'rg-contoso-prod-hub-eastus2' },
    });
  });
});

describe('security groups', () => {
  const groups = plan.map(([name]) => [name, `spoke-01/nsg-${name.replace(/^snet-/, '')}`] as const);

  test.each(groups)('%s denies the rest in both directions', (_name, group) => {
    const lines = ruleLines(blueprint, group);
    expect(lines.filter((line) => line === 'In Deny * * -> * *')).toHaveLength(1);
    expect(lines.filter((line) => line === 'Out Deny * * -> * *')).toHaveLength(1);
  });

  test.each(groups)('%s has priorities that Azure takes, each once a direction', (_name, group) => {
    // network-semantics statement 43.
    const rules = propertiesOf(blueprint, group).securityRules as readonly {
      readonly name: string;
      readonly properties: { readonly direction: string; readonly priority: number; readonly description: string };
    }[];
    const places = rules.map(({ properties }) => `${properties.direction} ${properties.priority}`);
    expect(new Set(places).size).toBe(rules.length);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    for (const { properties } of rules) {
      expect(properties.priority).toBeGreaterThanOrEqual(100);
      expect(properties.priority).toBeLessThanOrEqual(4096);
      expect(properties.description.length).toBeLessThanOrEqual(140);
    }
  });

  test.each(groups)('%s names no whole network, and no tag among prefixes', (_name, group) => {
    // network-semantics statements 50 and 52.
    for (const line of ruleLines(blueprint, group)) {
      expect(line).not.toContain('VirtualNetwork');
      const lists = line.split(' ').filter((word) => word.includes(','));
      for (const list of lists) expect(list).toMatch(/^[\d./,-]+$/);
    }
  });

  test('close Azure’s resolver everywhere but at Application Gateway', () => {
    // Landing-zone page, section 2, "NSGs".
    const open = groups.filter(
      ([, group]) => !ruleLines(blueprint, group).includes('Out Deny * * -> AzurePlatformDNS *'),
    );
    expect(open.map(([name]) => name)).toEqual(['snet-applicationgateway']);
  });

  test('Application Gateway: HTTPS from everywhere, management from its manager, the load balancer', () => {
    // network-semantics statement 56.
    const own = prefixOf['snet-applicationgateway'];
    expect(ruleLines(blueprint, 'spoke-01/nsg-applicationgateway')).toEqual([
      `In Allow Tcp Internet -> ${own} 443`,
      'In Allow Tcp GatewayManager -> * 65200-65535',
      'In Allow * AzureLoadBalancer -> * *',
      'In Deny * * -> * *',
      `Out Allow Tcp ${own} -> 10.240.4.4/32 443`,
      `Out Allow Tcp ${own} -> 10.240.250.0/26 443`,
      `Out Allow * ${own} -> Internet *`,
      'Out Deny * * -> * *',
    ]);
  });

  test('jump boxes: SSH from Bastion’s subnet and nothing else', () => {
    const inbound = ruleLines(blueprint, 'spoke-01/nsg-management-ops').filter((line) => line.startsWith('In'));
    expect(inbound).toEqual([`In Allow Tcp 10.200.0.128/26 -> 10.240.1.0/28 22`, 'In Deny * * -> * *']);
  });

  test('the API server: its documented ports from every node and pod subnet, the load balancer’s probe', () => {
    // api-server-vnet-integration, "NSG security rules".
    const pods = plan.filter(([name]) => name.startsWith('snet-pods-')).map(([, prefix]) => prefix);
    const lines = ruleLines(blueprint, 'spoke-01/nsg-cluster-apiserver');
    expect(lines).toContain(`In Allow Tcp ${[...nodes, ...pods].join(',')} -> 10.240.3.0/28 443,4443`);
    expect(lines).toContain('In Allow Tcp AzureLoadBalancer -> 10.240.3.0/28 9988');
  });

  test.each(['system', 'platform', 'inscope', 'outofscope'])('nodes of the %s pool are open to all nodes', (word) => {
    // outbound-rules-control-egress: blocking traffic inside the cluster's own node network is not supported.
    const group = `spoke-01/nsg-cluster-${word}nodepool${word.endsWith('scope') ? 's' : ''}`;
    const own = prefixOf[group.replace('spoke-01/nsg', 'snet')];
    expect(ruleLines(blueprint, group)).toContain(`In Allow * ${nodes.join(',')} -> ${own} *`);
    expect(ruleLines(blueprint, group)).toContain(`Out Allow * ${own} -> ${nodes.join(',')} *`);
  });

  test('in-scope pods take nodes, their own, the ingress and the workload’s calls on its port, and metrics', () => {
    const inbound = ruleLines(blueprint, 'spoke-01/nsg-pods-inscope').filter((line) => line.startsWith('In'));
    expect(inbound).toEqual([
      `In Allow * ${nodes.join(',')} -> 10.240.64.0/18 *`,
      'In Allow * 10.240.64.0/18 -> 10.240.64.0/18 *',
      'In Allow Tcp 10.240.32.0/20,10.240.48.0/20 -> 10.240.64.0/18 15020',
      'In Allow Tcp 10.240.48.0/20 -> 10.240.64.0/18 8080',
      // microservice-b (out of scope) calls microservice-c: original-cluster 2.5.
      'In Allow Tcp 10.240.128.0/18 -> 10.240.64.0/18 8080',
      'In Deny * * -> * *',
    ]);
  });

  test('build agents are limited like everything else', () => {
    // original-cluster 7.1 no. 24: their subnet had allow rules only, and no route.
    const lines = ruleLines(blueprint, 'spoke-01/nsg-management-acragents');
    expect(lines.filter((line) => line.startsWith('In Allow'))).toEqual([]);
    expect(lines.filter((line) => line.includes('-> Internet'))).toEqual([]);
    expect(lines).toContain('Out Allow Tcp 10.240.251.0/28 -> Storage.eastus2 443');
    expect(lines).toContain('Out Allow Tcp 10.240.251.0/28 -> AzureMonitor 443,12000');
  });
});

test('two clusters have networks of their own, and no rule of one names the other', () => {
  const two = buildBlueprint(twoClusterSpec);
  expect(propertiesOf(two, 'spoke-02/virtual-network').addressSpace).toEqual({ addressPrefixes: ['10.242.0.0/16'] });
  // What a region has once stands in the spoke of its first cluster.
  const of = (cluster: string) =>
    two.parts
      .flatMap((part) => part.resources)
      .filter(({ key }) => key.startsWith(`spoke-${cluster}/`) && !key.includes('/private-endpoint-monitoring'));
  expect(of('02')).toHaveLength(of('01').length);
  expect(JSON.stringify(of('01'))).not.toContain('10.242.');
  expect(JSON.stringify(of('02'))).not.toContain('10.240.');
});
