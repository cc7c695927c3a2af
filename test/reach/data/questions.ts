import type { Json } from '../../../src/kernel/canonical-json.ts';
import type { ArmResource } from '../../../src/model/resource.ts';
import type { Verdict } from '../../../src/model/witness.ts';
import { applicationRule, card, idOf, networkRule, nsg, policy, routeTable, rules, vnet } from '../arm-shapes.ts';
import { firewallAddress, spokeAPeerings, spokeASubnets, spokeBSubnets } from '../landing-zone.ts';

/**
 * Each row: the numbered statements of network-semantics.md from which the expected answer is worked out by hand, the question, and the hop that must
 * have decided. For a denied packet that is the last hop.
 */
export interface Row {
  readonly statements: readonly number[];
  readonly what: string;
  readonly ask: readonly [from: string, to: string, port?: number | undefined, protocol?: 'tcp' | 'udp' | 'icmp'];
  readonly verdict: Verdict;
  readonly layer: string;
  readonly rule: string;
  readonly change?: readonly ArmResource[];
}

const web = '10.1.1.10';
const appHalf = '10.1.1.200';
const open = '10.1.4.20';
const guarded = '10.1.4.10';
const b = '10.2.1.10';
const bDirect = '10.2.2.10';
const bastion = '10.0.0.140';
const shared = '10.0.1.10';
const subnetIn = (network: string, subnet: string): string => `${idOf('virtualNetworks', network)}/subnets/${subnet}`;

const spokeAWith = (change: Readonly<Record<string, object>>, peerings = spokeAPeerings): ArmResource =>
  vnet(
    'vnet-a',
    ['10.1.0.0/16'],
    spokeASubnets.map((subnet) => ({ ...subnet, ...change[subnet.name] })),
    peerings,
    [firewallAddress],
  );
const spokeBWith = (forwarded: boolean): ArmResource =>
  vnet('vnet-b', ['10.2.0.0/16'], spokeBSubnets, [{ name: 'b-to-hub', to: 'vnet-hub', forwarded }]);
const tableA = (...routes: Parameters<typeof routeTable>[1]): ArmResource => routeTable('rt-a', routes);

export const rows: readonly Row[] = [
  // NSG decides.
  {
    statements: [43, 46],
    what: 'both ends allow',
    ask: [web, '10.1.2.10', 1433, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowWebIn',
  },
  {
    statements: [43],
    what: 'the lower number denies first',
    ask: [appHalf, '10.1.2.10', 1433, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAppIn',
  },
  {
    statements: [46],
    what: 'the source denies what the destination would allow',
    ask: [web, '10.1.3.10', 443, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllOut',
  },
  {
    statements: [43],
    what: 'another port meets the deny',
    ask: [web, '10.1.2.10', 1434, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllOut',
  },
  {
    statements: [43],
    what: 'another protocol meets the deny',
    ask: [web, '10.1.2.10', 1433, 'udp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllOut',
  },
  {
    statements: [46],
    what: 'within one subnet rules hold too',
    ask: [web, '10.1.1.11', 22, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowOwnIn',
  },
  {
    statements: [46],
    what: 'within one subnet a deny holds too',
    ask: ['10.1.2.10', '10.1.2.11', 22, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllOut',
  },
  {
    statements: [50],
    what: 'an augmented rule, second port range, upper edge',
    ask: [b, web, 9010, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
  },
  {
    statements: [44],
    what: 'default rule between networks',
    ask: [shared, open, 5000, 'tcp'],
    verdict: 'denied',
    layer: 'return-path',
    rule: 'hub-back',
    change: [
      tableA(
        ['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress],
        ['hub-back', '10.0.1.0/24', 'VirtualAppliance', firewallAddress],
      ),
    ],
  },
  {
    statements: [45],
    what: 'no group on either side',
    ask: [shared, open, 5000, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: '(no network security group)',
  },
  {
    statements: [46],
    what: "the card's group denies after the subnet",
    ask: [shared, guarded, 5000, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllIn',
  },
  {
    statements: [46],
    what: "the card's group allows",
    ask: [shared, guarded, 22, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowSshIn',
  },
  {
    statements: [44],
    what: 'defaults of a group without rules let the internet not in',
    ask: ['internet', 'subnet:snet-bare', 443, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllInBound',
    change: [spokeAWith({ 'snet-bare': { nsg: 'nsg-empty' } }), nsg('nsg-empty', [])],
  },
  {
    statements: [44],
    what: 'defaults of a group without rules let out to the internet',
    ask: ['subnet:snet-bare', 'internet', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowInternetOutBound',
    change: [spokeAWith({ 'snet-bare': { nsg: 'nsg-empty' } }), nsg('nsg-empty', [])],
  },
  {
    statements: [44, 52],
    what: 'the tag VirtualNetwork holds the probes too',
    ask: ['tag:AzureLoadBalancer', 'subnet:snet-bare', 80, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowVnetInBound',
    change: [spokeAWith({ 'snet-bare': { nsg: 'nsg-empty' } }), nsg('nsg-empty', [])],
  },
  {
    statements: [48],
    what: 'a public destination in an inbound rule matches nothing',
    ask: ['internet', 'subnet:snet-bare', 443, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllInBound',
    change: [
      spokeAWith({ 'snet-bare': { nsg: 'nsg-public' } }),
      nsg('nsg-public', [['AllowPublicIn', 100, 'In', 'Allow', '*', '*', '203.0.113.7', '443']]),
    ],
  },
  {
    statements: [52],
    what: 'a default route widens VirtualNetwork: the default rule lets a foreign spoke in',
    ask: [b, '10.1.6.10', 8443, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowVnetInBound',
    change: [
      spokeAWith({ 'snet-bare': { nsg: 'nsg-empty', table: 'rt-a' } }),
      nsg('nsg-empty', []),
      rules('fp', 'network', 200, [
        {
          name: 'c',
          priority: 100,
          action: 'Allow',
          rules: [networkRule('b-to-a', 'TCP', ['10.2.1.0/24'], ['10.1.6.0/24'], ['8443'])],
        },
      ]),
    ],
  },
  {
    statements: [52, 44],
    what: 'without it the default rule does not',
    ask: [shared, '10.1.6.10', 8443, 'tcp'],
    verdict: 'denied',
    layer: 'peering',
    rule: 'a-to-hub: allowVirtualNetworkAccess false',
    change: [
      spokeAWith({}, [
        { name: 'a-to-hub', to: 'vnet-hub', forwarded: true, access: false } as (typeof spokeAPeerings)[number],
      ]),
    ],
  },
  {
    statements: [53],
    what: 'the platform answers whatever the deny-all says',
    ask: [web, '168.63.129.16', 32526, 'tcp'],
    verdict: 'allowed',
    layer: 'platform',
    rule: '(platform address)',
  },
  {
    statements: [53],
    what: 'its DNS is closed by its tag',
    ask: [web, 'tag:AzurePlatformDNS', 53, 'udp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyPlatformDnsOut',
  },
  {
    statements: [53],
    what: 'its DNS stays open without the tag',
    ask: ['10.1.2.10', '168.63.129.16', 53, 'udp'],
    verdict: 'allowed',
    layer: 'platform',
    rule: '(platform address)',
  },
  {
    statements: [53],
    what: 'instance metadata',
    ask: ['10.1.2.10', '169.254.169.254', 80, 'tcp'],
    verdict: 'allowed',
    layer: 'platform',
    rule: '(platform address)',
  },
  {
    statements: [55],
    what: 'a rule for ICMP ignores its ports',
    ask: [shared, '10.1.6.10', undefined, 'icmp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowPing',
    change: [
      spokeAWith({ 'snet-bare': { nsg: 'nsg-ping' } }),
      nsg('nsg-ping', [
        ['AllowPing', 100, 'In', 'Allow', 'Icmp', '*', '*', '7'],
        ['DenyIn', 200, 'In', 'Deny', '*', '*', '*', '*'],
      ]),
    ],
  },
  {
    statements: [56],
    what: 'the gateway is managed',
    ask: ['tag:GatewayManager', 'subnet:snet-gw', 65201, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowManagerIn',
  },
  {
    statements: [56],
    what: 'by nobody else',
    ask: ['internet', 'subnet:snet-gw', 22, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllIn',
  },
  {
    statements: [43],
    what: 'the internet to the gateway',
    ask: ['internet', 'subnet:snet-gw', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowInternet443In',
  },
  {
    statements: [51],
    what: 'application security groups',
    ask: ['10.1.6.20', '10.1.6.21', 8080, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowMembers',
    change: [
      spokeAWith({ 'snet-bare': { nsg: 'nsg-asg' } }),
      asgGroup(),
      card('nic-one', subnetIn('vnet-a', 'snet-bare'), '10.1.6.20', {}, ['asg-x']),
      card('nic-two', subnetIn('vnet-a', 'snet-bare'), '10.1.6.21', {}, ['asg-x']),
    ],
  },
  {
    statements: [51],
    what: 'not a member',
    ask: ['10.1.6.22', '10.1.6.21', 8080, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyIn',
    change: [
      spokeAWith({ 'snet-bare': { nsg: 'nsg-asg' } }),
      asgGroup(),
      card('nic-one', subnetIn('vnet-a', 'snet-bare'), '10.1.6.20', {}, ['asg-x']),
      card('nic-two', subnetIn('vnet-a', 'snet-bare'), '10.1.6.21', {}, ['asg-x']),
    ],
  },
  {
    statements: [58],
    what: 'network policies off: the group does not guard the endpoint',
    ask: [web, '10.1.5.4', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: '(network policies for private endpoints are off)',
  },
  {
    statements: [58, 87],
    what: 'network policies on: it does',
    ask: [web, '10.1.5.4', 443, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyRestIn',
    change: [spokeAWith({ 'snet-ep': { more: { privateEndpointNetworkPolicies: 'Enabled' } } })],
  },

  // Service tags.
  {
    statements: [50],
    what: 'a tag',
    ask: ['10.1.7.10', 'tag:Storage', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowStorageOut',
  },
  {
    statements: [50],
    what: 'a regional tag lies in the global one',
    ask: ['10.1.7.10', 'tag:Storage.westeurope', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowStorageOut',
  },
  {
    statements: [50],
    what: 'AzureCloud of a region holds every service of that region',
    ask: ['10.1.7.10', 'tag:Storage.eastus2', 8443, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowCloudOut',
  },
  {
    statements: [50],
    what: 'and no other region',
    ask: ['10.1.7.10', 'tag:Storage.westeurope', 8443, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllOut',
  },
  {
    statements: [50],
    what: 'a literal address may or may not be in a tag',
    ask: ['10.1.7.10', '20.60.1.1', 443, 'tcp'],
    verdict: 'depends',
    layer: 'nsg',
    rule: 'AllowStorageOut',
  },

  // Routes decide.
  {
    statements: [59, 61],
    what: 'no user route: straight to the internet',
    ask: ['subnet:snet-bare', 'internet', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'system: 0.0.0.0/0 to Internet',
  },
  {
    statements: [61],
    what: 'reserved ranges that nobody has are dropped',
    ask: ['10.1.6.10', '10.77.0.1', 443, 'tcp'],
    verdict: 'denied',
    layer: 'route',
    rule: 'system: 10.0.0.0/8 to None',
  },
  {
    statements: [59],
    what: 'longest prefix: a route to None',
    ask: [open, '198.51.100.9', 443, 'tcp'],
    verdict: 'denied',
    layer: 'route',
    rule: 'blackhole',
  },
  {
    statements: [59],
    what: 'longest prefix: a route past the firewall',
    ask: [open, '192.0.2.9', 22, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'straight',
  },
  {
    statements: [59],
    what: 'same prefix: the user route wins',
    ask: [shared, open, 5000, 'tcp'],
    verdict: 'denied',
    layer: 'return-path',
    rule: 'hub-all',
    change: [tableA(['hub-all', '10.0.0.0/16', 'VirtualAppliance', firewallAddress])],
  },
  {
    statements: [62],
    what: 'a user route of the whole space takes traffic between subnets',
    ask: [open, '10.1.6.10', 443, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
    change: [tableA(['own', '10.1.0.0/16', 'VirtualAppliance', firewallAddress])],
  },
  {
    statements: [62],
    what: 'and a longer one to the network brings a subnet back',
    ask: [open, '10.1.4.30', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'back',
    change: [tableA(['own', '10.1.0.0/16', 'VirtualAppliance', firewallAddress], ['back', '10.1.4.0/24', 'VnetLocal'])],
  },
  {
    statements: [63],
    what: 'the default route does not catch the peered hub',
    ask: [open, shared, 443, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'system: peering to vnet-hub',
  },
  {
    statements: [63],
    what: 'nor the own network',
    ask: [open, '10.1.6.10', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'system: virtual network',
  },
  {
    statements: [64],
    what: 'a service endpoint goes around the default route',
    ask: [open, 'tag:Storage', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'system: service endpoint Storage',
    change: [spokeAWith({ 'snet-open': { more: { serviceEndpoints: [{ service: 'Microsoft.Storage' }] } } })],
  },
  {
    statements: [66],
    what: 'a next hop in a network that is not peered',
    ask: [open, '203.0.113.200', 443, 'tcp'],
    verdict: 'denied',
    layer: 'route',
    rule: 'nowhere',
  },
  {
    statements: [72],
    what: 'straight there, back through a firewall that saw nothing',
    ask: [bDirect, shared, 443, 'tcp'],
    verdict: 'denied',
    layer: 'return-path',
    rule: 'via',
    change: [
      vnet(
        'vnet-hub',
        ['10.0.0.0/16'],
        [
          { name: 'AzureFirewallSubnet', prefix: '10.0.0.0/26' },
          { name: 'snet-shared', prefix: '10.0.1.0/24', table: 'rt-hub' },
        ],
        [
          { name: 'hub-to-a', to: 'vnet-a' },
          { name: 'hub-to-b', to: 'vnet-b' },
        ],
      ),
      routeTable('rt-hub', [['via', '10.2.0.0/16', 'VirtualAppliance', firewallAddress]]),
    ],
  },
  {
    statements: [72],
    what: 'through the firewall there, and the other side has no way back',
    ask: [open, bDirect, 443, 'tcp'],
    verdict: 'denied',
    layer: 'return-path',
    rule: 'system: 10.0.0.0/8 to None',
  },
  {
    statements: [72],
    what: 'from the internet to a subnet whose replies go to the firewall',
    ask: ['internet', 'subnet:snet-open', 22, 'tcp'],
    verdict: 'denied',
    layer: 'return-path',
    rule: 'default',
    change: [tableA(['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress])],
  },
  {
    statements: [61],
    what: 'a network that is alone',
    ask: [open, '10.9.1.10', 443, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
  },

  // Peering decides.
  {
    statements: [67],
    what: 'peering is not transitive: nothing between spokes without routes',
    ask: ['10.1.6.10', bDirect, 443, 'tcp'],
    verdict: 'denied',
    layer: 'route',
    rule: 'system: 10.0.0.0/8 to None',
  },
  {
    statements: [68],
    what: 'half a peering is none',
    ask: [shared, '10.8.1.10', 443, 'tcp'],
    verdict: 'denied',
    layer: 'route',
    rule: 'system: 10.0.0.0/8 to None',
  },
  {
    statements: [68],
    what: 'access off on one side',
    ask: [open, shared, 443, 'tcp'],
    verdict: 'denied',
    layer: 'peering',
    rule: 'hub-to-a: allowVirtualNetworkAccess false',
    change: [
      vnet(
        'vnet-hub',
        ['10.0.0.0/16'],
        [
          { name: 'AzureFirewallSubnet', prefix: '10.0.0.0/26' },
          { name: 'snet-shared', prefix: '10.0.1.0/24' },
        ],
        [
          { name: 'hub-to-a', to: 'vnet-a', access: false },
          { name: 'hub-to-b', to: 'vnet-b' },
        ],
      ),
    ],
  },
  {
    statements: [69, 67],
    what: 'forwarded traffic is let into the other spoke',
    ask: [open, b, 8080, 'tcp'],
    verdict: 'allowed',
    layer: 'peering',
    rule: 'hub-to-b',
  },
  {
    statements: [69],
    what: 'forwarded traffic is not',
    ask: [open, b, 8080, 'tcp'],
    verdict: 'denied',
    layer: 'peering',
    rule: 'b-to-hub: allowForwardedTraffic false',
    change: [spokeBWith(false)],
  },
  {
    statements: [68],
    what: 'Bastion to a spoke over the peering',
    ask: [bastion, web, 22, 'tcp'],
    verdict: 'allowed',
    layer: 'peering',
    rule: 'hub-to-a',
  },

  // The firewall decides: network rules.
  {
    statements: [73, 74, 84],
    what: 'a network rule by IP group',
    ask: [web, b, 443, 'tcp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: 'network/between/web-to-b',
  },
  {
    statements: [73],
    what: 'default deny',
    ask: [open, '203.0.113.9', 22, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
  },
  {
    statements: [74],
    what: 'the lower collection priority denies first',
    ask: [open, b, 9999, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: 'network/before/no-9999',
  },
  {
    statements: [75],
    what: 'the parent comes first, whatever the numbers',
    ask: [open, '203.0.113.9', 23, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: 'parent/deny/no-telnet',
  },
  {
    statements: [80],
    what: 'another host name',
    ask: [web, 'time.example.org', 123, 'udp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
    change: [tableA(['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress])],
  },
  {
    statements: [80],
    what: 'with the proxy, and no route past the firewall',
    ask: [web, 'ntp.example.com', 123, 'udp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: 'network/between/ntp',
    change: [tableA(['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress])],
  },
  {
    statements: [80],
    what: 'without the proxy it is open',
    ask: [web, 'ntp.example.com', 123, 'udp'],
    verdict: 'depends',
    layer: 'firewall',
    rule: 'network/between/ntp',
    change: [
      tableA(['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress]),
      policy('fp', { dnsSettings: { enableProxy: false } }),
    ],
  },
  {
    statements: [83],
    what: 'ICMP by a network rule',
    ask: [open, b, undefined, 'icmp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: 'network/between/open-to-b',
  },
  {
    statements: [84],
    what: 'a service tag in a network rule',
    ask: [open, 'tag:AzureMonitor', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: 'network/between/monitor',
    change: [tableA(['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress])],
  },
  {
    statements: [84],
    what: 'another service',
    ask: [open, 'tag:Storage', 443, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
    change: [tableA(['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress])],
  },
  {
    statements: [81, 82],
    what: 'a private destination sees the client',
    ask: [b, web, 8443, 'tcp'],
    verdict: 'allowed',
    layer: 'nsg',
    rule: 'AllowSpokeBIn',
  },
  {
    statements: [81, 82],
    what: 'always translated: it sees the firewall',
    ask: [b, web, 8443, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllIn',
    change: [policy('fp', { snat: { privateRanges: ['255.255.255.255/32'] } })],
  },
  {
    statements: [80],
    what: 'the proxy answers names',
    ask: [web, firewallAddress, 53, 'udp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: '(DNS proxy)',
  },
  {
    statements: [80],
    what: 'not when it is off',
    ask: [web, firewallAddress, 53, 'udp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
    change: [policy('fp', { dnsSettings: { enableProxy: false } })],
  },

  // The firewall decides: application rules.
  ...onlyDefaultRoute([
    {
      statements: [77],
      what: 'an application rule',
      ask: [web, 'updates.example.com', 443, 'tcp'],
      verdict: 'allowed',
      layer: 'firewall',
      rule: 'application/web/updates',
    },
    {
      statements: [77],
      what: 'a wildcard',
      ask: [web, 'a.b.example.com', 443, 'tcp'],
      verdict: 'allowed',
      layer: 'firewall',
      rule: 'application/web/wild',
    },
    {
      statements: [77],
      what: 'a wildcard does not hold its own parent',
      ask: [web, 'example.com', 443, 'tcp'],
      verdict: 'denied',
      layer: 'firewall',
      rule: '(default deny)',
    },
    {
      statements: [74],
      what: 'the denied name comes first',
      ask: [web, 'bad.example.com', 443, 'tcp'],
      verdict: 'denied',
      layer: 'firewall',
      rule: 'application/deny-first/no-bad',
    },
    {
      statements: [77],
      what: 'another name',
      ask: [web, 'www.example.org', 443, 'tcp'],
      verdict: 'denied',
      layer: 'firewall',
      rule: '(default deny)',
    },
    {
      statements: [77],
      what: 'the right name on another port',
      ask: [web, 'updates.example.com', 80, 'tcp'],
      verdict: 'denied',
      layer: 'firewall',
      rule: '(default deny)',
    },
    {
      statements: [77],
      what: 'an address without a name',
      ask: [web, '203.0.113.9', 443, 'tcp'],
      verdict: 'denied',
      layer: 'firewall',
      rule: '(default deny)',
    },
    {
      statements: [77],
      what: 'a rule with its own port',
      ask: [open, 'api.example.org', 8080, 'tcp'],
      verdict: 'allowed',
      layer: 'firewall',
      rule: 'application/web/proxy-8080',
    },
    {
      statements: [77],
      what: 'not from that source',
      ask: ['10.1.2.10', 'updates.example.com', 443, 'tcp'],
      verdict: 'denied',
      layer: 'nsg',
      rule: 'DenyAllOut',
    },
    {
      statements: [77],
      what: 'an FQDN tag',
      ask: [open, 'tag:AzureKubernetesService', 443, 'tcp'],
      verdict: 'allowed',
      layer: 'firewall',
      rule: 'application/web/aks',
      change: [
        rules('fp', 'application', 100, [
          {
            name: 'web',
            priority: 200,
            action: 'Allow',
            rules: [
              applicationRule('aks', ['10.1.4.0/24'], [], [['Https', 443]], { fqdnTags: ['AzureKubernetesService'] }),
            ],
          },
        ]),
      ],
    },
    {
      statements: [77],
      what: 'whether a name is in an FQDN tag is not known',
      ask: [open, 'mcr.microsoft.com', 443, 'tcp'],
      verdict: 'depends',
      layer: 'firewall',
      rule: 'application/web/aks',
    },
    {
      statements: [82, 81],
      what: 'an application rule translates the source',
      ask: [web, 'updates.example.com', 443, 'tcp'],
      verdict: 'allowed',
      layer: 'firewall',
      rule: '(source translation)',
    },
  ]),
  {
    statements: [74, 76],
    what: 'a network rule for 443 takes the flow before the denying application rule',
    ask: [web, 'bad.example.com', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: 'wide/all/https',
    change: [
      tableA(['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress]),
      rules('fp', 'wide', 65000, [
        { name: 'all', priority: 65000, action: 'Allow', rules: [networkRule('https', 'TCP', ['*'], ['*'], ['443'])] },
      ]),
    ],
  },
  {
    statements: [78, 82],
    what: 'translation to a group that does not admit the firewall',
    ask: ['internet', web, 443, 'tcp'],
    verdict: 'denied',
    layer: 'nsg',
    rule: 'DenyAllIn',
    change: [
      rules('fp', 'dnat', 100, [
        {
          name: 'in',
          priority: 100,
          action: 'Dnat',
          rules: [
            {
              ruleType: 'NatRule',
              name: 'web',
              ipProtocols: ['TCP'],
              sourceAddresses: ['*'],
              destinationAddresses: ['203.0.113.1'],
              destinationPorts: ['443'],
              translatedAddress: web,
              translatedPort: '443',
            },
          ],
        },
      ]),
    ],
  },
  {
    statements: [78, 82],
    what: 'translation to one address and port',
    ask: ['internet', b, 22, 'tcp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: 'dnat/in/ssh',
    change: [
      rules('fp', 'dnat', 100, [
        {
          name: 'in',
          priority: 100,
          action: 'Dnat',
          rules: [
            {
              ruleType: 'NatRule',
              name: 'ssh',
              ipProtocols: ['TCP'],
              sourceAddresses: ['*'],
              destinationAddresses: ['203.0.113.1'],
              destinationPorts: ['2222'],
              translatedAddress: b,
              translatedPort: '22',
            },
          ],
        },
      ]),
    ],
  },
  {
    statements: [78, 82],
    what: 'translation on the private address, as it is dialled',
    ask: ['10.1.6.7', '10.0.0.4', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: 'dnat/in/inside',
    change: [
      rules('fp', 'dnat', 100, [
        {
          name: 'in',
          priority: 100,
          action: 'Dnat',
          rules: [
            {
              ruleType: 'NatRule',
              name: 'inside',
              ipProtocols: ['TCP'],
              sourceAddresses: ['10.1.6.0/24'],
              destinationAddresses: ['10.0.0.4'],
              destinationPorts: ['443'],
              translatedAddress: b,
              translatedPort: '8443',
            },
          ],
        },
      ]),
    ],
  },
  {
    statements: [78, 82],
    what: 'translation on the private address, by the address behind it',
    ask: ['10.1.6.7', b, 8443, 'tcp'],
    verdict: 'allowed',
    layer: 'firewall',
    rule: 'dnat/in/inside',
    change: [
      rules('fp', 'dnat', 100, [
        {
          name: 'in',
          priority: 100,
          action: 'Dnat',
          rules: [
            {
              ruleType: 'NatRule',
              name: 'inside',
              ipProtocols: ['TCP'],
              sourceAddresses: ['10.1.6.0/24'],
              destinationAddresses: ['10.0.0.4'],
              destinationPorts: ['443'],
              translatedAddress: b,
              translatedPort: '8443',
            },
          ],
        },
      ]),
    ],
  },
  {
    statements: [78, 82],
    what: 'translation on the private address takes its own sources only',
    ask: ['10.1.4.7', '10.0.0.4', 443, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
    change: [
      rules('fp', 'dnat', 100, [
        {
          name: 'in',
          priority: 100,
          action: 'Dnat',
          rules: [
            {
              ruleType: 'NatRule',
              name: 'inside',
              ipProtocols: ['TCP'],
              sourceAddresses: ['10.1.6.0/24'],
              destinationAddresses: ['10.0.0.4'],
              destinationPorts: ['443'],
              translatedAddress: b,
              translatedPort: '8443',
            },
          ],
        },
      ]),
    ],
  },
  {
    statements: [78, 82],
    what: 'translation on the private address is none for the internet',
    ask: ['internet', b, 8443, 'tcp'],
    verdict: 'denied',
    layer: 'return-path',
    rule: 'default',
    change: [
      rules('fp', 'dnat', 100, [
        {
          name: 'in',
          priority: 100,
          action: 'Dnat',
          rules: [
            {
              ruleType: 'NatRule',
              name: 'inside',
              ipProtocols: ['TCP'],
              sourceAddresses: ['10.1.6.0/24'],
              destinationAddresses: ['10.0.0.4'],
              destinationPorts: ['443'],
              translatedAddress: b,
              translatedPort: '8443',
            },
          ],
        },
      ]),
    ],
  },
  {
    statements: [79],
    what: 'application rules do not apply to what comes in',
    ask: ['internet', 'subnet:AzureFirewallSubnet', 443, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
    change: [
      rules('fp', 'application', 100, [
        { name: 'web', priority: 100, action: 'Allow', rules: [applicationRule('all', ['*'], ['*'])] },
      ]),
    ],
  },

  // Private endpoints.
  {
    statements: [85],
    what: 'the endpoint beats the default route from the peered hub',
    ask: [shared, '10.1.5.4', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'system: private endpoint pe-vault',
  },
  {
    statements: [86],
    what: 'a user route beats it only with policies on and a long enough prefix',
    ask: [open, '10.1.5.4', 443, 'tcp'],
    verdict: 'denied',
    layer: 'firewall',
    rule: '(default deny)',
    change: [
      spokeAWith({ 'snet-ep': { nsg: undefined, more: { privateEndpointNetworkPolicies: 'Enabled' } } }),
      tableA(['ep', '10.1.0.0/16', 'VirtualAppliance', firewallAddress]),
    ],
  },
  {
    statements: [86],
    what: 'not with policies off',
    ask: [open, '10.1.5.4', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'system: private endpoint pe-vault',
    change: [tableA(['ep', '10.1.0.0/16', 'VirtualAppliance', firewallAddress])],
  },
  {
    statements: [86],
    what: 'never the default route',
    ask: [open, '10.1.5.4', 443, 'tcp'],
    verdict: 'allowed',
    layer: 'route',
    rule: 'system: private endpoint pe-vault',
    change: [spokeAWith({ 'snet-ep': { nsg: undefined, more: { privateEndpointNetworkPolicies: 'Enabled' } } })],
  },
];

function asgGroup(): ArmResource {
  const group = nsg('nsg-asg', [['DenyIn', 200, 'In', 'Deny', '*', '*', '*', '*']]);
  const asg = { id: idOf('applicationSecurityGroups', 'asg-x') };
  const allow = {
    name: 'AllowMembers',
    properties: {
      priority: 100,
      direction: 'Inbound',
      access: 'Allow',
      protocol: 'Tcp',
      sourcePortRange: '*',
      sourceApplicationSecurityGroups: [asg],
      destinationApplicationSecurityGroups: [asg],
      destinationPortRange: '8080',
    },
  };
  return {
    ...group,
    properties: { securityRules: [...((group.properties?.securityRules ?? []) as Json[]), allow] },
  };
}

/** With the one default route, so that what decides is the firewall alone. */
function onlyDefaultRoute(list: readonly Row[]): readonly Row[] {
  const change = tableA(['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress]);
  return list.map((row) => ({ ...row, change: [change, ...(row.change ?? [])] }));
}
