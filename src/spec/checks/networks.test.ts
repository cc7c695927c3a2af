import { describe, expect, test } from 'vitest';
import { problemsOf, specOf, summary } from '../test-spec.ts';

const cluster = (network: string) => `clusters:\n  - network:\n      ${network}\n`;
const subnet = (text: string) => `clusters:\n  - network:\n      subnets:\n        ${text}\n`;
const hub = (text: string) => `hubs:\n  - region: eastus2\n    network:\n      subnets:\n        ${text}\n`;

/**
 * Sources: Microsoft, "Azure Virtual Network FAQ" (ranges that cannot be used, five reserved addresses, smallest subnet /29); "Azure
 * CNI networking in AKS" (ranges that AKS refuses; services smaller than /12; the first service address); "Azure Bastion
 * configuration settings" (/26 or larger); "Azure Firewall FAQ" (/26); "About VPN gateway configuration" (/27); "API server VNet
 * integration" (/28); "Configure private link for Azure Monitor" (/27). RFC 1918, RFC 6598.
 */
const refused: readonly (readonly [name: string, text: string, ...problems: string[]])[] = [
  ['no range', cluster('addressSpace: ten'), 'SPEC_RANGE_INVALID 3:21'],
  ['an address for a range', cluster('addressSpace: 10.0.0.0'), 'SPEC_RANGE_INVALID 3:21'],
  ['a prefix of 33 bits', cluster('addressSpace: 10.0.0.0/33'), 'SPEC_RANGE_INVALID 3:21'],
  ['five parts', cluster('addressSpace: 10.0.0.0.0/16'), 'SPEC_RANGE_INVALID 3:21'],
  ['a part above 255', cluster('addressSpace: 10.256.0.0/16'), 'SPEC_RANGE_INVALID 3:21'],
  ['a leading zero', cluster('addressSpace: 010.1.0.0/16'), 'SPEC_RANGE_INVALID 3:21'],
  ['white space', cluster('addressSpace: "10.1.0.0/16 "'), 'SPEC_RANGE_INVALID 3:21'],
  ['IPv6', cluster('addressSpace: "fd00::/48"'), 'SPEC_RANGE_INVALID 3:21'],
  ['host bits', cluster('addressSpace: 10.240.1.0/16'), 'SPEC_HOST_BITS 3:21'],
  ['multicast', cluster('addressSpace: 224.1.0.0/16'), 'SPEC_RANGE_RESERVED 3:21'],
  ['broadcast', cluster('addressSpace: 255.255.0.0/16'), 'SPEC_RANGE_RESERVED 3:21'],
  ['loopback', cluster('addressSpace: 127.0.0.0/16'), 'SPEC_RANGE_RESERVED 3:21'],
  ['link-local', cluster('addressSpace: 169.254.0.0/16'), 'SPEC_RANGE_RESERVED 3:21'],
  ["Azure's own DNS", cluster('addressSpace: 168.63.0.0/16'), 'SPEC_RANGE_RESERVED 3:21'],
  ['172.30, which AKS keeps', cluster('addressSpace: 172.30.0.0/16'), 'SPEC_RANGE_RESERVED 3:21'],
  ['172.31, which AKS keeps', cluster('services: 172.31.0.0/18'), 'SPEC_RANGE_RESERVED 3:17'],
  ['a range around 172.30', cluster('services: 172.24.0.0/13'), 'SPEC_RANGE_RESERVED 3:17'],
  ['192.0.2, which AKS keeps', cluster('services: 192.0.2.0/24'), 'SPEC_RANGE_RESERVED 3:17'],
  ['public addresses', cluster('addressSpace: 11.0.0.0/16'), 'SPEC_RANGE_PUBLIC 3:21'],
  ['public addresses above 172.31', cluster('addressSpace: 172.32.0.0/16'), 'SPEC_RANGE_PUBLIC 3:21'],
  ['private addresses with public ones', cluster('services: 192.160.0.0/13'), 'SPEC_RANGE_PUBLIC 3:17'],
  ['a small network without subnets', cluster('addressSpace: 10.9.0.0/20'), 'SPEC_SUBNETS_MISSING 3:21'],
  [
    'a small hub without subnets',
    'hubs:\n  - region: eastus2\n    network: {addressSpace: 10.9.0.0/25}\n',
    'SPEC_SUBNETS_MISSING 3:29',
  ],
  [
    'a large image spoke without subnets',
    'imageSpoke:\n  network: {addressSpace: 10.9.0.0/24}\n',
    'SPEC_SUBNETS_MISSING 2:27',
  ],
  ['a subnet outside', subnet('apiServer: 10.239.3.0/28'), 'SPEC_SUBNET_OUTSIDE 4:20'],
  [
    'a subnet larger than its network',
    hub('firewall: 10.200.0.0/23'),
    'SPEC_SUBNET_OUTSIDE 5:19',
    'SPEC_SUBNETS_OVERLAP 5:19',
    'SPEC_SUBNETS_OVERLAP 5:19',
  ],
  ['two subnets that overlap', subnet('apiServer: 10.240.8.128/28'), 'SPEC_SUBNETS_OVERLAP 4:20'],
  ['a subnet inside another', subnet('acrAgents: 10.240.130.0/24'), 'SPEC_SUBNETS_OVERLAP 4:20'],
  ['a firewall subnet of /27', hub('firewall: 10.200.0.0/27'), 'SPEC_SUBNET_TOO_SMALL 5:19'],
  ['a Bastion subnet of /27', hub('bastion: 10.200.0.128/27'), 'SPEC_SUBNET_TOO_SMALL 5:18'],
  ['a gateway subnet of /28', hub('gateway: 10.200.0.64/28'), 'SPEC_SUBNET_TOO_SMALL 5:18'],
  ['an API server subnet of /29', subnet('apiServer: 10.240.3.0/29'), 'SPEC_SUBNET_TOO_SMALL 4:20'],
  ['an Application Gateway subnet of /27', subnet('applicationGateway: 10.240.5.0/27'), 'SPEC_SUBNET_TOO_SMALL 4:29'],
  ['a private endpoint subnet of /28', subnet('privateLinkEndpoints: 10.240.250.0/28'), 'SPEC_SUBNET_TOO_SMALL 4:31'],
  ['an ingress subnet of /30', subnet('ingressServices: 10.240.4.0/30'), 'SPEC_SUBNET_TOO_SMALL 4:26'],
  ['a node subnet of /28', subnet('systemNodePool: 10.240.8.0/28'), 'SPEC_SUBNET_TOO_SMALL 4:25'],
  ['a pod subnet of /25', subnet('podsSystem: 10.240.32.0/25'), 'SPEC_SUBNET_TOO_SMALL 4:21'],
  ['services of /12', cluster('services: 100.64.0.0/12'), 'SPEC_SERVICES_SIZE 3:17'],
  ['services of /25', cluster('services: 172.16.0.0/25'), 'SPEC_SERVICES_SIZE 3:17'],
  ['services in the network', cluster('services: 10.240.0.0/20'), 'SPEC_RANGES_OVERLAP 3:17'],
  ['services in the hub', cluster('services: 10.200.0.0/16'), 'SPEC_RANGES_OVERLAP 3:17'],
  ['an ingress address that is none', cluster('ingressAddress: 10.240.4'), 'SPEC_ADDRESS_INVALID 3:23'],
  ['an ingress address elsewhere', cluster('ingressAddress: 10.240.5.4'), 'SPEC_ADDRESS_OUTSIDE 3:23'],
  ['the fourth address of the ingress subnet', cluster('ingressAddress: 10.240.4.3'), 'SPEC_ADDRESS_RESERVED 3:23'],
  ['the last address of the ingress subnet', cluster('ingressAddress: 10.240.4.15'), 'SPEC_ADDRESS_RESERVED 3:23'],
  ['a DNS address elsewhere', cluster('dnsServiceAddress: 172.17.0.10'), 'SPEC_ADDRESS_OUTSIDE 3:26'],
  ['the first service address for DNS', cluster('dnsServiceAddress: 172.16.0.1'), 'SPEC_ADDRESS_RESERVED 3:26'],
  ['the network address for DNS', cluster('dnsServiceAddress: 172.16.0.0'), 'SPEC_ADDRESS_RESERVED 3:26'],
  ['two hubs in a region', 'hubs:\n  - region: eastus2\n  - region: eastus2\n', 'SPEC_HUB_TWICE 3:13'],
  [
    'a cluster without a hub',
    'hubs:\n  - region: eastus2\nclusters:\n  - region: eastus2\n  - region: eastus\n',
    'SPEC_HUB_MISSING 5:13',
  ],
  ['an image spoke without a hub', 'imageSpoke:\n  region: uksouth\n', 'SPEC_HUB_MISSING 2:11'],
  ['two clusters of a name', 'clusters:\n  - name: "02"\n  - region: eastus2\n', 'SPEC_NAME_TWICE 2:11'],
  ['a sixteenth cluster without a range', `clusters:\n${'  - {}\n'.repeat(16)}`, 'SPEC_RANGE_MISSING 17:5'],
];

describe('networks', () => {
  test.each(refused)('%s: refused', (_, text, ...problems) => {
    expect(summary(text)).toEqual(problems);
  });

  test('that overlap are both named with line and column', () => {
    const text =
      'hubs:\n  - region: eastus2\n    network:\n      addressSpace: 10.20.0.0/24\nclusters:\n  - network:\n      addressSpace: 10.20.0.0/16\n';
    const [problem] = problemsOf(text);
    expect(problem).toMatchObject({
      code: 'SPEC_RANGES_OVERLAP',
      place: { file: 'landing-zone.yaml', line: 4, column: 21, path: 'hubs[0].network.addressSpace' },
      related: [{ file: 'landing-zone.yaml', line: 7, column: 21, path: 'clusters[0].network.addressSpace' }],
    });
    expect(summary(text)).toHaveLength(1);
  });

  test('that overlap with a default are named where the file says something', () => {
    const [problem] = problemsOf('imageSpoke:\n  network:\n    addressSpace: 10.200.0.64/26\n');
    expect(problem).toMatchObject({ code: 'SPEC_RANGES_OVERLAP', place: { line: 3, column: 19 }, related: [] });
    expect(problem?.message).toContain('10.200.0.0/24');
  });

  test('of clusters may share their service range, and take the smallest sizes', () => {
    const spec = specOf(
      'clusters: [{}, {network: {subnets: {ingressServices: 10.242.4.0/29}, services: 100.72.0.0/13}}, {}]',
    );
    expect(spec.clusters).toHaveLength(3);
    expect(spec.clusters[1]?.network.ingressAddress).toBe('10.242.4.4');
  });

  test('say the block that was meant', () => {
    expect(problemsOf(cluster('addressSpace: 10.240.1.0/16'))[0]?.hint).toBe(
      'The block that holds it is 10.240.0.0/16.',
    );
  });
});
