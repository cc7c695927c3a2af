import { describe, expect, test } from 'vitest';
import type { ArmError } from './arm-error.ts';
import type { DeploymentContext, RuntimeProvider } from './contract.ts';
import { expandTemplate } from './expand.ts';
import type { GivenParameters } from './given-parameters.ts';
import { readJson } from './json-reader.ts';
import { expandOffline, offlineContext } from './offline.ts';

type Part = Readonly<Record<string, unknown>>;

const own = '11111111-2222-3333-4444-555555555555';
const other = '99999999-2222-3333-4444-555555555555';
const outline = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [],
};
const nothing: RuntimeProvider = { resource: () => undefined, action: () => undefined };

const nested = (value: string, more: Part = {}, properties: Part = {}): Part => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2025-04-01',
  name: 'n',
  ...more,
  properties: {
    mode: 'Incremental',
    expressionEvaluationOptions: { scope: 'inner' },
    template: { ...outline, outputs: { o: { type: 'array', value: [value] } } },
    ...properties,
  },
});

const surroundings = (more: Partial<DeploymentContext> = {}): DeploymentContext => ({
  ...offlineContext({
    scope: { kind: 'resourceGroup', subscriptionId: own, resourceGroup: 'rg' },
    deploymentName: 'd',
  }),
  subscription: { subscriptionId: own, displayName: 'Production' },
  ...more,
});

/** The value that an expression has inside a nested template. */
function inside(value: string, more: Part = {}, context: Partial<DeploymentContext> = {}): unknown {
  const template = { ...outline, resources: [nested(value, more)] };
  const [deployment] = expandTemplate({ template, context: surroundings(context) }).resources;
  const outputs = deployment?.nested?.(nothing).expansion.outputs(nothing);
  return (outputs?.o?.value as readonly unknown[] | undefined)?.[0];
}

/** learn.microsoft.com, "Using linked and nested templates", "Deployment scopes": inside, functions answer for the target. */
describe('what a nested template in inner scope sees around it', () => {
  test('its own name, group and subscription', () => {
    expect(inside('[deployment().name]')).toBe('n');
    expect(inside('[resourceGroup().id]')).toBe(`/subscriptions/${own}/resourceGroups/rg`);
    expect(inside('[resourceGroup().id]', { resourceGroup: 'x' })).toBe(`/subscriptions/${own}/resourceGroups/x`);
    const elsewhere = { resourceGroup: 'x', subscriptionId: other };
    expect(inside('[resourceGroup().id]', elsewhere)).toBe(`/subscriptions/${other}/resourceGroups/x`);
    expect(inside('[subscription().displayName]')).toBe('Production');
    expect(inside('[subscription().displayName]', { resourceGroup: 'x', subscriptionId: own.toUpperCase() })).toBe(
      'Production',
    );
    expect(inside('[subscription()]', elsewhere)).toEqual({
      id: `/subscriptions/${other}`,
      subscriptionId: other,
      tenantId: '00000000-0000-0000-0000-000000000000',
      displayName: other,
    });
  });

  test('a location where its scope has one', () => {
    const toSubscription = { subscriptionId: own, location: 'northeurope' };
    expect(inside('[deployment().location]', toSubscription)).toBe('northeurope');
    expect(inside("[contains(deployment(), 'location')]", { location: 'northeurope' })).toBe(false);
    expect(inside("[contains(deployment(), 'location')]", { resourceGroup: 'x' })).toBe(false);
    const atSubscription = { scope: { kind: 'subscription', subscriptionId: own }, location: 'westus' } as const;
    expect(inside("[contains(deployment(), 'location')]", { resourceGroup: 'x' }, atSubscription)).toBe(false);
    expect(inside('[deployment().location]', { location: "[concat('north', 'europe')]" }, atSubscription)).toBe(
      'northeurope',
    );
  });

  test('a management group with what is known of it', () => {
    const managementGroup = (name: string) => ({ displayName: `Group ${name}` });
    const toGroup = { scope: 'Microsoft.Management/managementGroups/mg', location: 'westus' };
    expect(inside('[managementGroup().properties.displayName]', toGroup, { managementGroup })).toBe('Group mg');
    expect(inside('[managementGroup().name]', toGroup)).toBe('mg');
    expect(inside('[tenant().tenantId]', { scope: '/', location: 'westus' })).toBe(
      '00000000-0000-0000-0000-000000000000',
    );
  });

  test('new identifiers, and not where its parent was kept', () => {
    const template = { ...outline, parameters: { g: { type: 'string', defaultValue: '[newGuid()]' } } };
    const whole = nested(
      '',
      {},
      { template: { ...template, outputs: { o: { type: 'string', value: "[parameters('g')]" } } } },
    );
    const context = surroundings({ newGuid: () => 'fresh' });
    const [deployment] = expandTemplate({ template: { ...outline, resources: [whole] }, context }).resources;
    expect(deployment?.nested?.(nothing).expansion.outputs(nothing).o?.value).toBe('fresh');
    const templateLink = { uri: 'https://x/y.json' };
    expect(inside("[contains(deployment().properties, 'templateLink')]", {}, { templateLink })).toBe(false);
  });
});

describe('the shape of a nested deployment', () => {
  const failing = (properties: unknown, more: Part = {}): string => {
    const template = { ...outline, resources: [{ ...nested('x', more), properties }] };
    try {
      expandOffline({ template: readJson(JSON.stringify(template), 't.json') });
    } catch (error) {
      return (error as ArmError).body.message;
    }
    return expect.unreachable();
  };

  test.each([
    [undefined, "A nested deployment has to have 'properties'"],
    ["[createArray('x')]", "A nested deployment has to have 'properties'"],
    [{ mode: 'Incremental' }, "A nested deployment has to have a 'template' or a 'templateLink'"],
    [{ template: null }, "A nested deployment has to have a 'template' or a 'templateLink'"],
    [{ mode: 'Complete', template: outline }, "The mode of a nested deployment has to be 'Incremental'"],
    [{ mode: 'COMPLETE', template: outline }, "The mode of a nested deployment has to be 'Incremental'"],
    [
      { mode: 'Completely', template: outline },
      "The deployment mode 'Completely' is not one of 'Incremental, Complete'",
    ],
    [{ mode: 'Not complete', template: outline }, "'Not complete' is not one of 'Incremental, Complete'"],
    [{ mode: 1, template: outline }, "The deployment mode '1' is not one of 'Incremental, Complete'"],
    [
      { template: outline, templateLink: { relativePath: 'x' } },
      "A nested deployment has either a 'template' or a 'templateLink', not both",
    ],
  ])('%j is refused', (properties, message) => {
    expect(failing(properties)).toContain(message);
  });

  test.each([
    [{ mode: 'incremental', template: outline }],
    [{ template: outline }],
    [{ template: outline, templateLink: null }],
  ])('%j is fine', (properties) => {
    const template = { ...outline, resources: [{ ...nested('x'), properties }] };
    expect(expandOffline({ template }).resources).toHaveLength(1);
  });

  test('names in any case are read', () => {
    const { properties, ...rest } = nested('[deployment().name]');
    const template = { ...outline, resources: [{ ...rest, Properties: properties }] };
    const [deployment] = expandTemplate({ template, context: surroundings() }).resources;
    expect(deployment?.nested?.(nothing).expansion.outputs(nothing).o?.value).toEqual(['n']);
    expect(deployment?.nested?.(nothing).mode).toBe('Incremental');
  });

  test('what is deployed has the template in it as it was written', () => {
    const template = { ...outline, resources: [nested('[resourceGroup().name]')] };
    const [deployment] = expandTemplate({ template, context: surroundings() }).resources;
    expect(deployment?.evaluate(nothing)).toEqual(
      expect.objectContaining({
        properties: expect.objectContaining({
          template: { ...outline, outputs: { o: { type: 'array', value: ['[resourceGroup().name]'] } } },
        }),
      }),
    );
    expect(deployment?.evaluate(nothing)).not.toHaveProperty('resourceGroup');
  });

  test('in outer scope a nested template has no parameters of its own to be recorded', () => {
    const inner = { ...outline, parameters: { p: { type: 'string', defaultValue: 'x' } } };
    const whole = nested('', {}, { expressionEvaluationOptions: undefined, template: inner });
    const [deployment] = expandTemplate({
      template: { ...outline, resources: [whole] },
      context: surroundings(),
    }).resources;
    expect(deployment?.nested?.(nothing).expansion.parameters).toEqual({});
  });
});

test('symbolic names are told of the resources that have them', () => {
  const resources = { a: { type: 'A.B/c', apiVersion: '1', name: 'x' } };
  const modern = { ...outline, languageVersion: '2.0', resources };
  expect(expandTemplate({ template: modern, context: surroundings() }).resources[0]?.symbolicName).toBe('a');
  const old = { ...outline, resources: [resources.a] };
  const [resource] = expandTemplate({ template: old, context: surroundings() }).resources;
  expect(resource).not.toHaveProperty('symbolicName');
  expect(resource).not.toHaveProperty('place');
  expect(resource).not.toHaveProperty('nested');
});

/** learn.microsoft.com, "Deployment functions", deployment(): what was given is shown; secrets never. */
describe('what deployment() shows of the parameters', () => {
  const shown = (given: GivenParameters, parameters: Part): unknown => {
    const outputs = { o: { type: 'object', value: '[deployment().properties.parameters]' } };
    const expansion = expandTemplate({
      template: { ...outline, parameters, outputs },
      parameters: given,
      context: surroundings(),
    });
    return expansion.outputs(nothing).o?.value;
  };

  test('plain ones, without those of secure types', () => {
    const parameters = { p: { type: 'string' }, s: { type: 'SecureString' }, o: { type: 'secureobject' } };
    const given = { p: { value: 'x' }, S: { value: 'secret' }, o: { value: { a: 'secret' } } };
    expect(shown(given, parameters)).toEqual({ p: { value: 'x' } });
  });

  test('nor what only a default value says', () => {
    expect(shown({}, { p: { type: 'string', defaultValue: 'x' } })).toEqual({});
  });
});

/** learn.microsoft.com, "Use Azure Key Vault to pass secure parameter value during deployment". */
describe('secrets of a vault', () => {
  const vault = `/subscriptions/${own}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv`;
  const asked = (reference: unknown, answer: unknown = 'hunter2') => {
    const template = {
      ...outline,
      parameters: { s: { type: 'securestring' } },
      resources: [{ type: 'A.B/c', apiVersion: '1', name: 'x', properties: { v: "[parameters('s')]" } }],
    };
    const calls: unknown[] = [];
    const runtime: RuntimeProvider = {
      resource: () => undefined,
      action: (...call) => {
        calls.push(call);
        return answer;
      },
    };
    const given = { s: { reference } };
    const [resource] = expandTemplate({ template, parameters: given, context: surroundings() }).resources;
    const offline = expandOffline({ template, parameters: given }).resources[0]?.body;
    return { body: resource?.evaluate(runtime), calls, offline };
  };

  test('the newest version, unless one is named', () => {
    expect(asked({ keyVault: { id: vault }, secretName: 'a' })).toEqual({
      body: { properties: { v: 'hunter2' } },
      calls: [[vault, 'getSecret', '2023-07-01', { secretName: 'a' }]],
      offline: { properties: { v: `[getSecret('${vault}', 'a')]` } },
    });
    expect(asked({ keyVault: { id: vault }, secretName: 'a', secretVersion: 'v1' })).toEqual({
      body: { properties: { v: 'hunter2' } },
      calls: [[vault, 'getSecret', '2023-07-01', { secretName: 'a', secretVersion: 'v1' }]],
      offline: { properties: { v: `[getSecret('${vault}', 'a', 'v1')]` } },
    });
  });

  test('an answer that is no text is refused, without telling it', () => {
    const work = () => asked({ keyVault: { id: vault }, secretName: 'a' }, { leaked: 'hunter2' });
    expect(work).toThrow(`The secret of [getSecret('${vault}', 'a')] is not a text`);
    expect(work).not.toThrow('leaked');
  });

  test.each([
    [{ keyVault: { id: vault } }],
    [{ keyVault: { id: 1 }, secretName: 'a' }],
    [{ secretName: 'a' }],
    ['x'],
    [{ keyVault: 'x', secretName: 'a' }],
    [{ keyVault: { id: vault }, secretName: 1 }],
  ])('%j is no reference', (reference) => {
    expect(() => asked(reference)).toThrow("A parameter 'reference' has to have 'keyVault.id' and 'secretName'");
  });
});
