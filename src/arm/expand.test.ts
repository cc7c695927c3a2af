import { describe, expect, test } from 'vitest';
import { topologicalOrder } from '../kernel/graph.ts';
import { ArmError } from './arm-error.ts';
import type { Expansion, RuntimeProvider } from './contract.ts';
import { dependencyGraph } from './dependencies.ts';
import { expandTemplate } from './expand.ts';
import type { GivenParameters } from './given-parameters.ts';
import { readJson } from './json-reader.ts';
import { offlineContext } from './offline.ts';

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/resource-group';
const ip = `${group}/providers/Microsoft.Network/publicIPAddresses/ip`;

function expand(parts: Record<string, unknown>, parameters: GivenParameters = {}): Expansion {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [],
    ...parts,
  };
  return expandTemplate({
    template: readJson(JSON.stringify(template), 't.json'),
    parameters,
    context: offlineContext(),
  });
}

const resource = (type: string, name: string, more: Record<string, unknown> = {}) => ({
  type,
  apiVersion: '2023-01-01',
  name,
  ...more,
});

/** A cloud that holds one address and answers two actions. */
const cloud: RuntimeProvider = {
  resource: (id, apiVersion) =>
    id === ip
      ? {
          id,
          name: 'ip',
          type: 'Microsoft.Network/publicIPAddresses',
          location: 'westeurope',
          tags: { a: 'b' },
          properties: { ipAddress: '192.0.2.1', apiVersion },
        }
      : undefined,
  action: (id, action, apiVersion, body) => (action === 'getSecret' ? 'hunter2' : { id, action, apiVersion, body }),
};

function body(expansion: Expansion, at: number): unknown {
  return expansion.resources[at]?.evaluate(cloud);
}

function errorOf(work: () => unknown): ArmError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ArmError);
    return error as ArmError;
  }
  return expect.unreachable();
}

/** learn.microsoft.com, "Resource functions for ARM templates": reference and list*. */
describe('run-time functions', () => {
  test('reference by name gives the properties with the api-version of the template', () => {
    const expansion = expand({
      resources: [
        resource('Microsoft.Network/publicIPAddresses', 'ip'),
        resource('A.B/c', 'x', {
          location: '[resourceGroup().location]',
          properties: { v: "[reference('ip')]", s: "[concat('at ', reference('ip').ipAddress)]" },
        }),
      ],
    });
    expect(body(expansion, 1)).toEqual({
      location: 'westeurope',
      properties: { v: { ipAddress: '192.0.2.1', apiVersion: '2023-01-01' }, s: 'at 192.0.2.1' },
    });
  });

  test('Full gives everything around the properties', () => {
    const expansion = expand({
      outputs: { o: { type: 'object', value: `[reference('${ip}', '2022-01-01', 'Full')]` } },
    });
    expect(expansion.outputs(cloud).o).toEqual({
      type: 'Object',
      value: {
        apiVersion: '2022-01-01',
        location: 'westeurope',
        tags: { a: 'b' },
        properties: { ipAddress: '192.0.2.1', apiVersion: '2022-01-01' },
        subscriptionId: '00000000-0000-0000-0000-000000000000',
        resourceGroupName: 'resource-group',
        resourceId: 'Microsoft.Network/publicIPAddresses/ip',
        referenceApiVersion: '2022-01-01',
        condition: true,
        isConditionTrue: true,
        isTemplateResource: false,
        isAction: false,
        provisioningOperation: 'Read',
      },
    });
  });

  test('list* is an action of the resource, with a body when there is one', () => {
    const expansion = expand({
      outputs: {
        a: { type: 'object', value: `[listKeys('${ip}', '2022-01-01')]` },
        b: { type: 'object', value: `[listAccountSas('${ip}', '2022-01-01', createObject('x', 1))]` },
      },
    });
    expect(expansion.outputs(cloud)).toEqual({
      a: { type: 'Object', value: { id: ip, action: 'listKeys', apiVersion: '2022-01-01' } },
      b: { type: 'Object', value: { id: ip, action: 'listAccountSas', apiVersion: '2022-01-01', body: { x: 1 } } },
    });
  });

  test('only the branch that is taken asks', () => {
    const expansion = expand({
      resources: [
        resource('Microsoft.Network/publicIPAddresses', 'ip'),
        resource('A.B/c', 'none', { condition: false }),
        resource('A.B/c', 'x', {
          properties: { v: "[if(equals(reference('ip').ipAddress, '192.0.2.1'), 'yes', reference('none').missing)]" },
        }),
      ],
    });
    expect(body(expansion, 2)).toEqual({ properties: { v: 'yes' } });
  });

  test('what is not there is ResourceNotFound', () => {
    const expansion = expand({
      resources: [resource('A.B/c', 'y'), resource('A.B/c', 'x', { properties: { v: "[reference('y').z]" } })],
    });
    const { status, body: error } = errorOf(() => body(expansion, 1));
    expect(status).toBe(404);
    expect(error).toEqual({
      code: 'ResourceNotFound',
      message:
        "The Resource 'A.B/c/y' under resource group 'resource-group' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    });
  });

  test('what fails at run time is said in the words of a running deployment', () => {
    const expansion = expand({
      resources: [
        resource('Microsoft.Network/publicIPAddresses', 'ip'),
        resource('A.B/c', 'x', { properties: { v: "[reference('ip').nope]" } }),
      ],
    });
    const { body: error } = errorOf(() => body(expansion, 1));
    expect(error.code).toBe('InvalidTemplate');
    expect(error.message).toMatch(
      /^Unable to process template language expressions for resource '.*\/A.B\/c\/x' at line '1' and column '\d+'. 'The language expression property 'nope' doesn't exist, available properties are 'ipAddress, apiVersion'.'$/,
    );
  });

  test('a secret of a vault is asked for once the deployment runs, and never shown', () => {
    const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv`;
    const expansion = expand(
      {
        parameters: { pw: { type: 'securestring', minLength: 2 } },
        resources: [
          resource('A.B/c', 'x', { properties: { pw: "[parameters('pw')]", u: "[toUpper(parameters('pw'))]" } }),
        ],
      },
      { pw: { reference: { keyVault: { id: vault }, secretName: 's' } } },
    );
    expect(body(expansion, 0)).toEqual({ properties: { pw: 'hunter2', u: 'HUNTER2' } });
    expect(expansion.parameters).toEqual({ pw: { type: 'SecureString' } });
  });

  test('outputs that fail are named, and secure ones are empty', () => {
    const expansion = expand({
      outputs: {
        good: { type: 'securestring', value: 'x' },
        bad: { type: 'string', value: `[reference('${ip}', '2022-01-01').nope]` },
        wrong: { type: 'int', value: 'text' },
      },
    });
    const { body: error } = errorOf(() => expansion.outputs(cloud));
    expect(error.code).toBe('DeploymentOutputEvaluationFailed');
    expect(error.message).toContain("Unable to evaluate template outputs: 'bad, wrong'.");
    expect(error.details?.map((one) => one.target)).toEqual(['bad', 'wrong']);
    expect(expand({ outputs: { good: { type: 'securestring', value: 'x' } } }).outputs(cloud)).toEqual({
      good: { type: 'SecureString' },
    });
  });
});

describe('nested deployments', () => {
  const nested = (properties: Record<string, unknown>) =>
    expand({
      resources: [
        resource('Microsoft.Network/publicIPAddresses', 'ip'),
        resource('Microsoft.Resources/deployments', 'n', { resourceGroup: 'other', properties }),
      ],
    }).resources[1];
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { a: { type: 'string' } },
    resources: [resource('A.B/c', "[parameters('a')]")],
  };

  test('parameters are worked out when its turn comes', () => {
    const one = nested({
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: { a: { value: "[reference('ip').ipAddress]" } },
      template,
    });
    expect(one?.dependsOn).toEqual([ip]);
    const { context, expansion, mode } = one?.nested?.(cloud) ?? expect.unreachable();
    expect(mode).toBe('Incremental');
    expect(context.deploymentName).toBe('n');
    expect(context.scope).toMatchObject({ kind: 'resourceGroup', resourceGroup: 'other' });
    expect(expansion.resources[0]?.name).toBe('192.0.2.1');
    expect(expansion.resources[0]?.place).toMatchObject({
      file: 't.json',
      path: 'resources[1].properties.template.resources[0]',
    });
    expect(one?.evaluate(cloud)).toMatchObject({ properties: { template, parameters: { a: { value: '192.0.2.1' } } } });
  });

  test.each([
    [{ mode: 'Incremental', templateLink: { uri: 'https://x/y.json' } }, 'InvalidContentLink', /https:\/\/x\/y.json/],
    [{ mode: 'Complete', template }, 'InvalidTemplate', /has to be 'Incremental'/],
    [
      { mode: 'Incremental', expressionEvaluationOptions: { scope: 'inner' }, template },
      'InvalidTemplate',
      /The value for the template parameter 'a'/,
    ],
  ])('%j is refused', (properties, code, message) => {
    const { body: error } = errorOf(() => nested(properties)?.nested?.(cloud));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('the dependency graph', () => {
  const chain = (
    edges: Readonly<Record<string, readonly string[]>>,
    conditions: Readonly<Record<string, boolean>> = {},
  ) =>
    expand({
      resources: Object.entries(edges).map(([name, dependsOn]) =>
        resource('A.B/c', name, { dependsOn, condition: conditions[name] ?? true }),
      ),
    });
  const id = (name: string) => `${group}/providers/A.B/c/${name}`;

  test('a diamond is no circle', () => {
    const order = topologicalOrder(dependencyGraph(chain({ a: ['b', 'c'], b: [], c: ['d'], d: ['b'] })));
    expect(order).toEqual(['b', 'd', 'c', 'a'].map(id));
  });

  test('a resource that its condition leaves out is dropped with its edges', () => {
    const graph = dependencyGraph(chain({ a: ['b'], b: ['c'], c: ['a'] }, { b: false }));
    expect([...graph.keys()]).toEqual([id('a'), id('c')]);
    expect(graph.get(id('a'))).toEqual(new Set());
    expect(graph.get(id('c'))).toEqual(new Set([id('a')]));
  });

  test.each([[{ a: ['a'] }], [{ a: ['b'], b: ['a'] }], [{ x: ['a'], a: ['b'], b: ['c'], c: ['a'] }]])(
    '%j is a circle',
    (edges) => {
      const { body: error } = errorOf(() => dependencyGraph(chain(edges)));
      expect(error.message).toBe(
        `Deployment template validation failed: 'Circular dependency detected on resource: '${id('a')}'. Please see https://aka.ms/arm-syntax-resources for usage details.'.`,
      );
      expect(error.additionalInfo?.[0]).toMatchObject({ type: 'TemplateViolation', info: { lineNumber: 1 } });
    },
  );
});

test('the surroundings ask for the group that the deployment goes to', () => {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1',
    resources: [resource('A.B/c', 'x', { location: '[resourceGroup().location]' })],
  };
  const missing = { ...offlineContext(), resourceGroup: () => undefined };
  const { status, body: error } = errorOf(() => expandTemplate({ template, context: missing }));
  expect([status, error.code]).toEqual([404, 'ResourceGroupNotFound']);
});

test('values of secure types are recorded nowhere', () => {
  const expansion = expand(
    {
      parameters: { s: { type: 'securestring' }, o: { type: 'secureObject' }, p: { type: 'string' } },
      outputs: {
        s: { type: 'SecureString', value: "[parameters('s')]" },
        o: { type: 'secureObject', value: "[parameters('o')]" },
      },
    },
    { s: { value: 'a' }, o: { value: { k: 'b' } }, p: { value: 'c' } },
  );
  expect(expansion.parameters).toEqual({
    s: { type: 'SecureString' },
    o: { type: 'SecureObject' },
    p: { type: 'String', value: 'c' },
  });
  expect(expansion.outputs(cloud)).toEqual({ s: { type: 'SecureString' }, o: { type: 'SecureObject' } });
});

test('expansion does not depend on the order of keys', () => {
  const variables = { a: "[concat(variables('b'), '1')]", b: "[concat(variables('c'), '2')]", c: 'x' };
  const turned = Object.fromEntries(Object.entries(variables).reverse());
  const outputs = { o: { type: 'string', value: "[variables('a')]" } };
  expect(expand({ variables: turned, outputs }).outputs(cloud)).toEqual(expand({ variables, outputs }).outputs(cloud));
});
