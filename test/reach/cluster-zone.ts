import type { Json } from '../../src/kernel/canonical-json.ts';
import type { KubernetesObject } from '../../src/model/kubernetes-object.ts';
import type { ArmResource } from '../../src/model/resource.ts';
import type { State } from '../../src/model/state.ts';
import {
  applicationRule,
  firewall,
  policy as firewallPolicy,
  idOf,
  networkRule,
  nsg,
  routeTable,
  rules,
  vnet,
} from './arm-shapes.ts';
import { clusterState, deployment, namespace } from './kube-shapes.ts';

/** A cluster with a pod subnet a pool behind a firewall: what is in scope, what is not, and the gateway before them. */

export const subnetId = (name: string): string => `${idOf('virtualNetworks', 'vnet-c')}/subnets/${name}`;

export const pool = (name: string, more: { readonly [key: string]: Json } = {}): { readonly [key: string]: Json } => ({
  name,
  vnetSubnetID: subnetId(`snet-nodes-${name}`),
  podSubnetID: subnetId(`snet-pods-${name}`),
  ...more,
});

export function managedCluster(
  profile: { readonly [key: string]: Json } = { networkPlugin: 'azure', networkDataplane: 'cilium' },
  pools: readonly { readonly [key: string]: Json }[] = [pool('in'), pool('out')],
  name = 'aks',
): ArmResource {
  return {
    id: `/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/${name}`,
    name,
    type: 'Microsoft.ContainerService/managedClusters',
    properties: { networkProfile: profile, agentPoolProfiles: pools },
  };
}

export const nsgPods = (name: 'in' | 'out', own: string, ...extra: Parameters<typeof nsg>[1][number][]): ArmResource =>
  nsg(`nsg-pods-${name}`, [
    ...extra,
    ['AllowOwnIn', 3000, 'In', 'Allow', '*', own, own, '*'],
    ['AllowGatewayIn', 3010, 'In', 'Allow', 'Tcp', '10.4.5.0/24', own, '8080'],
    ['AllowFirewallIn', 3020, 'In', 'Allow', 'Tcp', '10.0.0.0/26', own, '8080'],
    ['AllowNodesIn', 3030, 'In', 'Allow', '*', '10.4.0.0/22', own, '*'],
    ['DenyAllIn', 4096, 'In', 'Deny', '*', '*', '*', '*'],
    ['AllowOwnOut', 3000, 'Out', 'Allow', '*', own, own, '*'],
    ['AllowWebOut', 3010, 'Out', 'Allow', 'Tcp', own, 'Internet', '443'],
    ['AllowPodsOut', 3020, 'Out', 'Allow', 'Tcp', own, '10.4.64.0/18', '9090'],
    ['DenyAllOut', 4096, 'Out', 'Deny', '*', '*', '*', '*'],
  ]);

const inside = '10.4.64.0/18';
const outside = '10.4.128.0/18';

export const network: readonly ArmResource[] = [
  vnet(
    'vnet-hub',
    ['10.0.0.0/16'],
    [{ name: 'AzureFirewallSubnet', prefix: '10.0.0.0/26' }],
    [{ name: 'hub-to-c', to: 'vnet-c' }],
  ),
  vnet(
    'vnet-c',
    ['10.4.0.0/16'],
    [
      { name: 'snet-nodes-in', prefix: '10.4.1.0/24', table: 'rt-c' },
      { name: 'snet-nodes-out', prefix: '10.4.2.0/24', table: 'rt-c' },
      { name: 'snet-pods-in', prefix: inside, table: 'rt-c', nsg: 'nsg-pods-in' },
      { name: 'snet-pods-out', prefix: outside, table: 'rt-c', nsg: 'nsg-pods-out' },
      { name: 'snet-gateway', prefix: '10.4.5.0/24' },
    ],
    [{ name: 'c-to-hub', to: 'vnet-hub', forwarded: true }],
  ),
  nsgPods('in', inside),
  nsgPods('out', outside),
  routeTable('rt-c', [['default', '0.0.0.0/0', 'VirtualAppliance', '10.0.0.4']]),
  firewall('fw', 'vnet-hub', '10.0.0.4', 'fp'),
  firewallPolicy('fp'),
  rules('fp', 'out', 200, [
    {
      name: 'web',
      priority: 200,
      action: 'Allow',
      rules: [applicationRule('updates', ['10.4.0.0/16'], ['updates.example.com'])],
    },
  ]),
  rules('fp', 'in', 100, [
    {
      name: 'publish',
      priority: 100,
      action: 'Dnat',
      rules: [
        {
          ...networkRule('shop', 'TCP', ['203.0.113.0/24'], ['198.51.100.9'], ['443']),
          ruleType: 'NatRule',
          translatedAddress: '10.4.64.10',
          translatedPort: '8080',
        },
      ],
    },
  ]),
];

export const on = (name: 'in' | 'out') => ({ nodeSelector: { agentpool: name } });

export const workloads: readonly KubernetesObject[] = [
  namespace('shop', { scope: 'in' }),
  namespace('ads', { scope: 'out' }),
  deployment('shop/web', { app: 'web' }, ['http=8080'], on('in')),
  deployment('shop/api', { app: 'api' }, ['http=9090'], on('in')),
  deployment('ads/show', { app: 'show' }, ['http=8080'], on('out')),
];

/** The zone with resources put in place of those with the same id, or added, and further objects. */
export function clusterZone(
  objects: readonly KubernetesObject[] = [],
  changes: readonly ArmResource[] = [managedCluster()],
): State {
  const byId = new Map(network.map((one) => [one.id, one]));
  for (const change of changes) byId.set(change.id, change);
  return clusterState([...workloads, ...objects], [...byId.values()]);
}
