import type { ArmResource } from '../../src/model/resource.ts';
import type { State } from '../../src/model/state.ts';
import {
  applicationRule,
  card,
  firewall,
  idOf,
  ipGroup,
  networkRule,
  nsg,
  policy,
  privateEndpoint,
  routeTable,
  rules,
  stateOf,
  vnet,
} from './arm-shapes.ts';

/** A hub with a firewall and a Bastion subnet, two spokes behind it, a network peered on one side only, and one that is alone. */

export const firewallAddress = '10.0.0.4';
const defaultRoute = ['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress] as const;

export const nsgWeb = nsg('nsg-web', [
  ['AllowGateway443In', 100, 'In', 'Allow', 'Tcp', '10.1.3.0/24', '10.1.1.0/24', '443'],
  ['AllowSpokeBIn', 110, 'In', 'Allow', 'Tcp', '10.2.1.0/24', '10.1.1.0/24', ['8443', '9000-9010']],
  ['AllowBastionSshIn', 120, 'In', 'Allow', 'Tcp', '10.0.0.128/26', '10.1.1.0/24', '22'],
  ['AllowOwnIn', 130, 'In', 'Allow', '*', '10.1.1.0/24', '10.1.1.0/24', '*'],
  ['DenyAllIn', 4096, 'In', 'Deny', '*', '*', '*', '*'],
  ['DenyPlatformDnsOut', 100, 'Out', 'Deny', '*', '*', 'AzurePlatformDNS', '*'],
  ['AllowDnsOut', 110, 'Out', 'Allow', 'Udp', '10.1.1.0/24', `${firewallAddress}/32`, '53'],
  ['AllowDbOut', 120, 'Out', 'Allow', 'Tcp', '10.1.1.0/24', '10.1.2.0/24', '1433'],
  ['AllowInternetOut', 130, 'Out', 'Allow', 'Tcp', '10.1.1.0/24', 'Internet', ['80', '443']],
  ['AllowNtpOut', 140, 'Out', 'Allow', 'Udp', '10.1.1.0/24', 'Internet', '123'],
  ['AllowSpokeBOut', 150, 'Out', 'Allow', 'Tcp', '10.1.1.0/24', '10.2.0.0/16', '443'],
  ['AllowEndpointOut', 160, 'Out', 'Allow', 'Tcp', '10.1.1.0/24', '10.1.5.0/24', '443'],
  ['AllowOwnOut', 170, 'Out', 'Allow', '*', '10.1.1.0/24', '10.1.1.0/24', '*'],
  ['DenyAllOut', 4096, 'Out', 'Deny', '*', '*', '*', '*'],
]);

export const nsgDb = nsg('nsg-db', [
  ['DenyAppIn', 100, 'In', 'Deny', 'Tcp', '10.1.1.128/25', '*', '1433'],
  ['AllowWebIn', 200, 'In', 'Allow', 'Tcp', '10.1.1.0/24', '10.1.2.0/24', '1433'],
  ['DenyRestIn', 4000, 'In', 'Deny', '*', '*', '*', '*'],
  ['DenyAllOut', 4096, 'Out', 'Deny', '*', '*', '*', '*'],
]);

export const nsgGateway = nsg('nsg-gw', [
  ['AllowInternet443In', 100, 'In', 'Allow', 'Tcp', 'Internet', '10.1.3.0/24', '443'],
  ['AllowManagerIn', 110, 'In', 'Allow', 'Tcp', 'GatewayManager', '*', '65200-65535'],
  ['AllowProbesIn', 120, 'In', 'Allow', '*', 'AzureLoadBalancer', '*', '*'],
  ['DenyAllIn', 4096, 'In', 'Deny', '*', '*', '*', '*'],
  ['AllowWebOut', 100, 'Out', 'Allow', 'Tcp', '10.1.3.0/24', '10.1.1.0/24', '443'],
  ['AllowInternetOut', 110, 'Out', 'Allow', '*', '*', 'Internet', '*'],
  ['DenyAllOut', 4096, 'Out', 'Deny', '*', '*', '*', '*'],
]);

export const nsgBastion = nsg('nsg-bastion', [
  ['AllowHttpsIn', 100, 'In', 'Allow', 'Tcp', 'Internet', '*', '443'],
  ['DenyAllIn', 4096, 'In', 'Deny', '*', '*', '*', '*'],
  ['AllowSshOut', 100, 'Out', 'Allow', 'Tcp', '*', 'VirtualNetwork', ['22', '3389']],
  ['DenyAllOut', 4096, 'Out', 'Deny', '*', '*', '*', '*'],
]);

/** Storage by tag and a few more: rules on service tags. */
export const nsgTags = nsg('nsg-tags', [
  ['AllowStorageOut', 100, 'Out', 'Allow', 'Tcp', '*', 'Storage', '443'],
  ['AllowCloudOut', 110, 'Out', 'Allow', 'Tcp', '*', 'AzureCloud.eastus2', '8443'],
  ['DenyAllOut', 4096, 'Out', 'Deny', '*', '*', '*', '*'],
]);

export const hub = vnet(
  'vnet-hub',
  ['10.0.0.0/16'],
  [
    { name: 'AzureFirewallSubnet', prefix: '10.0.0.0/26' },
    { name: 'GatewaySubnet', prefix: '10.0.0.64/27' },
    { name: 'AzureBastionSubnet', prefix: '10.0.0.128/26', nsg: 'nsg-bastion' },
    { name: 'snet-shared', prefix: '10.0.1.0/24' },
  ],
  [
    { name: 'hub-to-a', to: 'vnet-a' },
    { name: 'hub-to-b', to: 'vnet-b' },
    { name: 'hub-to-half', to: 'vnet-half', state: 'Initiated' },
  ],
);

export const spokeASubnets = [
  { name: 'snet-web', prefix: '10.1.1.0/24', nsg: 'nsg-web', table: 'rt-a' },
  { name: 'snet-db', prefix: '10.1.2.0/24', nsg: 'nsg-db', table: 'rt-a' },
  { name: 'snet-gw', prefix: '10.1.3.0/24', nsg: 'nsg-gw' },
  { name: 'snet-open', prefix: '10.1.4.0/24', table: 'rt-a' },
  {
    name: 'snet-ep',
    prefix: '10.1.5.0/24',
    nsg: 'nsg-db',
    table: 'rt-a',
    more: { privateEndpointNetworkPolicies: 'Disabled' },
  },
  { name: 'snet-bare', prefix: '10.1.6.0/24' },
  { name: 'snet-tags', prefix: '10.1.7.0/24', nsg: 'nsg-tags' },
];

export const spokeAPeerings = [{ name: 'a-to-hub', to: 'vnet-hub', forwarded: true }];

export const spokeA = vnet('vnet-a', ['10.1.0.0/16'], spokeASubnets, spokeAPeerings, [firewallAddress]);

export const spokeBSubnets = [
  { name: 'snet-b', prefix: '10.2.1.0/24', table: 'rt-b' },
  { name: 'snet-b-direct', prefix: '10.2.2.0/24' },
];

export const spokeB = vnet('vnet-b', ['10.2.0.0/16'], spokeBSubnets, [
  { name: 'b-to-hub', to: 'vnet-hub', forwarded: true },
]);

const fixed: readonly ArmResource[] = [
  hub,
  spokeA,
  spokeB,
  vnet('vnet-half', ['10.8.0.0/16'], [{ name: 'snet-half', prefix: '10.8.1.0/24' }]),
  vnet('vnet-lone', ['10.9.0.0/16'], [{ name: 'snet-lone', prefix: '10.9.1.0/24' }]),
  nsgWeb,
  nsgDb,
  nsgGateway,
  nsgBastion,
  nsgTags,
  routeTable('rt-a', [
    defaultRoute,
    ['blackhole', '198.51.100.0/24', 'None'],
    ['straight', '192.0.2.0/24', 'Internet'],
    ['nowhere', '203.0.113.128/25', 'VirtualAppliance', '10.9.1.4'],
  ]),
  routeTable('rt-b', [defaultRoute]),
  firewall('fw', 'vnet-hub', firewallAddress, 'fp'),
  policy('fp', { basePolicy: { id: idOf('firewallPolicies', 'fp-parent') } }),
  policy('fp-parent'),
  ipGroup('ipg-web', ['10.1.1.0/24']),
  rules('fp-parent', 'parent', 60000, [
    {
      name: 'deny',
      priority: 60000,
      action: 'Deny',
      rules: [networkRule('no-telnet', 'TCP', ['*'], ['*'], ['23'])],
    },
  ]),
  rules('fp', 'network', 200, [
    {
      name: 'between',
      priority: 200,
      action: 'Allow',
      rules: [
        networkRule('web-to-b', 'TCP', [], ['10.2.1.0/24'], ['443'], { sourceIpGroups: [idOf('ipGroups', 'ipg-web')] }),
        networkRule('b-to-web', 'TCP', ['10.2.1.0/24'], ['10.1.1.0/24'], ['8443']),
        networkRule('open-to-b', 'Any', ['10.1.4.0/24'], ['10.2.0.0/16'], ['*']),
        networkRule('telnet', 'TCP', ['10.1.4.0/24'], ['*'], ['23']),
        networkRule('ntp', 'UDP', ['10.1.0.0/16'], [], ['123'], { destinationFqdns: ['ntp.example.com'] }),
        networkRule('monitor', 'TCP', ['10.1.4.0/24'], ['AzureMonitor'], ['443']),
        networkRule('ping', 'ICMP', ['10.1.4.0/24'], ['*'], ['*']),
      ],
    },
    {
      name: 'before',
      priority: 150,
      action: 'Deny',
      rules: [networkRule('no-9999', 'TCP', ['*'], ['10.2.0.0/16'], ['9999'])],
    },
  ]),
  rules('fp', 'application', 100, [
    {
      name: 'deny-first',
      priority: 100,
      action: 'Deny',
      rules: [applicationRule('no-bad', ['*'], ['bad.example.com'])],
    },
    {
      name: 'web',
      priority: 200,
      action: 'Allow',
      rules: [
        applicationRule('updates', ['10.1.1.0/24'], ['updates.example.com']),
        applicationRule('wild', ['10.1.1.0/24'], ['*.example.com']),
        applicationRule('aks', ['10.1.4.0/24'], [], [['Https', 443]], { fqdnTags: ['AzureKubernetesService'] }),
        applicationRule('proxy-8080', ['10.1.4.0/24'], ['api.example.org'], [['Https', 8080]]),
      ],
    },
  ]),
  card('nic-guarded', `${idOf('virtualNetworks', 'vnet-a')}/subnets/snet-open`, '10.1.4.10', {
    networkSecurityGroup: { id: idOf('networkSecurityGroups', 'nsg-card') },
  }),
  nsg('nsg-card', [
    ['AllowSshIn', 100, 'In', 'Allow', 'Tcp', '*', '*', '22'],
    ['DenyAllIn', 200, 'In', 'Deny', '*', '*', '*', '*'],
  ]),
  privateEndpoint('pe-vault', `${idOf('virtualNetworks', 'vnet-a')}/subnets/snet-ep`, '10.1.5.4'),
];

/** The landing zone with resources put in place of those with the same id, or added. */
export function landingZone(...changes: readonly ArmResource[]): State {
  const byId = new Map(fixed.map((one) => [one.id, one]));
  for (const change of changes) byId.set(change.id, change);
  return stateOf([...byId.values()]);
}
