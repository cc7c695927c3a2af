import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPrefix, type Prefix } from '../kernel/address.ts';
import { clusterPlan, hubPlan, imageSpokePlan, prefixOf } from './address-plan.ts';
import { specOf } from './test-spec.ts';

const texts = (subnets: object): Record<string, string> =>
  Object.fromEntries(Object.entries(subnets).map(([name, range]) => [name, formatPrefix(range as Prefix)]));

/** Source: the address plan of profile `current` in the design of the landing zone, section 4. */
describe('the default plan', () => {
  const spec = specOf('');

  test('of the hub', () => {
    expect(spec.hubs).toHaveLength(1);
    expect(spec.hubs[0].region).toBe('eastus2');
    expect(formatPrefix(spec.hubs[0].network.addressSpace)).toBe('10.200.0.0/24');
    expect(texts(spec.hubs[0].network.subnets)).toEqual({
      firewall: '10.200.0.0/26',
      gateway: '10.200.0.64/27',
      bastion: '10.200.0.128/26',
    });
  });

  test('of the image spoke', () => {
    expect(spec.imageSpoke.region).toBe('eastus2');
    expect(formatPrefix(spec.imageSpoke.network.addressSpace)).toBe('10.241.0.0/26');
    expect(texts(spec.imageSpoke.network.subnets)).toEqual({ build: '10.241.0.0/27', containers: '10.241.0.32/27' });
  });

  test('of the cluster', () => {
    const [{ name, region, network }] = spec.clusters;
    expect({ name, region }).toEqual({ name: '01', region: 'eastus2' });
    expect(formatPrefix(network.addressSpace)).toBe('10.240.0.0/16');
    expect(texts(network.subnets)).toEqual({
      managementOps: '10.240.1.0/28',
      managementAgents: '10.240.2.0/26',
      apiServer: '10.240.3.0/28',
      ingressServices: '10.240.4.0/28',
      applicationGateway: '10.240.5.0/24',
      systemNodePool: '10.240.8.0/24',
      platformNodePool: '10.240.9.0/24',
      inScopeNodePools: '10.240.12.0/24',
      outOfScopeNodePools: '10.240.16.0/24',
      podsSystem: '10.240.32.0/20',
      podsPlatform: '10.240.48.0/20',
      podsInScope: '10.240.64.0/18',
      podsOutOfScope: '10.240.128.0/18',
      privateLinkEndpoints: '10.240.250.0/26',
      acrAgents: '10.240.251.0/28',
    });
    expect(network.ingressAddress).toBe('10.240.4.4');
    expect(formatPrefix(network.services)).toBe('172.16.0.0/16');
    expect(network.dnsServiceAddress).toBe('172.16.0.10');
  });

  test('says the length that its space has', () => {
    for (const plan of [hubPlan, imageSpokePlan, clusterPlan]) expect(prefixOf(plan.space).length).toBe(plan.length);
  });
});

describe('derived plans', () => {
  test('follow the address space', () => {
    const { network } = specOf('clusters: [{network: {addressSpace: 10.7.0.0/16, services: 192.168.128.0/17}}]')
      .clusters[0];
    expect(texts(network.subnets).podsInScope).toBe('10.7.64.0/18');
    expect(network.ingressAddress).toBe('10.7.4.4');
    expect(network.dnsServiceAddress).toBe('192.168.128.10');
  });

  test('keep the place of what is not given, and the ingress address follows its subnet', () => {
    const { network } = specOf('clusters: [{network: {subnets: {ingressServices: 10.240.6.32/27}}}]').clusters[0];
    expect(network.ingressAddress).toBe('10.240.6.36');
    expect(texts(network.subnets).apiServer).toBe('10.240.3.0/28');
  });

  test('give every cluster its range, 10.241 being the image spoke’s, and every region its hub', () => {
    const spec = specOf('clusters: [{region: westeurope}, {}, {region: westeurope}, {region: uksouth}]');
    expect(spec.clusters.map((one) => `${one.name} ${one.region} ${formatPrefix(one.network.addressSpace)}`)).toEqual([
      '01 westeurope 10.240.0.0/16',
      '02 eastus2 10.242.0.0/16',
      '03 westeurope 10.243.0.0/16',
      '04 uksouth 10.244.0.0/16',
    ]);
    expect(spec.hubs.map((one) => `${one.region} ${formatPrefix(one.network.addressSpace)}`)).toEqual([
      'westeurope 10.200.0.0/24',
      'eastus2 10.200.1.0/24',
      'uksouth 10.200.2.0/24',
    ]);
    expect(spec.imageSpoke.region).toBe('westeurope');
  });

  /** Second method: plain numbers, and a set of every /28 that a subnet covers. */
  test('lie inside their network and apart from each other, wherever that is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), (second) => {
        const { network } = specOf(`clusters: [{network: {addressSpace: 10.${second}.0.0/16}}]`).clusters[0];
        const taken = new Set<number>();
        let blocks = 0;
        for (const range of Object.values(texts(network.subnets))) {
          const [a, b, c, d, length] = range.split(/[./]/).map(Number) as [number, number, number, number, number];
          expect([a, b]).toEqual([10, second]);
          const first = c * 256 + d;
          for (let block = first; block < first + 2 ** (32 - length); block += 16) {
            taken.add(block);
            blocks++;
          }
        }
        expect(taken.size).toBe(blocks);
        expect(Math.max(...taken)).toBeLessThan(65536);
      }),
      { numRuns: 50 },
    );
  });
});

/** Source: the address plan of profile `2021` in the design of the landing zone, section 4. */
test('the default plan of profile 2021 is that of the reference implementation', () => {
  const spec = specOf('profile: 2021\n');
  expect(texts(spec.hubs[0].network.subnets)).toEqual({
    firewall: '10.200.0.0/26',
    gateway: '10.200.0.64/27',
    bastion: '10.200.0.128/26',
  });
  expect(formatPrefix(spec.imageSpoke.network.addressSpace)).toBe('10.241.0.0/28');
  expect(texts(spec.imageSpoke.network.subnets)).toEqual({ build: '10.241.0.0/28' });
  expect(texts(spec.clusters[0].network.subnets)).toEqual({
    managementOps: '10.240.1.0/28',
    managementAgents: '10.240.2.0/26',
    ingressServices: '10.240.4.0/28',
    applicationGateway: '10.240.4.16/28',
    systemNodePool: '10.240.8.0/22',
    inScopeNodePools: '10.240.12.0/22',
    outOfScopeNodePools: '10.240.16.0/22',
    // Larger than the original's /28, for the endpoint of monitoring ("Configure private link for Azure Monitor": /27).
    privateLinkEndpoints: '10.240.250.0/26',
    acrAgents: '10.240.251.0/28',
  });
  expect(spec.clusters[0].network.ingressAddress).toBe('10.240.4.4');
});
