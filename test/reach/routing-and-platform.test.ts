import { describe, expect, it } from 'vitest';
import type { ArmResource } from '../../src/model/resource.ts';
import { askReach, verify } from '../../src/verify/index.ts';
import { idOf, nsg, routeTable, vnet } from './arm-shapes.ts';
import { clusterZone, managedCluster } from './cluster-zone.ts';
import { hub, landingZone, spokeA, spokeB } from './landing-zone.ts';

/** Statements about gateways, peerings and subnets of the platform that no question about single packets shows. */

const gatewayIn = (network: string): ArmResource => ({
  id: idOf('virtualNetworkGateways', `vpn-${network}`),
  name: `vpn-${network}`,
  type: 'Microsoft.Network/virtualNetworkGateways',
  properties: {
    ipConfigurations: [{ properties: { subnet: { id: `${idOf('virtualNetworks', network)}/subnets/GatewaySubnet` } } }],
  },
});
const withGateway = (name: string, prefix: string, subnets: Parameters<typeof vnet>[2]): ArmResource =>
  vnet(
    name,
    [prefix],
    [...subnets, { name: 'GatewaySubnet', prefix: `${prefix.split('.').slice(0, 2).join('.')}.255.0/27` }],
  );
const findings = (state: ReturnType<typeof landingZone>, id: string) =>
  verify(state, []).findings.filter((one) => one.ruleId === id);
const ask = (state: ReturnType<typeof landingZone>, from: string, to: string, port: number) => {
  const answer = askReach(state, { from, to, port });
  return { ...answer, trail: answer.hops.map((hop) => `${hop.layer} ${hop.rule}`) };
};

describe('what a gateway learns', () => {
  const lone = withGateway('vnet-lone', '10.9.0.0/16', [
    { name: 'snet-lone', prefix: '10.9.1.0/24' },
    { name: 'snet-kept', prefix: '10.9.2.0/24', table: 'rt-kept' },
  ]);
  const kept = routeTable('rt-kept', []);
  const keeping = { ...kept, properties: { ...kept.properties, disableBgpRoutePropagation: true } };
  const state = landingZone(lone, keeping, gatewayIn('vnet-lone'));

  it('60: does not take what the platform routes inside the network, and may take the rest', () => {
    expect(ask(state, '10.9.1.4', '10.9.2.4', 443).verdict).toBe('allowed');
    const out = ask(state, '10.9.1.4', '192.0.2.1', 443);
    expect(out.verdict).toBe('depends');
    expect(out.assumptions.join()).toContain('virtual network gateway is not in the state');
  });

  it('65: stays out of a subnet whose route table does not propagate it', () => {
    expect(ask(state, '10.9.2.4', '192.0.2.1', 443).verdict).toBe('allowed');
    const open = landingZone(lone, kept, gatewayIn('vnet-lone'));
    expect(ask(open, '10.9.2.4', '192.0.2.1', 443).verdict).toBe('depends');
  });
});

/** A network with another flag at its peering to the hub, as the hub has it towards the network. */
const flagged = (network: ArmResource, remote: string, flag: object): ArmResource => {
  const properties = network.properties as {
    virtualNetworkPeerings: { properties: { remoteVirtualNetwork: { id: string } } }[];
  };
  return {
    ...network,
    properties: {
      ...network.properties,
      virtualNetworkPeerings: properties.virtualNetworkPeerings.map((one) =>
        one.properties.remoteVirtualNetwork.id === idOf('virtualNetworks', remote)
          ? { ...one, properties: { ...one.properties, ...flag } }
          : one,
      ) as never,
    },
  };
};

describe('70: remote gateways', () => {
  const id = 'remote-gateways-are-offered';
  const uses = flagged(spokeA, 'vnet-hub', { useRemoteGateways: true });

  it('must be offered by the other side', () => {
    expect(findings(landingZone(uses), id)).toMatchObject([{ message: expect.stringContaining('gateway transit') }]);
    const offers = flagged(hub, 'vnet-a', { allowGatewayTransit: true });
    expect(findings(landingZone(uses, offers), id)).toEqual([]);
  });

  it('are learned from by the network that uses them, and by no other', () => {
    const offers = flagged(hub, 'vnet-a', { allowGatewayTransit: true });
    const state = landingZone(uses, offers, gatewayIn('vnet-hub'));
    expect(ask(state, '10.1.6.7', '192.0.2.1', 443).verdict).toBe('depends');
    expect(ask(state, '10.2.2.10', '192.0.2.1', 443).verdict).toBe('allowed');
  });
});

it('71: peers whose address spaces overlap are found', () => {
  const twin = {
    ...spokeB,
    properties: { ...spokeB.properties, addressSpace: { addressPrefixes: ['10.0.128.0/17'] } },
  } as ArmResource;
  expect(findings(landingZone(), 'peered-networks-do-not-overlap')).toEqual([]);
  expect(findings(landingZone(twin), 'peered-networks-do-not-overlap').length).toBeGreaterThan(0);
});

it('57: the subnets of firewall and gateway take no security group, and are asked for none', () => {
  const without = findings(landingZone(), 'subnet-has-network-security-group').map((one) => one.message);
  expect(without.join()).not.toMatch(/AzureFirewallSubnet|GatewaySubnet/);
  expect(without.join()).toContain('snet-bare');
  const guarded = JSON.parse(JSON.stringify(hub)) as {
    properties: { subnets: { name: string; properties: object }[] };
  };
  const subnet = guarded.properties.subnets.find((one) => one.name === 'AzureFirewallSubnet');
  Object.assign(subnet?.properties ?? {}, { networkSecurityGroup: { id: idOf('networkSecurityGroups', 'nsg-db') } });
  expect(
    findings(landingZone(guarded as unknown as ArmResource), 'subnet-has-network-security-group')
      .map((one) => one.message)
      .join(),
  ).toContain('AzureFirewallSubnet');
});

it('91: a private endpoint alone does not close a service: its public access must be off', () => {
  const vault = (publicNetworkAccess: string): ArmResource => ({
    id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv',
    name: 'kv',
    type: 'Microsoft.KeyVault/vaults',
    properties: { publicNetworkAccess, networkAcls: { defaultAction: 'Deny', bypass: 'None' } },
  });
  expect(findings(landingZone(vault('Disabled')), 'vaults-are-private')).toEqual([]);
  expect(findings(landingZone(vault('Enabled')), 'vaults-are-private')).toHaveLength(1);
});

it('94: nodes must get through to an API server in their network', () => {
  const cluster = (subnet: string): ArmResource => {
    const base = managedCluster(undefined, [
      { name: 'in', vnetSubnetID: `${idOf('virtualNetworks', 'vnet-c')}/subnets/snet-nodes-in` },
    ]);
    const subnetId = `${idOf('virtualNetworks', 'vnet-c')}/subnets/${subnet}`;
    return { ...base, properties: { ...base.properties, apiServerAccessProfile: { subnetId } } };
  };
  const id = 'nodes-reach-their-api-server';
  expect(findings(clusterZone([], [cluster('snet-gateway')]), id)).toEqual([]);
  const closed = nsg('nsg-pods-out', [['AllowSome', 100, 'In', 'Allow', 'Tcp', '10.4.1.0/24', '*', '443']]);
  const shut = nsg('nsg-pods-out', [['DenyAllIn', 100, 'In', 'Deny', '*', '*', '*', '*']]);
  expect(findings(clusterZone([], [cluster('snet-pods-out'), closed]), id)).toEqual([]);
  expect(findings(clusterZone([], [cluster('snet-pods-out'), shut]), id)).toMatchObject([
    { message: expect.stringContaining('nsg DenyAllIn') },
  ]);
});

it('47: replies need no rule', () => {
  // Both groups deny everything else in both directions: what gets through does so with its reply.
  const answer = ask(landingZone(), '10.1.1.10', '10.1.2.10', 1433);
  expect(answer.verdict).toBe('allowed');
  expect(answer.trail.filter((one) => one.startsWith('nsg'))).toHaveLength(2);
});
