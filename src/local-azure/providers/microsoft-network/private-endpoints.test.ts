import { expect, test } from 'vitest';
import { group, network, properties, putNetwork, refusal, type TestWorld, testWorld } from '../test-world.ts';

const registry = `${group}/Microsoft.ContainerRegistry/registries/acrlive`;
const endpoint = `${network}/privateEndpoints/pe-acr`;
const zone = `${network}/privateDnsZones/privatelink.azurecr.io`;
const zoneGroup = `${endpoint}/privateDnsZoneGroups/default`;
const subnet = `${network}/virtualNetworks/spoke/subnets/snet-pe`;

const body = (target = registry, groupIds = ['registry'], more: Record<string, unknown> = {}) => ({
  properties: {
    subnet: { id: subnet },
    privateLinkServiceConnections: [{ name: 'to-acr', properties: { privateLinkServiceId: target, groupIds } }],
    ...more,
  },
});
const zones = { properties: { privateDnsZoneConfigs: [{ name: 'acr', properties: { privateDnsZoneId: zone } }] } };

function world(): TestWorld {
  const made = testWorld();
  putNetwork(made, 'spoke', '10.240.0.0/16', { 'snet-pe': '10.240.250.0/28' });
  made.put(zone);
  for (const [type, name] of [
    ['Microsoft.ContainerRegistry/registries', 'acrlive'],
    ['Microsoft.KeyVault/vaults', 'kv-live'],
    ['Microsoft.Sql/servers', 'sql'],
  ] as const) {
    made.seed({ id: `${group}/${type}/${name}`, name, type, location: 'eastus2', properties: {} });
  }
  return made;
}

test('a registry has an address for its login server and one for its data endpoint (learn.microsoft.com, ACR private link)', () => {
  const made = world();
  const stored = properties(made.put(endpoint, body()));
  expect(stored).toMatchObject({
    customDnsConfigs: [
      { fqdn: 'acrlive.eastus2.data.azurecr.io', ipAddresses: ['10.240.250.4'] },
      { fqdn: 'acrlive.azurecr.io', ipAddresses: ['10.240.250.5'] },
    ],
    privateLinkServiceConnections: [{ properties: { privateLinkServiceConnectionState: { status: 'Approved' } } }],
  });
  const [card] = stored.networkInterfaces as { id: string }[];
  expect(card?.id).toMatch(/\/networkInterfaces\/pe-acr\.nic\.[0-9a-f-]{36}$/);
  expect(properties(made.get(card?.id ?? '')).privateEndpoint).toEqual({ id: endpoint });
  expect(properties(made.get(subnet)).privateEndpoints).toEqual([{ id: endpoint }]);
  expect(refusal(() => made.delete(card?.id ?? '')).code).toBe('CannotModifyNicAttachedToPrivateEndpoint');
  expect(refusal(() => made.delete(subnet)).code).toBe('InUseSubnetCannotBeDeleted');
  expect(made.put(endpoint, body())).toEqual(made.get(endpoint));
});

test('a zone group writes the records, and they go with it', () => {
  const made = world();
  made.put(endpoint, body());
  made.put(zoneGroup, zones);
  expect(properties(made.get(`${zone}/A/acrlive`))).toMatchObject({
    ttl: 10,
    fqdn: 'acrlive.privatelink.azurecr.io.',
    aRecords: [{ ipv4Address: '10.240.250.5' }],
  });
  expect(properties(made.get(`${zone}/A/acrlive.eastus2.data`)).aRecords).toEqual([{ ipv4Address: '10.240.250.4' }]);
  expect(properties(made.get(endpoint)).customDnsConfigs).toEqual([]);
  made.put(zoneGroup, zones);
  made.delete(endpoint);
  expect([made.get(`${zone}/A/acrlive`), made.get(zoneGroup)]).toEqual([undefined, undefined]);
  expect(properties(made.get(subnet)).ipConfigurations).toBeUndefined();
});

test('a vault’s names are in vaultcore', () => {
  const made = world();
  const vaultZone = zone.replace('azurecr.io', 'vaultcore.azure.net');
  made.put(vaultZone);
  made.put(endpoint, body(`${group}/Microsoft.KeyVault/vaults/kv-live`, ['vault']));
  made.put(zoneGroup, {
    properties: { privateDnsZoneConfigs: [{ name: 'kv', properties: { privateDnsZoneId: vaultZone } }] },
  });
  expect(properties(made.get(`${vaultZone}/A/kv-live`)).aRecords).toEqual([{ ipv4Address: '10.240.250.4' }]);
});

test('an address may be fixed', () => {
  const ipConfigurations = [
    { name: 'a', properties: { groupId: 'registry', memberName: 'registry', privateIPAddress: '10.240.250.9' } },
  ];
  const stored = properties(world().put(endpoint, body(registry, ['registry'], { ipConfigurations })));
  expect(stored.customDnsConfigs).toMatchObject([{ ipAddresses: ['10.240.250.4'] }, { ipAddresses: ['10.240.250.9'] }]);
});

test.each([
  ['a target that is not there', body(`${registry}x`), 'InvalidResourceReference'],
  ['a group that is none', body(registry, ['vault']), 'PrivateEndpointCreationNotAllowedAsGroupIdIsInvalid'],
  [
    'a service that is not modelled',
    body(`${group}/Microsoft.Sql/servers/sql`, ['sqlServer']),
    'NotModelledByLocalAzure',
  ],
  ['no connection', body(registry, ['registry'], { privateLinkServiceConnections: [] }), 'InvalidRequestFormat'],
  [
    'a subnet that is not there',
    body(registry, ['registry'], { subnet: { id: `${subnet}x` } }),
    'InvalidResourceReference',
  ],
])('%s is refused', (_case, given, code) => {
  expect(refusal(() => world().put(endpoint, given)).code).toBe(code);
});
