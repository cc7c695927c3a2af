import { expect, test } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/units.ts';
import { clientOf } from './fixtures/tiny-cloud.ts';
import { createLocalAzure, defaultSubscription } from './local-azure.ts';
import { createMemoryStore } from './store/index.ts';

const group = `/subscriptions/${defaultSubscription.subscriptionId}/resourceGroups/rg-hub`;
const apiVersion = '2024-05-01';
const location = '[resourceGroup().location]';
const id = (type: string, ...names: readonly string[]): string =>
  `[resourceId('${type}', ${names.map((name) => `'${name}'`).join(', ')})]`;

const hub = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [
    {
      type: 'Microsoft.Network/azureFirewalls',
      apiVersion,
      name: 'fw-hub',
      location,
      dependsOn: [
        id('Microsoft.Network/virtualNetworks', 'vnet-hub'),
        id('Microsoft.Network/publicIPAddresses', 'pip-fw'),
        id('Microsoft.Network/firewallPolicies/ruleCollectionGroups', 'fwp-hub', 'network'),
      ],
      properties: {
        sku: { name: 'AZFW_VNet', tier: 'Premium' },
        firewallPolicy: { id: id('Microsoft.Network/firewallPolicies', 'fwp-hub') },
        ipConfigurations: [
          {
            name: 'first',
            properties: {
              subnet: { id: id('Microsoft.Network/virtualNetworks/subnets', 'vnet-hub', 'AzureFirewallSubnet') },
              publicIPAddress: { id: id('Microsoft.Network/publicIPAddresses', 'pip-fw') },
            },
          },
        ],
      },
    },
    {
      type: 'Microsoft.Network/firewallPolicies',
      apiVersion,
      name: 'fwp-hub',
      location,
      properties: { sku: { tier: 'Premium' }, threatIntelMode: 'Deny', dnsSettings: { enableProxy: true } },
    },
    {
      type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
      apiVersion,
      name: 'fwp-hub/network',
      dependsOn: [id('Microsoft.Network/firewallPolicies', 'fwp-hub')],
      properties: {
        priority: 200,
        ruleCollections: [
          {
            ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
            name: 'time',
            priority: 100,
            action: { type: 'Allow' },
            rules: [
              {
                ruleType: 'NetworkRule',
                name: 'ntp',
                ipProtocols: ['UDP'],
                sourceAddresses: ['10.200.1.0/24'],
                destinationFqdns: ['time.windows.com'],
                destinationPorts: ['123'],
              },
            ],
          },
        ],
      },
    },
    {
      type: 'Microsoft.Network/publicIPAddresses',
      apiVersion,
      name: 'pip-fw',
      location,
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static' },
    },
    {
      type: 'Microsoft.Network/virtualNetworks',
      apiVersion,
      name: 'vnet-hub',
      location,
      dependsOn: [id('Microsoft.Network/networkSecurityGroups', 'nsg-a')],
      properties: {
        addressSpace: { addressPrefixes: ['10.200.0.0/16'] },
        subnets: [
          { name: 'AzureFirewallSubnet', properties: { addressPrefix: '10.200.0.0/26' } },
          {
            name: 'snet-a',
            properties: {
              addressPrefix: '10.200.1.0/24',
              networkSecurityGroup: { id: id('Microsoft.Network/networkSecurityGroups', 'nsg-a') },
            },
          },
        ],
      },
    },
    {
      type: 'Microsoft.Network/networkSecurityGroups',
      apiVersion,
      name: 'nsg-a',
      location,
      properties: {
        securityRules: [
          {
            name: 'DenyAll',
            properties: {
              priority: 1000,
              direction: 'Inbound',
              access: 'Deny',
              protocol: '*',
              sourceAddressPrefix: '*',
              sourcePortRange: '*',
              destinationAddressPrefix: '*',
              destinationPortRange: '*',
            },
          },
        ],
      },
    },
  ],
  outputs: {
    firewallAddress: {
      type: 'string',
      value: `[reference(resourceId('Microsoft.Network/azureFirewalls', 'fw-hub'), '${apiVersion}').ipConfigurations[0].properties.privateIPAddress]`,
    },
  },
};

function open() {
  const azure = createLocalAzure({
    store: createMemoryStore(),
    clock: systemClock,
    operationLatency: milliseconds(5),
  });
  return { azure, ...clientOf(azure) };
}

test('a hub with network, NSG and firewall is deployed by the real providers', async () => {
  const { azure, deploy, makeGroup, send } = open();
  await makeGroup(group);
  const { body } = await deploy(group, 'hub', hub);
  expect(body.properties.error).toBeUndefined();
  // Azure keeps the first four addresses of a subnet (learn.microsoft.com "Virtual network FAQ"); the firewall takes the next.
  expect(body.properties.outputs.firewallAddress.value).toBe('10.200.0.4');
  const vnet = (
    await send('GET', `${group}/providers/Microsoft.Network/virtualNetworks/vnet-hub?api-version=${apiVersion}`)
  ).body;
  expect(vnet.properties.provisioningState).toBe('Succeeded');
  expect(vnet.properties.subnets.map(({ name }: { name: string }) => name).sort()).toEqual([
    'AzureFirewallSubnet',
    'snet-a',
  ]);
  const subnet = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-a`;
  expect(azure.resources().map((resource) => resource.id)).toContain(subnet);
  const inUse = await send(
    'DELETE',
    `${group}/providers/Microsoft.Network/networkSecurityGroups/nsg-a?api-version=${apiVersion}`,
  );
  expect(inUse.status).toBe(400);
  const again = open();
  await again.makeGroup(group);
  await again.deploy(group, 'hub', hub);
  expect(again.azure.resources()).toEqual(azure.resources());
});

test('the whole group can be deleted, whatever uses what in it', async () => {
  const { azure, deploy, makeGroup, send, settle } = open();
  await makeGroup(group);
  expect((await deploy(group, 'hub', hub)).body.properties.provisioningState).toBe('Succeeded');
  const accepted = await send('DELETE', `${group}?api-version=2024-11-01`);
  await settle();
  const result = await send('GET', accepted.headers.get('location') as string);
  expect(result.body).toBeUndefined();
  expect(azure.resources()).toEqual([]);
});

test('a body that is not what the type allows is refused with the place in it', async () => {
  const { makeGroup, send } = open();
  await makeGroup(group);
  const answer = await send('PUT', `${group}/providers/Microsoft.Network/virtualNetworks/v?api-version=${apiVersion}`, {
    location: 'eastus2',
    properties: { adressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
  });
  // The envelope and codes of the network service (MicrosoftLearning/AZ-700 issue 183).
  expect([answer.status, answer.body.error.code, answer.body.error.details[0].code]).toEqual([
    400,
    'InvalidRequestFormat',
    'InvalidJson',
  ]);
  expect(answer.body.error.details[0].message).toContain('properties.adressSpace');
});
