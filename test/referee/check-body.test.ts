import { expect, test } from 'vitest';
import { AzureTypes } from './azure-types.ts';
import { checkResource, type FaultKind, listedType } from './check-body.ts';
import { describeWithAzureTypes } from './reference-gate.ts';

// Valid bodies after the Azure REST API reference of each type (Create Or Update, request body).
const network = {
  type: 'Microsoft.Network/virtualNetworks',
  apiVersion: '2025-09-01',
  name: 'vnet',
  location: 'eastus2',
};
const bodies = {
  vnet: {
    ...network,
    dependsOn: ['x'],
    tags: { owner: 'network' },
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 'a', properties: { addressPrefix: '10.0.0.0/24', defaultOutboundAccess: false } }],
    },
  },
  nsg: {
    ...network,
    type: 'Microsoft.Network/networkSecurityGroups',
    properties: {
      securityRules: [
        {
          name: 'DenyAll',
          properties: {
            priority: 4000,
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
  rules: {
    type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
    apiVersion: '2025-09-01',
    name: 'policy/group',
    properties: {
      priority: 200,
      ruleCollections: [
        {
          ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
          name: 'net',
          priority: 100,
          action: { type: 'Allow' },
          rules: [
            {
              ruleType: 'NetworkRule',
              name: 'ntp',
              ipProtocols: ['UDP'],
              sourceAddresses: ['10.0.0.0/8'],
              destinationFqdns: ['ntp.ubuntu.com'],
              destinationPorts: ['123'],
            },
          ],
        },
      ],
    },
  },
  vault: {
    type: 'Microsoft.KeyVault/vaults',
    apiVersion: '2026-02-01',
    name: 'kv',
    location: '[resourceGroup().location]',
    properties: { tenantId: '00000000-0000-0000-0000-000000000000', sku: { family: 'A', name: 'standard' } },
  },
  group: { type: 'Microsoft.Resources/resourceGroups', apiVersion: '2025-04-01', name: 'rg-1', location: 'eastus2' },
} as const;

type Path = readonly (string | number)[];

/** A copy of the body with one member set, or taken away when `value` is undefined. */
function changed(body: object, path: Path, value: unknown): Record<string, unknown> {
  const copy = structuredClone(body) as Record<string | number, unknown>;
  const holder = path.slice(0, -1).reduce<Record<string | number, unknown>>((at, key) => at[key] as typeof at, copy);
  const last = path.at(-1) as string;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

describeWithAzureTypes('the referee', () => {
  const types = new AzureTypes();

  test('knows the types of the reference folder', () => expect(types.size).toBeGreaterThan(150));

  test.each(Object.entries(bodies))('accepts a valid body: %s', (_name, body) => {
    expect(checkResource(types, body)).toEqual([]);
  });

  const rule: Path = ['properties', 'securityRules', 0, 'properties'];
  const firewallRule: Path = ['properties', 'ruleCollections', 0, 'rules', 0];
  test.each<[string, keyof typeof bodies, Path, unknown, FaultKind, string]>([
    ['an unknown property', 'vnet', ['properties', 'bogus'], 1, 'unknown-property', 'properties.bogus'],
    ['an unknown property at the top', 'vnet', ['sku'], {}, 'unknown-property', 'sku'],
    [
      'an unknown property deep inside',
      'vnet',
      ['properties', 'subnets', 0, 'properties', 'nsg'],
      {},
      'unknown-property',
      'properties.subnets[0].properties.nsg',
    ],
    [
      'a property in another case',
      'vnet',
      ['properties', 'AddressSpace'],
      {},
      'unknown-property',
      'properties.AddressSpace',
    ],
    [
      'an unknown property of a discriminated object',
      'rules',
      [...firewallRule, 'fqdnTags'],
      ['WindowsUpdate'],
      'unknown-property',
      'properties.ruleCollections[0].rules[0].fqdnTags',
    ],
    [
      'a required property that is missing',
      'nsg',
      [...rule, 'access'],
      undefined,
      'missing',
      'properties.securityRules[0].properties.access',
    ],
    ['a required property at the top', 'group', ['location'], undefined, 'missing', 'location'],
    [
      'a discriminator that is missing',
      'rules',
      [...firewallRule, 'ruleType'],
      undefined,
      'missing',
      'properties.ruleCollections[0].rules[0].ruleType',
    ],
    [
      'a discriminator that is none',
      'rules',
      [...firewallRule, 'ruleType'],
      'AppRule',
      'not-in-enum',
      'properties.ruleCollections[0].rules[0].ruleType',
    ],
    [
      'a value that a closed enum has not',
      'vault',
      ['properties', 'sku', 'name'],
      'gold',
      'not-in-enum',
      'properties.sku.name',
    ],
    [
      'a value that an open enum does not list',
      'nsg',
      [...rule, 'direction'],
      'Sideways',
      'unlisted',
      'properties.securityRules[0].properties.direction',
    ],
    [
      'a read-only property',
      'vnet',
      ['properties', 'provisioningState'],
      'Succeeded',
      'read-only',
      'properties.provisioningState',
    ],
    ['a read-only property at the top', 'vnet', ['id'], '/subscriptions/x', 'read-only', 'id'],
    [
      'a string for a number',
      'nsg',
      [...rule, 'priority'],
      '100',
      'wrong-type',
      'properties.securityRules[0].properties.priority',
    ],
    [
      'a fraction for an integer',
      'nsg',
      [...rule, 'priority'],
      1.5,
      'wrong-type',
      'properties.securityRules[0].properties.priority',
    ],
    ['a number for a string', 'vnet', ['location'], 1, 'wrong-type', 'location'],
    ['a string for a list', 'vnet', ['properties', 'subnets'], 'a', 'wrong-type', 'properties.subnets'],
    ['an object for a list', 'vnet', ['properties', 'subnets'], {}, 'wrong-type', 'properties.subnets'],
    ['a list for an object', 'vnet', ['properties'], [], 'wrong-type', 'properties'],
    ['null', 'vnet', ['properties', 'addressSpace'], null, 'wrong-type', 'properties.addressSpace'],
    [
      'a string for a boolean',
      'vnet',
      ['properties', 'enableDdosProtection'],
      'true',
      'wrong-type',
      'properties.enableDdosProtection',
    ],
    ['a number in a map of strings', 'vnet', ['tags', 'n'], 1, 'wrong-type', 'tags.n'],
    ['a number that is too small', 'rules', ['properties', 'priority'], 99, 'out-of-range', 'properties.priority'],
    ['a number that is too large', 'rules', ['properties', 'priority'], 65001, 'out-of-range', 'properties.priority'],
    ['a text that is too long', 'group', ['name'], 'x'.repeat(91), 'out-of-range', 'name'],
    ['a text of another form', 'group', ['name'], 'rg 1', 'pattern', 'name'],
    ['a version that is not in the index', 'vnet', ['apiVersion'], '2019-02-29', 'unknown-type', ''],
    ['a type that is not in the index', 'vnet', ['type'], 'Microsoft.Network/virtualNets', 'unknown-type', ''],
  ])('catches %s', (_title, body, path, value, kind, at) => {
    const faults = checkResource(types, changed(bodies[body], path, value));
    expect(faults.map((fault) => [fault.kind, fault.path])).toEqual([[kind, at]]);
  });

  test('an expression may be of any type, and an escaped one is a text', () => {
    expect(checkResource(types, changed(bodies.rules, ['properties', 'priority'], '[parameters(1)]'))).toEqual([]);
    expect(checkResource(types, changed(bodies.rules, ['properties', 'priority'], '[[x]'))).toMatchObject([
      { kind: 'wrong-type' },
    ]);
  });

  test('an extension resource is looked up under its own namespace', () => {
    expect(listedType('Microsoft.Network/virtualNetworks/providers/diagnosticSettings', 'v/Microsoft.Insights/d')).toBe(
      'Microsoft.Insights/diagnosticSettings',
    );
    expect(listedType('Microsoft.Network/virtualNetworks/subnets', 'v/s')).toBe(
      'Microsoft.Network/virtualNetworks/subnets',
    );
  });
});
