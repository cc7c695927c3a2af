import { describe, expect, test } from 'vitest';
import { network, properties, putAddress, putNetwork, refusal, testWorld } from '../test-world.ts';

const vnet = `${network}/virtualNetworks/vnet-hub`;
const space = { addressSpace: { addressPrefixes: ['10.200.0.0/24'] } };
const subnet = (name: string, addressPrefix: string, more: Record<string, unknown> = {}) => ({
  name,
  properties: { addressPrefix, ...more },
});

describe('ranges that a virtual network refuses', () => {
  test.each([
    {
      // MicrosoftDocs/azure-docs #123869: code and wording.
      case: 'a subnet outside the address space',
      subnets: [subnet('a', '10.201.0.0/26')],
      code: 'NetcfgSubnetRangeOutsideVnet',
      message:
        "Subnet 'a' is not valid because its IP address range is outside the IP address range of virtual network 'vnet-hub'.",
    },
    {
      // MicrosoftDocs/azure-docs #123869: code and wording.
      case: 'two subnets that overlap',
      subnets: [subnet('a', '10.200.0.0/26'), subnet('b', '10.200.0.32/27')],
      code: 'NetcfgSubnetRangesOverlap',
      message:
        "Subnet 'b' is not valid because its IP address range overlaps with that of an existing subnet in virtual network 'vnet-hub'.",
    },
    {
      // microsoft/AzureTRE #2111: code and wording; a /30 has no address left after Azure's five.
      case: 'a subnet that is too small',
      subnets: [subnet('a', '10.200.0.0/30')],
      code: 'NetcfgInvalidSubnet',
      message: "Subnet 'a' is not valid in virtual network 'vnet-hub'.",
    },
    {
      case: 'host bits',
      subnets: [subnet('a', '10.200.0.1/26')],
      code: 'InvalidCIDRNotation',
      message: `The address prefix 10.200.0.1/26 in resource ${vnet}/subnets/a has an invalid CIDR notation. For the given prefix length, the address prefix should be 10.200.0.0/26.`,
    },
    {
      case: 'two subnets of one name',
      subnets: [subnet('a', '10.200.0.0/26'), subnet('A', '10.200.0.64/26')],
      code: 'DuplicateResourceName',
      message: `Resource ${vnet} has two child resources with the same name (A).`,
    },
  ])('$case: $code', ({ subnets, code, message }) => {
    const error = refusal(() => testWorld().put(vnet, { properties: { ...space, subnets } }));
    expect(error).toMatchObject({ status: 400, code, message });
  });

  test('address blocks that overlap each other', () => {
    const addressSpace = { addressPrefixes: ['10.0.0.0/8', '10.200.0.0/24'] };
    expect(refusal(() => testWorld().put(vnet, { properties: { addressSpace } })).code).toBe('AddressPrefixesOverlap');
  });
});

describe('subnets as children', () => {
  test('an inline list replaces, a PUT of the child adds, no list leaves them (Azure Networking blog)', () => {
    const world = testWorld();
    const names = () => (properties(world.get(vnet)).subnets as { name: string }[]).map(({ name }) => name);
    world.put(vnet, {
      properties: { ...space, subnets: [subnet('a', '10.200.0.0/26'), subnet('b', '10.200.0.64/26')] },
    });
    expect(names()).toEqual(['a', 'b']);
    world.put(`${vnet}/subnets/c`, { properties: { addressPrefix: '10.200.0.128/26' } });
    expect(names()).toEqual(['a', 'b', 'c']);
    world.put(vnet, { properties: space });
    expect(names()).toEqual(['a', 'b', 'c']);
    world.put(vnet, { properties: { ...space, subnets: [subnet('b', '10.200.0.64/26')] } });
    expect(names()).toEqual(['b']);
    expect(world.get(`${vnet}/subnets/a`)).toBeUndefined();
  });

  test('a child that overlaps its neighbour is refused, itself is no neighbour', () => {
    const world = testWorld();
    putNetwork(world, 'vnet-hub', '10.200.0.0/24', { a: '10.200.0.0/26' });
    const put = (name: string, addressPrefix: string) =>
      world.put(`${vnet}/subnets/${name}`, { properties: { addressPrefix } });
    expect(refusal(() => put('b', '10.200.0.0/25')).code).toBe('NetcfgSubnetRangesOverlap');
    expect(properties(put('a', '10.200.0.0/25')).addressPrefix).toBe('10.200.0.0/25');
  });

  test('what was read can be written back, and changes nothing', () => {
    const world = testWorld();
    putNetwork(world, 'vnet-hub', '10.200.0.0/24', { a: '10.200.0.0/26' });
    const before = world.get(vnet);
    world.put(vnet, before as unknown as Record<string, unknown>);
    expect(world.get(vnet)).toEqual(before);
  });
});

describe('what a subnet is filled with', () => {
  // Microsoft.Network/virtualNetworks/subnets, REST reference: defaults of privateEndpointNetworkPolicies and its twin.
  test('defaults', () => {
    const world = testWorld();
    putNetwork(world, 'vnet-hub', '10.200.0.0/24', { a: '10.200.0.0/26' });
    expect(properties(world.get(`${vnet}/subnets/a`))).toEqual({
      addressPrefix: '10.200.0.0/26',
      provisioningState: 'Succeeded',
      delegations: [],
      privateEndpointNetworkPolicies: 'Disabled',
      privateLinkServiceNetworkPolicies: 'Enabled',
    });
  });

  // learn.microsoft.com, default outbound access: private by default for API versions released after 31 March 2026.
  test.each([
    ['2025-05-01', undefined],
    ['2025-07-01', false],
  ])('API version %s: defaultOutboundAccess %s', (version, expected) => {
    const world = testWorld();
    world.put(vnet, { properties: { ...space, subnets: [subnet('a', '10.200.0.0/26')] } }, version);
    expect(properties(world.get(`${vnet}/subnets/a`)).defaultOutboundAccess).toBe(expected);
  });

  test('a delegation gets an id, and says that it stands', () => {
    const world = testWorld();
    const delegations = [{ name: 'aks', properties: { serviceName: 'Microsoft.ContainerService/managedClusters' } }];
    world.put(vnet, { properties: { ...space, subnets: [subnet('a', '10.200.0.0/28', { delegations })] } });
    expect(properties(world.get(`${vnet}/subnets/a`)).delegations).toMatchObject([
      { id: `${vnet}/subnets/a/delegations/aks`, properties: { provisioningState: 'Succeeded' } },
    ]);
  });
});

describe('what a subnet refers to', () => {
  const nsg = `${network}/networkSecurityGroups/nsg`;
  const table = `${network}/routeTables/rt`;

  test.each([
    ['networkSecurityGroup', nsg],
    ['routeTable', table],
    ['natGateway', `${network}/natGateways/ng`],
  ])('%s must be there', (member, id) => {
    const error = refusal(() =>
      testWorld().put(vnet, {
        properties: { ...space, subnets: [subnet('a', '10.200.0.0/26', { [member]: { id } })] },
      }),
    );
    expect(error).toMatchObject({
      code: 'InvalidResourceReference',
      message: `Resource ${id} referenced by resource ${vnet}/subnets/a was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    });
  });

  test('and in the same region', () => {
    const world = testWorld();
    world.put(nsg, { location: 'westeurope' });
    const subnets = [subnet('a', '10.200.0.0/26', { networkSecurityGroup: { id: nsg } })];
    expect(refusal(() => world.put(vnet, { properties: { ...space, subnets } })).code).toBe('InvalidResourceReference');
  });

  test.each([
    // network-semantics.md 57; the code for GatewaySubnet: Azure-Terraform/terraform-azurerm-virtual-network #18.
    ['GatewaySubnet', 'networkSecurityGroup', 'NetworkSecurityGroupCannotBeAttachedToGatewaySubnet'],
    ['AzureFirewallSubnet', 'networkSecurityGroup', 'NetworkSecurityGroupCannotBeAttachedToAzureFirewallSubnet'],
    // MicrosoftDocs/azure-docs #42737.
    ['AzureBastionSubnet', 'networkSecurityGroup', 'NetworkSecurityGroupNotCompliantForAzureBastionSubnet'],
    // Azure/Azure-Landing-Zones #1679.
    ['AzureBastionSubnet', 'routeTable', 'RouteTableCannotBeAttachedForAzureBastionSubnet'],
  ])('%s takes no such %s: %s', (name, member, code) => {
    const world = testWorld();
    world.put(nsg);
    world.put(table);
    const id = member === 'routeTable' ? table : nsg;
    const subnets = [subnet(name, '10.200.0.0/26', { [member]: { id } })];
    expect(refusal(() => world.put(vnet, { properties: { ...space, subnets } })).code).toBe(code);
  });

  test('both sides show the association, and hold each other', () => {
    const world = testWorld();
    world.put(nsg);
    world.put(table);
    const refers = { networkSecurityGroup: { id: nsg }, routeTable: { id: table } };
    world.put(vnet, { properties: { ...space, subnets: [subnet('a', '10.200.0.0/26', refers)] } });
    expect(properties(world.get(nsg)).subnets).toEqual([{ id: `${vnet}/subnets/a` }]);
    expect(properties(world.get(table)).subnets).toEqual([{ id: `${vnet}/subnets/a` }]);
    // learn.microsoft.com, troubleshoot AKS delete: wording of both.
    expect(refusal(() => world.delete(nsg))).toMatchObject({
      code: 'InUseNetworkSecurityGroupCannotBeDeleted',
      message: expect.stringContaining(
        `cannot be deleted because it is in use by the following resources: ${vnet}/subnets/a.`,
      ),
    });
    expect(refusal(() => world.delete(table))).toMatchObject({
      code: 'InUseRouteTableCannotBeDeleted',
      message: 'Route table rt is in use and cannot be deleted.',
    });
    world.delete(`${vnet}/subnets/a`);
    world.delete(nsg);
    expect(world.get(nsg)).toBeUndefined();
  });
});

test('a subnet in use stays as it is', () => {
  const world = testWorld();
  putNetwork(world, 'vnet-hub', '10.200.0.0/24', { a: '10.200.0.0/26' });
  const card = `${network}/networkInterfaces/nic`;
  const reference = { subnet: { id: `${vnet}/subnets/a` } };
  world.put(card, { properties: { ipConfigurations: [{ name: 'ip', properties: reference }] } });
  expect(properties(world.get(`${vnet}/subnets/a`)).ipConfigurations).toEqual([{ id: `${card}/ipConfigurations/ip` }]);
  const inUse = {
    // hashicorp/terraform-provider-azurerm, VMSS delete: the API's own text.
    code: 'InUseSubnetCannotBeDeleted',
    message: `Subnet a is in use by ${card}/ipConfigurations/ip and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  };
  expect(refusal(() => world.delete(`${vnet}/subnets/a`))).toMatchObject(inUse);
  expect(refusal(() => world.delete(vnet))).toMatchObject(inUse);
  expect(refusal(() => world.put(vnet, { properties: { ...space, subnets: [] } }))).toMatchObject(inUse);
  const larger = { properties: { addressPrefix: '10.200.0.0/25' } };
  expect(refusal(() => world.put(`${vnet}/subnets/a`, larger)).code).toBe('InUseSubnetCannotBeUpdated');
  world.delete(card);
  world.delete(vnet);
  expect(world.get(`${vnet}/subnets/a`)).toBeUndefined();
});

test('the same content has the same etag, another content another', () => {
  const etags = ['10.200.0.0/26', '10.200.0.0/26', '10.200.0.64/26'].map((prefix) => {
    const world = testWorld();
    putNetwork(world, 'vnet-hub', '10.200.0.0/24', { a: prefix });
    return world.get(vnet)?.etag;
  });
  expect(etags[0]).toMatch(/^W\/"[0-9a-f-]{36}"$/);
  expect(etags[1]).toBe(etags[0]);
  expect(etags[2]).not.toBe(etags[0]);
});

test('a public address is not a subnet', () => {
  const world = testWorld();
  const id = putAddress(world, 'pip');
  const subnets = [subnet('a', '10.200.0.0/26', { networkSecurityGroup: { id } })];
  expect(refusal(() => world.put(vnet, { properties: { ...space, subnets } })).code).toBe('InvalidResourceReference');
});

test('subnets, rules and routes come back in the order in which they were given (azapi compares lists)', () => {
  const world = testWorld();
  const names = (id: string, list: string) =>
    (properties(world.get(id))[list] as { name: string }[]).map((item) => item.name);
  const vnet = putNetwork(world, 'v', '10.0.0.0/16', { z: '10.0.0.0/24', a: '10.0.1.0/24', m: '10.0.2.0/24' });
  expect(names(vnet, 'subnets')).toEqual(['z', 'a', 'm']);
  world.put(`${vnet}/subnets/b`, { properties: { addressPrefix: '10.0.3.0/24' } });
  world.put(vnet, { properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } });
  expect(names(vnet, 'subnets')).toEqual(['z', 'a', 'm', 'b']);
  const table = `${network}/routeTables/t`;
  const route = (name: string, i: number) => ({
    name,
    properties: { addressPrefix: `10.${i}.0.0/16`, nextHopType: 'None' },
  });
  world.put(table, { properties: { routes: ['z', 'a'].map(route) } });
  expect(names(table, 'routes')).toEqual(['z', 'a']);
  const nsg = `${network}/networkSecurityGroups/n`;
  const rule = (name: string, i: number) => ({
    name,
    properties: {
      protocol: '*',
      sourceAddressPrefix: '*',
      sourcePortRange: '*',
      destinationAddressPrefix: '*',
      destinationPortRange: '*',
      access: 'Deny',
      priority: 100 + i,
      direction: 'Inbound',
    },
  });
  world.put(nsg, { properties: { securityRules: ['z', 'a'].map(rule) } });
  expect(names(nsg, 'securityRules')).toEqual(['z', 'a']);
});
