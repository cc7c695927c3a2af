import { describe, expect, it } from 'vitest';
import type { ArmResource } from '../../src/model/resource.ts';
import { askReach, type ReachQuestion, readNetwork, verify } from '../../src/verify/index.ts';
import { idOf, nsg, vnet } from './arm-shapes.ts';
import { clusterZone, managedCluster } from './cluster-zone.ts';
import { landingZone, spokeAPeerings, spokeASubnets, spokeB } from './landing-zone.ts';

/** Layers beside security groups, routes, peerings and the firewall; each with the statement or page that it follows. */

const resource = (type: string, name: string, properties: object): ArmResource => ({
  id: idOf(type, name),
  name,
  type: `Microsoft.Network/${type}`,
  properties: properties as never,
});
const ask = (state: ReturnType<typeof landingZone>, from: string, to: string, more: Partial<ReachQuestion> = {}) => {
  const answer = askReach(state, { from, to, ...more });
  return { ...answer, trail: answer.hops.map((hop) => `${hop.layer} ${hop.rule}`) };
};

describe('private names', () => {
  const zone = resource('privateDnsZones', 'privatelink.example.net', {});
  const record: ArmResource = {
    id: `${zone.id}/A/vault`,
    name: 'privatelink.example.net/vault',
    type: 'Microsoft.Network/privateDnsZones/A',
    properties: { aRecords: [{ ipv4Address: '10.1.5.4' }] },
  };
  const link = (network: string): ArmResource => ({
    id: `${zone.id}/virtualNetworkLinks/${network}`,
    name: `privatelink.example.net/${network}`,
    type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
    properties: { virtualNetwork: { id: idOf('virtualNetworks', network) } },
  });
  const name = 'vault.privatelink.example.net';

  it('89: where DNS goes through the firewall, the zone must be linked to the hub', () => {
    const hub = ask(landingZone(zone, record, link('vnet-hub')), '10.1.4.7', name, { port: 443 });
    expect(hub.trail[0]).toBe(`dns ${name} is 10.1.5.4`);
    expect(hub.packet.destination).toBe('10.1.5.4');
    expect(hub.verdict).toBe('allowed');
    const spoke = ask(landingZone(zone, record, link('vnet-a')), '10.1.4.7', name, { port: 443 });
    expect(spoke.trail[0]).toBe('dns privatelink.example.net is not seen from there');
    expect(spoke.packet.destination).not.toBe('10.1.5.4');
  });

  it('88: a linked zone answers networks that ask the platform, and nobody else', () => {
    const state = landingZone(zone, record, link('vnet-b'));
    expect(ask(state, '10.2.1.10', name, { port: 443 }).trail[0]).toBe(`dns ${name} is 10.1.5.4`);
    expect(ask(state, '10.9.1.4', name, { port: 443 }).trail[0]).toContain('is not seen from there');
  });

  it('88: a linked zone without the record says that the name does not exist', () => {
    expect(() => ask(landingZone(zone, link('vnet-hub')), '10.1.4.7', name)).toThrow(
      expect.objectContaining({ code: 'ENDPOINT_NAME_UNRESOLVED' }) as Error,
    );
  });
});

describe('load balancers', () => {
  const frontendSubnet = `${idOf('virtualNetworks', 'vnet-a')}/subnets/snet-tags`;
  const balancer = (floating: boolean): ArmResource => {
    const id = idOf('loadBalancers', 'lb');
    return resource('loadBalancers', 'lb', {
      frontendIPConfigurations: [
        {
          id: `${id}/frontendIPConfigurations/in`,
          name: 'in',
          properties: { privateIPAddress: '10.1.7.4', subnet: { id: frontendSubnet } },
        },
      ],
      backendAddressPools: [
        {
          id: `${id}/backendAddressPools/web`,
          name: 'web',
          properties: { loadBalancerBackendAddresses: [{ name: 'a', properties: { ipAddress: '10.1.1.10' } }] },
        },
      ],
      loadBalancingRules: [
        {
          name: 'https',
          properties: {
            frontendIPConfiguration: { id: `${id}/frontendIPConfigurations/in` },
            backendAddressPool: { id: `${id}/backendAddressPools/web` },
            protocol: 'Tcp',
            frontendPort: 443,
            backendPort: floating ? 443 : 8443,
            enableFloatingIP: floating,
          },
        },
      ],
    });
  };
  const web = (...rules: Parameters<typeof nsg>[1][number][]) =>
    nsg('nsg-web', [...rules, ['DenyAllIn', 4096, 'In', 'Deny', '*', '*', '*', '*']]);
  const client = '10.1.6.7';

  it('49: the rule sees the client and the port of the backend', () => {
    const toBackend = web(['AllowBackend', 100, 'In', 'Allow', 'Tcp', client, '10.1.1.10', '8443']);
    const open = ask(landingZone(balancer(false), toBackend), client, '10.1.7.4', { port: 443 });
    expect(open.trail).toEqual(expect.arrayContaining(['load-balancer https', 'nsg AllowBackend']));
    expect(open.verdict).toBe('allowed');
    const toFrontend = web(['AllowFrontend', 100, 'In', 'Allow', 'Tcp', client, '10.1.7.4', '443']);
    expect(ask(landingZone(balancer(false), toFrontend), client, '10.1.7.4', { port: 443 }).trail.at(-1)).toBe(
      'nsg DenyAllIn',
    );
  });

  it('93: with floating IP the backend’s group sees the frontend’s address; where the frontend’s own group says otherwise it is open', () => {
    const toFrontend = web(['AllowFrontend', 100, 'In', 'Allow', 'Tcp', client, '10.1.7.4', '443']);
    const answer = ask(landingZone(balancer(true), toFrontend), client, '10.1.7.4', { port: 443 });
    expect(answer.verdict).toBe('allowed');
    expect(answer.trail).toContain('nsg AllowFrontend');
    const closed = nsg('nsg-tags', [['DenyAllIn', 100, 'In', 'Deny', '*', '*', '*', '*']]);
    const disputed = ask(landingZone(balancer(true), toFrontend, closed), client, '10.1.7.4', { port: 443 });
    expect(disputed.verdict).toBe('depends');
    expect(disputed.assumptions.join()).toContain('floating IP');
    const toBackend = web(['AllowBackend', 100, 'In', 'Allow', 'Tcp', client, '10.1.1.10', '443']);
    expect(ask(landingZone(balancer(true), toBackend), client, '10.1.7.4', { port: 443 }).verdict).toBe('denied');
  });

  it('takes what its rules name', () => {
    expect(ask(landingZone(balancer(false)), client, '10.1.7.4', { port: 80 }).trail.at(-1)).toBe(
      'load-balancer (no load balancing rule)',
    );
  });

  it('93: the load balancer that AKS makes for a service stands before the nodes', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        namespace: 'shop',
        name: 'in',
        annotations: {
          'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
          'service.beta.kubernetes.io/azure-load-balancer-ipv4': '10.4.5.77',
        },
      },
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 443 }], selector: { app: 'web' } },
    };
    const nodes = `${idOf('virtualNetworks', 'vnet-c')}/subnets/snet-nodes-in`;
    const state = clusterZone([service], [managedCluster(undefined, [{ name: 'in', vnetSubnetID: nodes }])]);
    const answer = ask(state, '10.4.5.9', '10.4.5.77', { port: 443 });
    expect(answer.trail).toContain('load-balancer 443');
    expect(answer.hops.find((hop) => hop.layer === 'load-balancer')?.resource).toBe('Service shop/in');
  });
});

describe('security admin rules', () => {
  const base = idOf('networkManagers', 'nm');
  const collection: ArmResource = {
    id: `${base}/securityAdminConfigurations/c/ruleCollections/r`,
    name: 'nm/c/r',
    type: 'Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections',
    properties: { appliesToGroups: [{ networkGroupId: `${base}/networkGroups/g` }] },
  };
  const rule = (access: string): ArmResource => ({
    id: `${collection.id}/rules/ssh`,
    name: 'nm/c/r/ssh',
    type: `${collection.type}/rules`,
    properties: {
      access,
      direction: 'Inbound',
      priority: 10,
      protocol: 'Tcp',
      sources: [{ addressPrefix: '*', addressPrefixType: 'IPPrefix' }],
      destinations: [{ addressPrefix: '*', addressPrefixType: 'IPPrefix' }],
      destinationPortRanges: ['22'],
    },
  });
  const [from, to] = ['10.1.6.7', '10.1.4.7'];

  it('54: Deny ends there, AlwaysAllow passes security groups by, Allow goes on to them; committed or not is open', () => {
    const denied = ask(landingZone(collection, rule('Deny')), from, to, { port: 22 });
    expect(denied.verdict).toBe('depends');
    expect(denied.otherwise?.hops.at(-1)).toMatchObject({ layer: 'security-admin', rule: 'ssh', effect: 'deny' });
    expect(ask(landingZone(collection, rule('Deny')), from, to, { port: 80 }).verdict).toBe('allowed');
    // The web subnet's own group lets no SSH in: AlwaysAllow may.
    expect(ask(landingZone(collection, rule('AlwaysAllow')), from, '10.1.1.10', { port: 22 }).verdict).toBe('depends');
    expect(ask(landingZone(collection, rule('Allow')), from, '10.1.1.10', { port: 22 }).verdict).toBe('denied');
  });
});

describe('application gateways', () => {
  const id = idOf('applicationGateways', 'agw');
  const sub = (type: string, name: string) => ({ id: `${id}/${type}/${name}` });
  const gateway = (address: string, port: number): ArmResource =>
    resource('applicationGateways', 'agw', {
      gatewayIPConfigurations: [
        { properties: { subnet: { id: `${idOf('virtualNetworks', 'vnet-a')}/subnets/snet-gw` } } },
      ],
      backendAddressPools: [
        { ...sub('backendAddressPools', 'p'), name: 'p', properties: { backendAddresses: [{ ipAddress: address }] } },
      ],
      backendHttpSettingsCollection: [
        { ...sub('backendHttpSettingsCollection', 's'), name: 's', properties: { port, protocol: 'Https' } },
      ],
      requestRoutingRules: [
        {
          name: 'r',
          properties: {
            backendAddressPool: sub('backendAddressPools', 'p'),
            backendHttpSettings: sub('backendHttpSettingsCollection', 's'),
          },
        },
      ],
    });
  const findings = (...changes: ArmResource[]) =>
    verify(landingZone(...changes), []).findings.filter((one) => one.ruleId === 'gateways-reach-their-backends');

  it('must get through to what they send requests to', () => {
    expect(findings(gateway('10.1.1.10', 443))).toEqual([]);
    expect(findings(gateway('10.1.1.10', 8080))).toMatchObject([
      { message: expect.stringContaining('Decided at nsg by DenyAllOut') },
    ]);
  });

  it('are named as what ends connections', () => {
    expect(readNetwork(landingZone(gateway('10.1.1.10', 443))).assumptions.join()).toContain('ends connections');
  });
});

it('a NAT gateway is named on the way out', () => {
  const subnets = spokeASubnets.map((one) =>
    one.name === 'snet-bare' ? { ...one, more: { natGateway: { id: idOf('natGateways', 'nat') } } } : one,
  );
  const state = landingZone(vnet('vnet-a', ['10.1.0.0/16'], subnets, spokeAPeerings));
  expect(ask(state, '10.1.6.7', 'internet', { port: 443 }).trail.at(-1)).toBe('nat-gateway (by nat)');
});

it('90: a cluster as an end of traffic is its API server', () => {
  const cluster = managedCluster();
  const at = (subnetId: string | undefined): ArmResource => ({
    ...cluster,
    properties: { ...cluster.properties, ...(subnetId === undefined ? {} : { apiServerAccessProfile: { subnetId } }) },
  });
  const subnet = `${idOf('virtualNetworks', 'vnet-c')}/subnets/snet-gateway`;
  expect(ask(clusterZone([], [at(subnet)]), 'subnet:snet-nodes-in', 'aks', { port: 443 }).packet.destination).toBe(
    '10.4.5.4',
  );
  expect(() => ask(clusterZone([], [at(undefined)]), 'subnet:snet-nodes-in', 'aks')).toThrow(
    expect.objectContaining({ code: 'ENDPOINT_WITHOUT_ADDRESS' }) as Error,
  );
});

it('a service tag that neither Microsoft nor the state knows is no end', () => {
  expect(() => ask(landingZone(spokeB), '10.1.4.7', 'tag:Storge')).toThrow(
    expect.objectContaining({ code: 'ENDPOINT_NOT_FOUND', hint: 'Did you mean tag:storage?' }) as Error,
  );
  expect(ask(landingZone(), '10.1.7.7', 'tag:Storage', { port: 443 }).verdict).toBe('allowed');
});
