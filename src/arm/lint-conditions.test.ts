import { describe, expect, test } from 'vitest';
import { endedApiVersion } from './lint-api-versions.ts';
import { expandOffline } from './offline.ts';

const outline = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [],
};
const codes = (template: unknown): readonly string[] => expandOffline({ template }).warnings.map((one) => one.code);

/** Truth tables of and, or, not and equals; what hangs on a parameter is never said to be fixed. */
describe('conditions that are the same whatever is given', () => {
  const parameters = {
    p: { type: 'bool', defaultValue: true },
    tier: { type: 'string', defaultValue: 'a', allowedValues: ['a', 'b'] },
    maybe: { type: 'string', defaultValue: 'a', allowedValues: ['a'], nullable: true },
    free: { type: 'string', defaultValue: 'a' },
  };
  const variables = { yes: true, no: '[not(true())]', same: "[variables('yes')]", text: 'a', five: 5, object: {} };
  const of = (condition: unknown): 'always' | 'never' | 'open' => {
    const resources = [{ type: 'A.B/c', apiVersion: '1', name: 'x', condition }];
    const found = codes({ ...outline, parameters, variables, resources });
    if (found.includes('ARM_UNREACHABLE')) return 'never';
    return found.includes('ARM_CONDITION_ALWAYS_TRUE') ? 'always' : 'open';
  };

  test.each([
    [true, 'always'],
    [false, 'never'],
    ['[true()]', 'always'],
    ['[false()]', 'never'],
    ['[not(false())]', 'always'],
    ['[not(true())]', 'never'],
    ["[not(parameters('p'))]", 'open'],
    ['[and(true(), true())]', 'always'],
    ['[and(true(), false())]', 'never'],
    ["[and(parameters('p'), false())]", 'never'],
    ["[and(parameters('p'), true())]", 'open'],
    ["[or(parameters('p'), true())]", 'always'],
    ["[or(parameters('p'), false())]", 'open'],
    ['[or(false(), false())]', 'never'],
    ["[variables('yes')]", 'always'],
    ["[variables('no')]", 'never'],
    ["[variables('same')]", 'always'],
    ["[equals('a', 'a')]", 'always'],
    ["[equals('a', 'A')]", 'never'],
    ["[equals(variables('text'), 'a')]", 'always'],
    ["[equals(variables('five'), 5)]", 'always'],
    ["[equals(variables('object'), 5)]", 'open'],
    ["[equals(parameters('tier'), 'c')]", 'never'],
    ["[equals('c', parameters('tier'))]", 'never'],
    ["[equals(parameters('tier'), 'a')]", 'open'],
    ["[not(equals(parameters('tier'), 'c'))]", 'always'],
    ["[equals(parameters('maybe'), null())]", 'open'],
    ["[equals(parameters('free'), 'c')]", 'open'],
    ["[equals(parameters('tier'), parameters('free'))]", 'open'],
    ["[equals(variables('text'), resourceGroup().name)]", 'open'],
    ["[contains('abc', 'a')]", 'open'],
    ["[equals(resourceGroup().name, 'x')]", 'open'],
  ])('%j', (condition, expected) => {
    expect(of(condition)).toBe(expected);
  });

  test('one resource of a loop is told of, and outputs are', () => {
    const resources = [
      {
        type: 'A.B/c',
        apiVersion: '1',
        name: "[concat('x', string(copyIndex()))]",
        condition: false,
        copy: { name: 'l', count: 3 },
      },
    ];
    const outputs = { o: { type: 'string', condition: false, value: 'x' } };
    const { warnings } = expandOffline({ template: { ...outline, resources, outputs } });
    expect(warnings.map((one) => one.message)).toEqual([
      'A.B/c "x0" can never be reached: its condition is false whatever parameters are given.',
      'The output "o" can never be reached: its condition is false whatever parameters are given.',
    ]);
  });
});

/** The dates of the pages that the data names. */
describe('api-versions past their end', () => {
  const ended = (type: string, version: string, now: string) =>
    endedApiVersion(type, version, new Date(`${now}T12:00:00Z`))?.end;
  test.each([
    ['Microsoft.ContainerService/managedClusters', '2023-01-02-preview', '2024-06-20', '2024-06-20'],
    ['Microsoft.ContainerService/managedClusters', '2023-01-02-preview', '2024-06-19', undefined],
    ['microsoft.containerservice/managedclusters/agentPools', '2018-08-01-PREVIEW', '2026-01-01', '2023-06-01'],
    ['Microsoft.ContainerService/managedClusters', '2024-01-01', '2026-01-01', undefined],
    ['Microsoft.ApiManagement/service', '2020-12-01', '2024-06-01', '2024-06-01'],
    ['Microsoft.ApiManagement/service', '2020-12-01', '2024-05-31', undefined],
    ['Microsoft.ApiManagement/service', '2021-08-01', '2026-01-01', undefined],
    ['Microsoft.App/containerApps', '2022-11-01-preview', '2023-11-16', '2023-11-16'],
    ['Microsoft.App/containerApps', '2023-04-01-preview', '2024-03-06', '2024-03-06'],
    ['Microsoft.App/containerApps', '2023-05-01', '2026-01-01', undefined],
    ['Microsoft.Network/virtualNetworks', '2015-06-15', '2026-01-01', undefined],
    ['nonsense', '2015-06-15', '2026-01-01', undefined],
  ])('%s %s on %s', (type, version, now, expected) => {
    expect(ended(type, version, now)).toBe(expected);
  });

  test('the page that says so is named', () => {
    expect(
      endedApiVersion('Microsoft.App/containerApps', '2023-04-01-preview', new Date('2025-01-01'))?.source,
    ).toContain('azure.microsoft.com/updates');
  });
});
