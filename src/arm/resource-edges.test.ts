import { describe, expect, test } from 'vitest';
import { ArmError } from './arm-error.ts';
import { dependencyGraph } from './dependencies.ts';
import { expandTemplate } from './expand.ts';
import { expandOffline, offlineContext } from './offline.ts';
import { messages, outline, paths } from './test-refusal.ts';

type Part = Readonly<Record<string, unknown>>;

const one = (more: Part = {}): Part => ({ type: 'A.B/c', apiVersion: '1', name: 'x', ...more });
const modern = { ...outline, languageVersion: '2.0' };
const expanded = (resources: unknown, more: Part = {}) =>
  expandOffline({ template: { ...outline, ...more, resources } });
const names = (resources: unknown, more: Part = {}) =>
  expanded(resources, more).resources.map(({ id }) => id.split('/resource-group/providers/').at(-1));
const nothing = { resource: () => undefined, action: () => undefined };

describe('members that may be left out or null', () => {
  test.each([[{ resources: null }], [{ dependsOn: null }], [{ copy: null }], [{ condition: true }], [{ scope: null }]])(
    '%j',
    (more) => {
      expect(names([one(more)])).toEqual(['A.B/c/x']);
    },
  );

  test('and be written in any case', () => {
    const resource = {
      TYPE: 'A.B/c',
      ApiVersion: '1',
      Name: "[concat('x', copyIndex())]",
      COPY: { Name: 'l', Count: 2 },
    };
    expect(names([resource])).toEqual(['A.B/c/x0', 'A.B/c/x1']);
    expect(names([{ ...one(), Resources: [{ type: 'd', apiVersion: '1', name: 'y' }] }])).toEqual([
      'A.B/c/x',
      'A.B/c/x/d/y',
    ]);
  });
});

describe('children by their symbolic names', () => {
  test('are read as those in a list', () => {
    const resources = { parent: one({ resources: { child: { type: 'd', apiVersion: '1', name: 'y' } } }) };
    expect(names(resources, modern)).toEqual(['A.B/c/x', 'A.B/c/x/d/y']);
  });

  test.each([[{ a: 1 }], ['x'], [1]])('%j is no list of children', (children) => {
    const template = { ...outline, resources: [one({ resources: children })] };
    expect(messages(template).join()).toContain("The 'resources' of a resource have to be an 'Array'");
    expect(paths(template)).toEqual(['resources[0].resources']);
  });
});

describe('conditions', () => {
  test.each([
    [true, true],
    [false, false],
    ['true', true],
    ['False', false],
    ["[equals('a', 'b')]", false],
    ["[toUpper('true')]", true],
  ])('%j is %s', (condition, wanted) => {
    expect(expanded([one({ condition })]).resources[0]?.condition).toBe(wanted);
  });

  test.each(['truest', 'untrue', '', 'yes', 1])('%j is none', (condition) => {
    const template = { ...outline, resources: [one({ condition })] };
    expect(messages(template).join()).toContain("The 'condition' has to be of type 'Boolean'");
    expect(paths(template)).toEqual(['resources[0].condition']);
  });
});

describe('loops of resources', () => {
  const copied = (copy: Part, more: Part = {}) => [one({ name: "[concat('x', copyIndex())]", copy, ...more })];
  const needs = (copy: Part) =>
    expanded(copied(copy)).resources.map(({ dependsOn }) => dependsOn.map((id) => id.split('/').at(-1)));

  test('in batches, each after the one before', () => {
    expect(needs({ name: 'l', count: 5, mode: 'Serial', batchSize: 2 })).toEqual([
      [],
      [],
      ['x0', 'x1'],
      ['x0', 'x1'],
      ['x2', 'x3'],
    ]);
    expect(needs({ name: 'l', count: 3, mode: 'serial' })).toEqual([[], ['x0'], ['x1']]);
    expect(needs({ name: 'l', count: 2, mode: 'Parallel', batchSize: 1 })).toEqual([[], []]);
    expect(needs({ name: 'l', count: 2, mode: 'serial', batchSize: 2 })).toEqual([[], []]);
    expect(needs({ name: 'l', count: 2, mode: "[concat('ser', 'ial')]", batchSize: '[add(0, 1)]' })).toEqual([
      [],
      ['x0'],
    ]);
  });

  test('two loops do not wait for each other', () => {
    const resources = [
      ...copied({ name: 'l', count: 2, mode: 'serial' }),
      ...copied({ name: 'm', count: 2, mode: 'serial' }, { type: 'A.B/d' }),
      one({ type: 'A.B/e' }),
    ];
    expect(
      expanded(resources).resources.map(({ dependsOn }) => dependsOn.map((id) => id.split('providers/').at(-1))),
    ).toEqual([[], ['A.B/c/x0'], [], ['A.B/d/x0'], []]);
  });

  test.each([
    [{ count: 1 }, "The 'copy' of a resource has to have a 'name'", 'resources[0]'],
    [{ name: '', count: 1 }, "The 'copy' of a resource has to have a 'name'", 'resources[0]'],
    [{ name: 'l', count: 801 }, "The value should be between '0' and '800'", 'resources[0].copy.count'],
    [{ name: 'l', count: -1 }, "The value should be between '0' and '800'", 'resources[0].copy.count'],
    [{ name: 'l', count: '2' }, "expected a value of type 'Integer'. Actual 'String'", 'resources[0].copy.count'],
    [{ name: 'l', count: 2, mode: 1 }, "The copy 'mode' '1' is not one of 'Parallel, Serial'", 'resources[0]'],
    [{ name: 'l', count: 2, mode: 'serial', batchSize: 3 }, "The copy 'batchSize' '3' is not valid", 'resources[0]'],
    [{ name: 'l', count: 2, mode: 'serial', batchSize: 0 }, "The copy 'batchSize' '0' is not valid", 'resources[0]'],
    [{ name: 'l', count: 2, mode: '[nope()]' }, "'nope' is not valid", 'resources[0].copy.mode'],
  ])('%j is refused', (copy, message, path) => {
    const template = { ...outline, resources: copied(copy) };
    expect(messages(template)[0]).toContain(message);
    expect(paths(template)[0]).toBe(path);
  });

  test('none may have more instances than a template has resources', () => {
    expect(names(copied({ name: 'l', count: 800 }))).toHaveLength(800);
    const resources = [...copied({ name: 'l', count: 800 }), one()];
    expect(messages({ ...outline, resources })[0]).toContain("Limit: '800' and actual: '801'");
  });
});

describe('scopes and ids', () => {
  test.each([
    ['A.B/c/x', 'A.B/c/x/providers/D.E/f/y'],
    ['A.B/c/x/d', undefined],
    ['A.B/c', undefined],
    ['A.B', undefined],
    ['/nothing', undefined],
    ['A.B/c//d/e', undefined],
  ])('scope %s', (scope, id) => {
    const resources = [{ type: 'D.E/f', apiVersion: '1', name: 'y', scope }];
    if (id === undefined) expect(messages({ ...outline, resources }).join()).toContain(`The scope '${scope}'`);
    else expect(names(resources)).toEqual([id]);
  });

  test('management groups are of the tenant, others of the deployment', () => {
    const at = (scope: string) => expanded([{ type: 'D.E/f', apiVersion: '1', name: 'y', scope }]).resources[0]?.id;
    expect(at('Microsoft.Management/managementGroups/mg')).toBe(
      '/providers/Microsoft.Management/managementGroups/mg/providers/D.E/f/y',
    );
    expect(at('X.Microsoft.Management/managementGroups/mg')).toMatch(/^\/subscriptions\//);
    expect(at('/subscriptions/s/')).toBe('/subscriptions/s/providers/D.E/f/y');
  });

  test('long names and types are cut in what is said', () => {
    const [said] = messages({
      ...outline,
      resources: [one({ type: `A.B/${'c'.repeat(300)}`, name: 'n/'.repeat(200) })],
    });
    expect(said).toContain(`for type 'A.B/${'c'.repeat(196)}'`);
    expect(said?.includes('c'.repeat(197))).toBe(false);
    const [version] = messages({ ...outline, resources: [one({ apiVersion: `${'1'.repeat(100)} ` })] });
    expect(version).toContain(`The apiVersion '${'1'.repeat(80)}' is not valid`);
  });

  test('a deployment has at most 64 characters in its name', () => {
    const deployment = (name: string) => ({
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2025-04-01',
      name,
      properties: { mode: 'Incremental', template: outline },
    });
    expect(names([deployment('n'.repeat(64))])).toHaveLength(1);
    expect(messages({ ...outline, resources: [deployment('n'.repeat(65))] }).join()).toContain(
      "maximum of '64' characters",
    );
  });
});

describe('dependencies', () => {
  test('a text may be worked out to a list', () => {
    const resources = [one(), one({ name: 'y', dependsOn: "[createArray('x')]" })];
    expect(expanded(resources).resources[1]?.dependsOn).toHaveLength(1);
  });

  test.each([
    [{ dependsOn: 'x' }, "The 'dependsOn' has to be an 'Array'. Actual 'String'", 'resources[0].dependsOn'],
    [{ dependsOn: [1] }, "An entry of 'dependsOn' has to be a 'String'", 'resources[0].dependsOn[0]'],
    [{ dependsOn: ['x', ''] }, "An entry of 'dependsOn' has to be a 'String'", 'resources[0].dependsOn[1]'],
    [
      { dependsOn: ["[resourceId('A.B/q', 'z')]"] },
      "The resource 'A.B/q/z' is not defined",
      'resources[0].dependsOn[0]',
    ],
  ])('%j is refused', (more, message, path) => {
    const template = { ...outline, resources: [one(more)] };
    expect(messages(template).join()).toContain(message);
    expect(paths(template)).toEqual([path]);
  });

  test('a circle is told at one of those that are in it', () => {
    const resources = [one({ name: 'a' }), one({ name: 'b', dependsOn: ['c'] }), one({ name: 'c', dependsOn: ['b'] })];
    const expansion = expandTemplate({ template: { ...outline, resources }, context: offlineContext() });
    expect(() => dependencyGraph(expansion)).toThrow(/Circular dependency detected on resource: '.*\/A\.B\/c\/[bc]'/);
  });
});

describe('copies inside of bodies', () => {
  const body = (properties: unknown) => expanded([one({ properties })]).resources[0]?.body.properties;

  test.each([
    [{ copy: [{ name: 'a', count: 2, input: 'i' }] }, { a: ['i', 'i'] }],
    [
      {
        copy: [
          { name: 'a', count: 1, input: 1 },
          { name: 'b', count: 0, input: 1 },
        ],
      },
      { a: [1], b: [] },
    ],
    [{ copy: [] }, { copy: [] }],
    [{ copy: [{ name: 'a', count: 1 }] }, { copy: [{ name: 'a', count: 1 }] }],
    [{ copy: [{ name: 'a', count: 1, input: 1 }, 'x'] }, { copy: [{ name: 'a', count: 1, input: 1 }, 'x'] }],
    [{ copy: [{ name: 'a', input: 1 }] }, { copy: [{ name: 'a', input: 1 }] }],
    [{ copy: { name: 'a', count: 1, input: 1 } }, { copy: { name: 'a', count: 1, input: 1 } }],
    [{ other: [{ name: 'a', count: 1, input: 1 }] }, { other: [{ name: 'a', count: 1, input: 1 }] }],
    [{ Copy: [{ Name: 'a', Count: 1, Input: "[copyIndex('a')]" }] }, { a: [0] }],
  ])('%j', (given, wanted) => {
    expect(body(given)).toEqual(wanted);
  });

  test('the count has to be known before anything is deployed', () => {
    const properties = { copy: [{ name: 'a', count: "[length(reference('y').list)]", input: 1 }] };
    const template = { ...outline, resources: [one({ properties }), one({ name: 'y' })] };
    expect(messages(template).join()).toContain("The template function 'reference' is not expected at this location");
    expect(paths(template)).toEqual(['resources[0].properties.copy[0].count']);
  });

  test('so has a name', () => {
    const template = { ...outline, resources: [one({ properties: { "[reference('y').a]": 1 } }), one({ name: 'y' })] };
    expect(messages(template).join()).toContain("The property name '[reference('y').a]' has to be known");
  });

  test('the place of a failure is the text that fails', () => {
    const properties = { copy: [{ name: 'a', count: 2, input: { b: ['x', '[nope()]'] } }] };
    expect(paths({ ...outline, resources: [one({ properties })] })).toEqual([
      'resources[0].properties.copy[0].input.b[1]',
    ]);
  });
});

describe('outputs that fail once everything is deployed', () => {
  const outputs = (values: Readonly<Record<string, Part>>) =>
    expandTemplate({ template: { ...outline, outputs: values }, context: offlineContext() }).outputs(nothing);
  const id = '/subscriptions/s/resourceGroups/g/providers/A.B/c/x';

  test('say the reason of the service, and which they are', () => {
    const values = {
      a: { type: 'object', value: `[reference('${id}', '1')]` },
      b: { type: 'int', value: `[length(concat('x', string(reference('${id}', '1'))))]` },
      c: { type: 'string', value: 1 },
    };
    try {
      outputs(values);
    } catch (error) {
      const { status, body } = error as ArmError;
      expect(error).toBeInstanceOf(ArmError);
      expect(status).toBe(400);
      expect(body.code).toBe('DeploymentOutputEvaluationFailed');
      expect(body.message).toContain("Unable to evaluate template outputs: 'a, b, c'");
      expect(body.details?.map(({ code, target, details }) => [code, target, details?.[0]?.code])).toEqual([
        ['DeploymentOutputEvaluationFailed', 'a', 'ResourceNotFound'],
        ['DeploymentOutputEvaluationFailed', 'b', 'ResourceNotFound'],
        ['DeploymentOutputEvaluationFailed', 'c', undefined],
      ]);
      expect(body.details?.[2]?.message).toBe(
        "The template output 'c' is not valid: Template output JToken type is not valid. Expected 'String, Uri'. Actual 'Integer'. Please see https://aka.ms/arm-create-parameter-file for usage details.",
      );
      expect(body.additionalInfo?.[0]?.type).toBe('TemplateViolation');
      return;
    }
    expect.unreachable();
  });

  test('what a provider throws of its own is passed on', () => {
    const failing = {
      resource: () => {
        throw new RangeError('of its own');
      },
      action: () => undefined,
    };
    const template = { ...outline, outputs: { a: { type: 'object', value: `[reference('${id}', '1')]` } } };
    expect(() => expandTemplate({ template, context: offlineContext() }).outputs(failing)).toThrow(RangeError);
  });
});
