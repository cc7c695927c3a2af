import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ArmResource } from '../../model/resource.ts';
import type { State } from '../../model/state.ts';
import { verify } from '../verify.ts';
import { rules } from './all.ts';
import { type OfferName, offers } from './offers.ts';

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';

function stateOf(type: string, name: string, properties: Readonly<Record<string, unknown>>): State {
  const resource = { id: `${group}/providers/${type}/${name}`, name, type, location: 'eastus2', properties };
  return { resources: [resource as unknown as ArmResource], objects: [], origin: 'test', assumptions: [] };
}

const on = (state: State, day: string, id: string) => {
  const result = verify(state, [], {
    today: new Date(`${day}T12:00:00Z`),
    rules: rules.filter((rule) => rule.id === id),
  });
  return {
    proven: result.proven.map(({ ruleId }) => ruleId),
    findings: result.findings.map(({ message }) => message),
    notChecked: result.notChecked.map(({ missing, rest }) => `${missing.map(({ since }) => since).join()} ${rest}`),
  };
};

/** Days: release history of azure-mgmt-containerservice, as `offers` names its releases. */
describe('a rule that asks for what Azure does not offer yet', () => {
  test('is not checked before the day, and not proven; from that day on it is a finding', () => {
    const cluster = stateOf('Microsoft.ContainerService/managedClusters', 'aks', { securityProfile: {} });
    const id = 'old-images-are-removed';
    expect(on(cluster, '2022-08-25', id)).toEqual({ proven: [], findings: [], notChecked: ['2022-08-26 none'] });
    const after = on(cluster, '2022-08-26', id);
    expect([after.proven, after.notChecked]).toEqual([[], []]);
    expect(after.findings).toHaveLength(2);
  });

  test('is not proven either when its other parts hold, and says that they do', () => {
    const apiServerAccessProfile = {
      enablePrivateCluster: true,
      enablePrivateClusterPublicFQDN: false,
      privateDNSZone: `${group}/providers/Microsoft.Network/privateDnsZones/z`,
    };
    const type = 'Microsoft.ContainerService/managedClusters';
    const id = 'api-servers-are-private';
    const cluster = stateOf(type, 'aks', { apiServerAccessProfile });
    expect(on(cluster, '2021-12-14', id)).toEqual({ proven: [], findings: [], notChecked: ['2022-05-13 holds'] });
    const open = stateOf(type, 'aks', {
      apiServerAccessProfile: { ...apiServerAccessProfile, enablePrivateCluster: false },
    });
    const { findings, notChecked } = on(open, '2021-12-14', id);
    expect(findings).toEqual(['aks has false at properties.apiServerAccessProfile.enablePrivateCluster, not true.']);
    expect(notChecked).toEqual(['2022-05-13 fails']);
  });

  test('without a day everything is asked for', () => {
    const workspace = stateOf('Microsoft.OperationalInsights/workspaces', 'log', { features: {} });
    const result = verify(workspace, [], { rules: rules.filter(({ id }) => id === 'workspaces-take-no-keys') });
    expect(result.notChecked).toEqual([]);
    expect(result.findings).toHaveLength(1);
  });

  test('a state without what the rule is about has nothing that was not checked', () => {
    const { notChecked } = on(
      stateOf('Microsoft.Storage/storageAccounts', 'st', {}),
      '2021-12-14',
      'node-groups-are-locked',
    );
    expect(notChecked).toEqual([]);
  });
});

describe('what is accepted until its successor is offered', () => {
  const gateway = (sslPolicy: Readonly<Record<string, unknown>>) =>
    stateOf('Microsoft.Network/applicationGateways', 'agw', { sslPolicy });
  const id = 'gateways-take-strong-ciphers';
  const custom = { policyType: 'Custom', minProtocolVersion: 'TLSv1_2' };

  test.each([
    ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', []],
    ['TLS_RSA_WITH_AES_256_GCM_SHA384', ['agw takes TLS_RSA_WITH_AES_256_GCM_SHA384.']],
    ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', ['agw takes TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256.']],
  ])('a gateway’s own choice of %s', (suite, findings) => {
    expect(on(gateway({ ...custom, cipherSuites: [suite] }), '2021-12-14', id).findings).toEqual(findings);
  });

  test('a gateway’s own rules against attacks, which block', () => {
    const rulesOf = (firewallMode: string) =>
      stateOf('Microsoft.Network/applicationGateways', 'agw', {
        webApplicationFirewallConfiguration: {
          enabled: true,
          firewallMode,
          ruleSetType: 'OWASP',
          ruleSetVersion: '3.2',
          requestBodyCheck: true,
        },
      });
    const check = (mode: string, day: string) => on(rulesOf(mode), day, 'gateways-block-attacks').findings.length;
    expect([check('Prevention', '2021-12-14'), check('Detection', '2021-12-14')]).toEqual([0, 1]);
    expect(check('Prevention', '2026-11-24')).toBe(1);
  });
});

describe('what told or did the same before', () => {
  const many = (
    ...all: readonly (readonly [type: string, name: string, properties: Readonly<Record<string, unknown>>])[]
  ) => ({
    ...stateOf('', '', {}),
    resources: all.flatMap(([type, name, properties]) => stateOf(type, name, properties).resources),
  });

  const groupId = `${group}/providers/Microsoft.Network/networkSecurityGroups/nsg`;
  const network = [
    'Microsoft.Network/virtualNetworks',
    'vnet',
    {
      subnets: [
        { name: 'a', properties: { networkSecurityGroup: { id: groupId } } },
        { name: 'b', properties: {} },
      ],
    },
  ] as const;
  const log = (enabled: boolean) =>
    [
      'Microsoft.Network/networkWatchers/flowLogs',
      'w/log',
      {
        targetResourceId: groupId,
        enabled,
        retentionPolicy: { enabled: true, days: 365 },
        flowAnalyticsConfiguration: { networkWatcherFlowAnalyticsConfiguration: { enabled: true } },
      },
    ] as const;
  const logged = 'every-network-has-a-flow-log';

  test('flow logs of the security groups of a network, until networks have their own', () => {
    expect(on(many(network, log(true)), '2021-12-14', logged)).toEqual({
      proven: [],
      findings: [],
      notChecked: ['2023-03-20 holds'],
    });
    expect(on(many(network, log(false)), '2021-12-14', logged).findings).toEqual([
      'Security group nsg has no flow log that is on.',
    ]);
    expect(on(many(network, log(true)), '2023-03-20', logged).findings).toEqual([
      'Network vnet has no flow log that is on.',
    ]);
  });

  const plan = (name: string, pricingTier = 'Standard') =>
    ['Microsoft.Security/pricings', name, { pricingTier }] as const;
  const others = ['Arm', 'KeyVaults', 'StorageAccounts', 'VirtualMachines'].map((name) => plan(name));
  const plans = 'defender-plans-are-on';

  test('the two Defender plans before Containers, both of them', () => {
    const both = many(...others, plan('KubernetesService'), plan('ContainerRegistry'));
    expect(on(both, '2021-12-14', plans).findings).toEqual([]);
    const one = many(...others, plan('KubernetesService'), plan('ContainerRegistry', 'Free'));
    expect(on(one, '2021-12-14', plans).findings).toEqual(['The Defender plan Containers is not set.']);
    expect(on(both, '2026-11-24', plans).findings.join()).toMatch(/Containers is not set: it has taken the place/);
  });

  const pool = (name: string, mode: string, scope: string, ...nodeTaints: readonly string[]) => ({
    name,
    mode,
    nodeLabels: { 'pci-scope': scope },
    nodeTaints,
  });
  const scoped = pool('in', 'User', 'in-scope', 'pci-scope=in-scope:NoSchedule');
  const clusterOf = (...agentPoolProfiles: readonly unknown[]) =>
    stateOf('Microsoft.ContainerService/managedClusters', 'aks', { agentPoolProfiles });

  test('a system pool that takes what tolerates nothing, where no other pool does', () => {
    const id = 'pools-keep-scopes-apart';
    const open = pool('sys', 'System', 'system');
    expect(on(clusterOf(open, scoped), '2026-11-24', id).findings).toEqual([]);
    expect(on(clusterOf(open, scoped, pool('add', 'User', 'platform')), '2026-11-24', id).findings).toEqual([
      'aks lets anything run in its system pool sys, although another takes what tolerates nothing.',
    ]);
    expect(on(clusterOf(open, pool('in', 'User', 'in-scope')), '2026-11-24', id).findings.join()).toMatch(
      /its pool in/,
    );
  });

  test('pods in the subnets of their nodes, as long as scopes share none', () => {
    const of = (...subnets: readonly string[]) =>
      stateOf('Microsoft.ContainerService/managedClusters', 'aks', {
        networkProfile: { networkPlugin: 'azure' },
        agentPoolProfiles: subnets.map((vnetSubnetID, i) => ({ ...pool(`p${i}`, 'User', `scope-${i}`), vnetSubnetID })),
      });
    const id = 'pools-of-different-scope-share-no-subnet';
    expect(on(of('a', 'b'), '2021-12-14', id)).toEqual({ proven: [], findings: [], notChecked: ['2022-04-01 holds'] });
    expect(on(of('a', 'a'), '2021-12-14', id).findings).toHaveLength(1);
  });
});

test('every offer has a day that has come and a source, and a rule that asks for it', () => {
  const folder = import.meta.dirname;
  const sources = [folder, path.join(folder, 'resources')]
    .flatMap((one) => readdirSync(one).map((file) => path.join(one, file)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('offers.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  for (const [name, { day, source, what }] of Object.entries(offers)) {
    expect(day, name).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(day <= '2026-11-24', name).toBe(true);
    expect(source.length, name).toBeGreaterThan(20);
    expect(what.length, name).toBeGreaterThan(5);
    expect(sources.includes(`'${name}'`), name).toBe(true);
  }
  const days = (Object.keys(offers) as OfferName[]).map((name) => offers[name].day);
  expect([...days].sort()).toEqual(days);
});
