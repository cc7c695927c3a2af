import { describe, expect, test } from 'vitest';
import { contains, parsePrefix } from '../../../kernel/address.ts';
import { network, properties, putAddress, putNetwork, refusal, testWorld } from '../test-world.ts';
import { publicAddressFor } from './public-address-pool.ts';

const bastion = `${network}/bastionHosts/bas`;
const vnet = `${network}/virtualNetworks/hub`;
const card = (name: string) => `${network}/networkInterfaces/${name}`;

describe('public addresses', () => {
  test('come from the documentation ranges (RFC 5737), the same for the same id', () => {
    const addresses = [testWorld(), testWorld()].map(
      (world) => properties(world.get(putAddress(world, 'pip'))).ipAddress,
    );
    expect(addresses[0]).toBe(addresses[1]);
    const range = parsePrefix('203.0.113.0/24');
    const address = parsePrefix(String(addresses[0]));
    expect(range && address && contains(range, address)).toBe(true);
  });

  test('go on to the next free one, then to the second range, then end', () => {
    const taken = new Set<string>();
    for (let i = 0; i < 508; i++) taken.add(publicAddressFor('/x', 'IPv4', taken) ?? '');
    expect(taken.size).toBe(508);
    expect([...taken].filter((text) => text.startsWith('203.0.113.'))).toHaveLength(254);
    expect([...taken].filter((text) => text.startsWith('198.51.100.'))).toHaveLength(254);
    expect(publicAddressFor('/x', 'IPv4', taken)).toBeUndefined();
  });

  test.each([
    // Azure CLI: StandardSkuPublicIPAddressesCannotHaveDynamicAllocation.
    [
      'a dynamic Standard address',
      { sku: { name: 'Standard' }, properties: { publicIPAllocationMethod: 'Dynamic' } },
      'StandardSkuPublicIPAddressesCannotHaveDynamicAllocation',
    ],
    // learn.microsoft.com: Basic public addresses are retired; none can be made since 2025-03-31.
    ['a Basic address', { sku: { name: 'Basic' } }, 'IPv4BasicSkuPublicIpCountLimitReached'],
    ['no SKU, which is Basic', {}, 'IPv4BasicSkuPublicIpCountLimitReached'],
  ])('%s is refused', (_case, body, code) => {
    expect(refusal(() => testWorld().put(`${network}/publicIPAddresses/pip`, body)).code).toBe(code);
  });

  test('Basic addresses could be made in 2021', () => {
    const world = testWorld(new Date('2021-12-14T00:00:00Z'));
    world.put(`${network}/publicIPAddresses/pip`, {});
    expect(properties(world.get(`${network}/publicIPAddresses/pip`)).publicIPAllocationMethod).toBe('Dynamic');
  });
});

describe('network interfaces', () => {
  const withAddress = (more: Record<string, unknown> = {}, subnet = 'a') => ({
    properties: {
      ipConfigurations: [{ name: 'ip', properties: { subnet: { id: `${vnet}/subnets/${subnet}` }, ...more } }],
    },
  });
  const world = (range = '10.0.0.0/29') => {
    const made = testWorld();
    putNetwork(made, 'hub', '10.0.0.0/16', { a: range });
    return made;
  };
  const address = (of: unknown) =>
    (of as { properties: { ipConfigurations: { properties: { privateIPAddress: string } }[] } }).properties
      .ipConfigurations[0]?.properties.privateIPAddress;

  test('three addresses in a /29, and no fourth (Azure keeps five of eight)', () => {
    const made = world();
    expect(['n1', 'n2', 'n3'].map((name) => address(made.put(card(name), withAddress())))).toEqual([
      '10.0.0.4',
      '10.0.0.5',
      '10.0.0.6',
    ]);
    expect(refusal(() => made.put(card('n4'), withAddress())).code).toBe('SubnetIsFull');
    expect(address(made.put(card('n2'), withAddress()))).toBe('10.0.0.5');
    made.delete(card('n1'));
    expect(address(made.put(card('n4'), withAddress()))).toBe('10.0.0.4');
  });

  test.each([
    ['10.0.1.4', 'PrivateIPAddressNotInSubnet'],
    ['10.0.0.3', 'PrivateIPAddressInReservedRange'],
    ['10.0.0.7', 'PrivateIPAddressInReservedRange'],
  ])('a static %s: %s', (privateIPAddress, code) => {
    const body = withAddress({ privateIPAllocationMethod: 'Static', privateIPAddress });
    expect(refusal(() => world().put(card('n'), body)).code).toBe(code);
  });

  test('a delegated subnet takes no interface', () => {
    const made = world();
    const delegations = [{ name: 'aks', properties: { serviceName: 'Microsoft.ContainerService/managedClusters' } }];
    made.put(`${vnet}/subnets/d`, { properties: { addressPrefix: '10.0.1.0/28', delegations } });
    expect(refusal(() => made.put(card('n'), withAddress({}, 'd')))).toMatchObject({
      code: 'ResourceNotPermittedOnDelegatedSubnet',
      message: expect.stringContaining('delegated to Microsoft.ContainerService/managedClusters'),
    });
  });
});

describe('Azure Bastion', () => {
  const body = (more: Record<string, unknown> = {}, sku = 'Premium', subnet = 'AzureBastionSubnet') => ({
    sku: { name: sku },
    properties: {
      ipConfigurations: [
        {
          name: 'hub',
          properties: {
            subnet: { id: `${vnet}/subnets/${subnet}` },
            publicIPAddress: { id: `${network}/publicIPAddresses/pip` },
          },
        },
      ],
      ...more,
    },
  });
  const world = (subnets: Record<string, string> = { AzureBastionSubnet: '10.0.0.128/26' }) => {
    const made = testWorld();
    putNetwork(made, 'hub', '10.0.0.0/16', subnets);
    putAddress(made, 'pip');
    return made;
  };

  test('is made, and holds its address', () => {
    const made = world();
    expect(properties(made.put(bastion, body({ enableSessionRecording: true })))).toMatchObject({ scaleUnits: 2 });
    expect(refusal(() => made.delete(`${network}/publicIPAddresses/pip`)).code).toBe('PublicIPAddressCannotBeDeleted');
    expect(refusal(() => made.delete(vnet)).code).toBe('InUseSubnetCannotBeDeleted');
  });

  test.each([
    // learn.microsoft.com, Azure Bastion configuration settings: subnet name, /26, features by SKU, address.
    ['a subnet below /26', () => world({ AzureBastionSubnet: '10.0.0.128/27' }).put(bastion, body()), '/26 or larger'],
    [
      'a subnet of another name',
      () => world({ snet: '10.0.0.0/26' }).put(bastion, body({}, 'Premium', 'snet')),
      'named AzureBastionSubnet',
    ],
    [
      'session recording below Premium',
      () => world().put(bastion, body({ enableSessionRecording: true }, 'Standard')),
      'needs SKU Premium',
    ],
    ['tunnelling in Basic', () => world().put(bastion, body({ enableTunneling: true }, 'Basic')), 'needs SKU Standard'],
    ['60 scale units', () => world().put(bastion, body({ scaleUnits: 60 })), '2 to 50'],
    [
      'a public address although private only',
      () => world().put(bastion, body({ enablePrivateOnlyBastion: true })),
      'private only',
    ],
  ])('%s is refused', (_case, call, message) => {
    expect(refusal(call).message).toContain(message);
  });
});

describe('routes', () => {
  const table = `${network}/routeTables/rt`;
  const withRoutes = (...routes: Record<string, unknown>[]) => ({
    properties: { routes: routes.map((route, i) => ({ name: `r${i}`, properties: route })) },
  });

  test('are stored as children and shown inline', () => {
    const world = testWorld();
    world.put(
      table,
      withRoutes({ addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.200.0.4' }),
    );
    world.put(`${table}/routes/more`, { properties: { addressPrefix: 'AzureCloud', nextHopType: 'Internet' } });
    expect((properties(world.get(table)).routes as { name: string }[]).map(({ name }) => name)).toEqual(['r0', 'more']);
  });

  test.each([
    [
      'an appliance without address',
      [{ addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance' }],
      'InvalidNextHopIpAddress',
    ],
    [
      'an address without appliance',
      [{ addressPrefix: '0.0.0.0/0', nextHopType: 'Internet', nextHopIpAddress: '10.0.0.4' }],
      'NextHopIpAddressNotAllowed',
    ],
    [
      'one prefix twice',
      [
        { addressPrefix: '0.0.0.0/0', nextHopType: 'None' },
        { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' },
      ],
      'RouteConflict',
    ],
    ['host bits', [{ addressPrefix: '10.0.0.1/24', nextHopType: 'None' }], 'InvalidCIDRNotation'],
    ['a hop that is none', [{ addressPrefix: '0.0.0.0/0', nextHopType: 'Moon' }], 'InvalidRequestFormat'],
  ])('%s is refused', (_case, routes, code) => {
    expect(refusal(() => testWorld().put(table, withRoutes(...routes))).code).toBe(code);
  });
});
