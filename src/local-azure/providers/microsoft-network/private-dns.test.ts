import { describe, expect, test } from 'vitest';
import { group, network, properties, putNetwork, refusal, testWorld } from '../test-world.ts';

const zone = `${network}/privateDnsZones/privatelink.azurecr.io`;

function linked(
  world: ReturnType<typeof testWorld>,
  zoneId: string,
  networkId: string,
  more: Record<string, unknown> = {},
): void {
  world.put(`${zoneId}/virtualNetworkLinks/link`, { properties: { virtualNetwork: { id: networkId }, ...more } });
}

test('a zone begins with its SOA record (learn.microsoft.com, private DNS zones)', () => {
  const world = testWorld();
  world.put(zone);
  expect(properties(world.get(`${zone}/SOA/@`))).toMatchObject({
    fqdn: 'privatelink.azurecr.io.',
    ttl: 3600,
    soaRecord: {
      email: 'azureprivatedns-host.microsoft.com',
      host: 'azureprivatedns.net',
      expireTime: 2419200,
      minimumTtl: 10,
    },
  });
  expect(properties(world.get(zone))).toMatchObject({
    provisioningState: 'Succeeded',
    // learn.microsoft.com, Azure DNS limits.
    maxNumberOfRecordSets: 25000,
    maxNumberOfVirtualNetworkLinks: 1000,
    maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    numberOfRecordSets: 1,
  });
  expect(refusal(() => world.delete(`${zone}/SOA/@`)).status).toBe(400);
});

describe('links', () => {
  test('are counted, and keep the zone', () => {
    const world = testWorld();
    world.put(zone);
    linked(world, zone, putNetwork(world, 'hub', '10.0.0.0/16'), { registrationEnabled: true });
    expect(properties(world.get(`${zone}/virtualNetworkLinks/link`))).toMatchObject({
      virtualNetworkLinkState: 'Completed',
    });
    expect(properties(world.get(zone))).toMatchObject({
      numberOfVirtualNetworkLinks: 1,
      numberOfVirtualNetworkLinksWithRegistration: 1,
    });
    // Reports of CannotDeleteResource for zones whose links were still there.
    expect(refusal(() => world.delete(zone))).toMatchObject({ status: 409, code: 'CannotDeleteResource' });
    world.delete(`${network}/virtualNetworks/hub`);
    world.delete(zone);
    expect(world.get(`${zone}/SOA/@`)).toBeUndefined();
  });

  test('two zones of one name for one network (learn.microsoft.com, AKS CreateOrUpdateVirtualNetworkLinkFailed)', () => {
    const world = testWorld();
    const hub = putNetwork(world, 'hub', '10.0.0.0/16');
    const twin = zone.replace('/resourceGroups/rg/', '/resourceGroups/other/');
    world.put(zone);
    world.put(twin);
    linked(world, zone, hub);
    expect(refusal(() => linked(world, twin, hub))).toMatchObject({
      code: 'BadRequest',
      message:
        "A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with 'privatelink.azurecr.io' and 'privatelink.azurecr.io' zones.",
    });
    linked(world, zone, hub, { registrationEnabled: true });
  });

  test('one zone with registration a network (learn.microsoft.com, Azure DNS limits)', () => {
    const world = testWorld();
    const hub = putNetwork(world, 'hub', '10.0.0.0/16');
    const other = `${network}/privateDnsZones/contoso.internal`;
    world.put(zone);
    world.put(other);
    linked(world, zone, hub, { registrationEnabled: true });
    expect(refusal(() => linked(world, other, hub, { registrationEnabled: true })).code).toBe('BadRequest');
    linked(world, other, hub);
  });

  test('the network must be there', () => {
    const world = testWorld();
    world.put(zone);
    expect(refusal(() => linked(world, zone, `${group}/Microsoft.Network/virtualNetworks/x`)).code).toBe(
      'InvalidResourceReference',
    );
  });
});

describe('records', () => {
  test('have their full name', () => {
    const world = testWorld();
    world.put(zone);
    const record = world.put(`${zone}/A/live`, { properties: { ttl: 10, aRecords: [{ ipv4Address: '10.0.0.4' }] } });
    expect(properties(record)).toMatchObject({
      fqdn: 'live.privatelink.azurecr.io.',
      ttl: 10,
      isAutoRegistered: false,
    });
    expect(properties(world.get(zone)).numberOfRecordSets).toBe(2);
  });

  test.each([
    ['A/x', { aRecords: [{ ipv4Address: '10.0.0.300' }] }],
    ['AAAA/x', { aaaaRecords: [{ ipv6Address: '10.0.0.3' }] }],
    ['A/x', { ttl: 0, aRecords: [] }],
    ['A/x', { cnameRecord: { cname: 'a.b' } }],
    ['A/a_b-', { aRecords: [] }],
    ['CNAME/@', { cnameRecord: { cname: 'a.b' } }],
    // RFC 1034 section 3.6.2: nothing beside a CNAME.
    ['CNAME/there', { cnameRecord: { cname: 'a.b' } }],
    ['SOA/x', { soaRecord: {} }],
  ])('%s with %j is refused', (name, body) => {
    const world = testWorld();
    world.put(zone);
    world.put(`${zone}/A/there`, { properties: { aRecords: [] } });
    expect(refusal(() => world.put(`${zone}/${name}`, { properties: body })).status).toBe(400);
  });
});

test.each(['contoso', 'a..b', `${'x'.repeat(64)}.com`])('%s is no zone name', (name) => {
  expect(refusal(() => testWorld().put(`${network}/privateDnsZones/${name}`)).status).toBe(400);
});
