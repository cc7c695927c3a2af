import { describe, expect, test } from 'vitest';
import {
  formatResourceId,
  idKey,
  parentId,
  parseResourceId,
  parseScope,
  resourceType,
  sameId,
  scopeId,
} from './resource-id.ts';

const rg = '/subscriptions/s/resourceGroups/g';
const vnet = `${rg}/providers/Microsoft.Network/virtualNetworks/v`;

/** Forms of ids: learn.microsoft.com, "Resource functions for ARM templates", extensionResourceId and resourceId. */
describe('taking ids apart and putting them together', () => {
  test.each([
    [
      vnet,
      { scope: rg, subscriptionId: 's', resourceGroup: 'g', type: 'Microsoft.Network/virtualNetworks', names: ['v'] },
      rg,
    ],
    [
      `${vnet}/subnets/n`,
      {
        scope: rg,
        subscriptionId: 's',
        resourceGroup: 'g',
        type: 'Microsoft.Network/virtualNetworks/subnets',
        names: ['v', 'n'],
      },
      vnet,
    ],
    [
      `${vnet}/providers/Microsoft.Insights/diagnosticSettings/d`,
      {
        scope: vnet,
        subscriptionId: 's',
        resourceGroup: 'g',
        type: 'Microsoft.Insights/diagnosticSettings',
        names: ['d'],
      },
      vnet,
    ],
    [
      '/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/p',
      {
        scope: '/subscriptions/s',
        subscriptionId: 's',
        type: 'Microsoft.Authorization/policyAssignments',
        names: ['p'],
      },
      '/subscriptions/s',
    ],
    [
      rg,
      {
        scope: '/subscriptions/s',
        subscriptionId: 's',
        resourceGroup: 'g',
        type: 'Microsoft.Resources/resourceGroups',
        names: ['g'],
      },
      '/subscriptions/s',
    ],
    [
      '/subscriptions/s',
      { scope: '', subscriptionId: 's', type: 'Microsoft.Resources/subscriptions', names: ['s'] },
      undefined,
    ],
    [
      '/providers/Microsoft.Management/managementGroups/m',
      { scope: '', type: 'Microsoft.Management/managementGroups', names: ['m'] },
      undefined,
    ],
    [
      '/providers/Microsoft.Management/managementGroups/m/providers/Microsoft.Authorization/policyDefinitions/d',
      {
        scope: '/providers/Microsoft.Management/managementGroups/m',
        type: 'Microsoft.Authorization/policyDefinitions',
        names: ['d'],
      },
      '/providers/Microsoft.Management/managementGroups/m',
    ],
    // A resource may be called "providers".
    [
      `${rg}/providers/Microsoft.Network/virtualNetworks/providers`,
      {
        scope: rg,
        subscriptionId: 's',
        resourceGroup: 'g',
        type: 'Microsoft.Network/virtualNetworks',
        names: ['providers'],
      },
      rg,
    ],
  ])('%s', (id, parsed, parent) => {
    expect(parseResourceId(id)).toEqual(parsed);
    expect(formatResourceId(parsed)).toBe(id);
    expect(resourceType(id)).toBe(parsed.type);
    expect(parentId(id)).toBe(parent);
  });

  test.each([
    '',
    'x',
    '/',
    '//',
    '/subscriptions',
    `${rg}/providers/Microsoft.Network`,
    `${vnet}/subnets`,
    '/x/y',
    `${rg}//providers/A.B/c/d`,
    '/foo/bar/providers/A.B/c/d',
  ])('%j is no id', (text) => {
    expect(parseResourceId(text)).toBeUndefined();
    expect(resourceType(text)).toBeUndefined();
    expect(parentId(text)).toBeUndefined();
  });
});

test('ids are the same without regard to case, and a group by both of its forms', () => {
  expect(sameId(vnet, vnet.toUpperCase())).toBe(true);
  expect(sameId(vnet, `${vnet}2`)).toBe(false);
  expect(idKey('/subscriptions/S/providers/Microsoft.Resources/resourceGroups/G')).toBe(idKey(rg));
  expect(sameId('/subscriptions/S/resourcegroups/G/', rg)).toBe(true);
});

test('scopes and their ids', () => {
  const scopes = [
    { kind: 'tenant' },
    { kind: 'managementGroup', managementGroup: 'm' },
    { kind: 'subscription', subscriptionId: 's' },
    { kind: 'resourceGroup', subscriptionId: 's', resourceGroup: 'g' },
  ] as const;
  expect(scopes.map(scopeId)).toEqual([
    '',
    '/providers/Microsoft.Management/managementGroups/m',
    '/subscriptions/s',
    rg,
  ]);
  expect(scopes.map((scope) => parseScope(scopeId(scope)))).toEqual(scopes);
  expect(parseScope(vnet)).toBeUndefined();
  expect(parseScope('nonsense')).toBeUndefined();
});
