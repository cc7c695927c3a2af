import { describe, expect, test } from 'vitest';
import type { GivenParameters } from './given-parameters.ts';
import { readJson } from './json-reader.ts';
import { expandOffline, offlineContext } from './offline.ts';

type Part = Readonly<Record<string, unknown>>;

const outline = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [],
};
const one = (name: string, more: Part = {}): Part => ({ type: 'A.B/c', apiVersion: '1', name, ...more });
const id = (name: string) => `/subscriptions/s/resourceGroups/g/providers/A.B/c/${name}`;
const reads = (name: string, more: Part = {}): Part => ({ properties: { v: `[reference('${id(name)}').a]` }, ...more });

/** What is warned of: code, sentence, and the way to the place. */
function warned(template: Part, parameters: GivenParameters = {}): readonly (readonly [string, string, string])[] {
  const context = offlineContext({
    scope: { kind: 'resourceGroup', subscriptionId: 's', resourceGroup: 'g' },
    now: new Date('2026-01-01'),
  });
  const document = readJson(JSON.stringify({ ...outline, ...template }), 't.json');
  const { warnings } = expandOffline({ template: document, parameters, context });
  return warnings.map(({ code, message, place }) => {
    expect(place?.file).toBe('t.json');
    return [code, message, place?.path ?? ''];
  });
}

describe('missing dependsOn', () => {
  const missing = (from: string, to: string, path: string) => [
    'ARM_MISSING_DEPENDS_ON',
    `A.B/c "${from}" reads ${id(to)} at run time, and nothing makes it wait for it: name it in dependsOn.`,
    path,
  ];

  test('of a reference by id', () => {
    expect(warned({ resources: [one('a'), one('b', reads('a'))] })).toEqual([missing('b', 'a', 'resources[1]')]);
  });

  test('is mended by dependsOn, also through others, and whatever their order in the text', () => {
    expect(warned({ resources: [one('b', reads('a', { dependsOn: ['a'] })), one('a')] })).toEqual([]);
    const chain = [
      one('d', reads('a', { dependsOn: ['c'] })),
      one('c', { dependsOn: ['b', 'x'] }),
      one('x'),
      one('b', { dependsOn: ['x', 'a'] }),
      one('a', { dependsOn: ['x'] }),
    ];
    expect(warned({ resources: chain })).toEqual([]);
    const broken = chain.map((part) => (part.name === 'b' ? one('b', { dependsOn: ['x'] }) : part));
    expect(warned({ resources: broken })).toEqual([missing('d', 'a', 'resources[0]')]);
  });

  test('is told for many resources as for few', () => {
    const names = Array.from({ length: 70 }, (_, i) => `n${i}`);
    const chain = names.map((name, i) => one(name, i === 0 ? {} : { dependsOn: [names[i - 1]] }));
    expect(warned({ resources: [...chain, one('end', reads('n0', { dependsOn: ['n69'] }))] })).toEqual([]);
    expect(warned({ resources: [...chain, one('end', reads('n69', { dependsOn: ['n68'] }))] })).toEqual([
      missing('end', 'n69', 'resources[70]'),
    ]);
  });

  test('does not concern what is not deployed, not in the template, or itself', () => {
    expect(warned({ resources: [one('b', { properties: { v: `[reference('${id('a')}', '1').a]` } })] })).toEqual([]);
    const codes = (resources: readonly Part[]) => warned({ resources }).map(([code]) => code);
    const off = { condition: "[equals('a', 'b')]" };
    expect(codes([one('a', off), one('b', reads('a'))])).toEqual(['ARM_UNREACHABLE']);
    expect(codes([one('a'), one('b', reads('a', off))])).toEqual(['ARM_UNREACHABLE']);
    expect(codes([one('a', reads('a'))])).toEqual([]);
  });

  test('does not concern existing resources, nor what is read by its symbolic name', () => {
    const resources = {
      a: one('a', { existing: true }),
      b: one('b', reads('a')),
      c: one('c'),
      d: one('d', { properties: { v: "[reference('c').a]" } }),
    };
    expect(warned({ languageVersion: '2.0', resources })).toEqual([]);
  });
});

describe('unused names', () => {
  test('are told with their places', () => {
    const template = {
      parameters: { used: { type: 'string', defaultValue: 'x' }, idle: { type: 'string', defaultValue: 'x' } },
      variables: { used: 1, idle: 2 },
      resources: [one('a', { tags: { "[parameters('USED')]": "[string(variables('Used'))]" } })],
    };
    expect(warned(template)).toEqual([
      ['ARM_UNUSED_PARAMETER', 'The parameter "idle" is not used.', 'parameters.idle'],
      ['ARM_UNUSED_VARIABLE', 'The variable "idle" is not used.', 'variables.idle'],
    ]);
  });

  test('a name that is worked out may be any of them', () => {
    const template = {
      parameters: { which: { type: 'string', defaultValue: 'a' } },
      variables: { a: 1, b: 2 },
      outputs: { o: { type: 'int', value: "[variables(parameters('which'))]" } },
    };
    expect(warned(template)).toEqual([]);
  });

  test('an inner template has names of its own, an outer one those of its parent', () => {
    const nested = (scope: string) => ({
      parameters: { p: { type: 'string', defaultValue: 'x' } },
      resources: [
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2025-04-01',
          name: 'n',
          properties: {
            mode: 'Incremental',
            expressionEvaluationOptions: { scope },
            template: {
              ...outline,
              parameters: { p: { type: 'string', defaultValue: 'y' } },
              resources: [one("[parameters('p')]")],
            },
          },
        },
      ],
    });
    expect(warned(nested('Inner'))).toEqual([
      ['ARM_UNUSED_PARAMETER', 'The parameter "p" is not used.', 'parameters.p'],
    ]);
    expect(warned(nested('outer'))).toEqual([]);
  });

  test('user functions do not use the names of the template', () => {
    const functions = [
      {
        namespace: 'n',
        members: {
          f: { parameters: [{ name: 'p', type: 'string' }], output: { type: 'string', value: "[parameters('p')]" } },
        },
      },
    ];
    const outputs = { o: { type: 'string', value: "[n.f('x')]" } };
    const parameters = { p: { type: 'string', defaultValue: 'x' } };
    expect(warned({ functions, outputs, parameters }).map(([code]) => code)).toEqual(['ARM_UNUSED_PARAMETER']);
    // A namespace may be called as a function is.
    const named = [{ ...functions[0], namespace: 'x', members: { parameters: functions[0]?.members.f } }];
    const called = { o: { type: 'string', value: "[x.parameters('p')]" } };
    expect(warned({ functions: named, outputs: called, parameters }).map(([code]) => code)).toEqual([
      'ARM_UNUSED_PARAMETER',
    ]);
  });

  test('texts that only look like expressions use nothing', () => {
    const parameters = { p: { type: 'string', defaultValue: 'x' } };
    expect(warned({ parameters, resources: [one('a', { tags: { t: "[[parameters('p')]" } })] })).toHaveLength(1);
    expect(warned({ parameters, resources: [one('a', { tags: { t: "parameters('p')" } })] })).toHaveLength(1);
  });
});

describe('secrets', () => {
  const used = (names: readonly string[]) => ({
    o: { type: 'array', value: `[createArray(${names.map((name) => `parameters('${name}')`).join(', ')})]` },
  });
  const plain = (name: string): Part => {
    const parameters = { [name]: { type: 'string', defaultValue: '' } };
    return { parameters, outputs: used([name]) };
  };

  test.each([
    'adminPassword',
    'clientSecret',
    'passphrase',
    'connectionString',
    'sasToken',
    'accountKey',
    'privateKey',
  ])('a plain parameter %s is told', (name) => {
    expect(warned(plain(name))).toEqual([
      [
        'ARM_PLAIN_SECRET',
        `The parameter "${name}" is not a securestring: its value stays readable in the deployment history.`,
        `parameters.${name}`,
      ],
    ]);
  });

  test.each(['secretName', 'passwordId', 'secretUri', 'secretVersion', 'passwordLength', 'secretsEnabled', 'location'])(
    'a plain parameter %s is none',
    (name) => {
      expect(warned(plain(name))).toEqual([]);
    },
  );

  test('names that hold "id" elsewhere than at their end are no ids', () => {
    expect(warned(plain('idlePassword'))).toHaveLength(1);
  });

  test('other types than strings are no secrets', () => {
    const parameters = { password: { type: 'bool', defaultValue: true } };
    expect(warned({ parameters, outputs: used(['password']) })).toEqual([]);
  });

  const secure = { parameters: { pass: { type: 'SecureString', defaultValue: '' } } };
  const told = (name: string) => [
    'ARM_SECRET_OUTPUT',
    `The output "${name}" holds a secret: it stays readable in the deployment history.`,
    `outputs.${name}`,
  ];

  test.each([
    "[parameters('PASS')]",
    "[concat('x', Parameters('pass'))]",
    `[listKeys('${id('a')}', '1').k]`,
    `[listAdminCredentials('${id('a')}', '1').k]`,
  ])('the output %s shows one', (value) => {
    const outputs = { o: { type: 'string', value }, used: { type: 'securestring', value: "[parameters('pass')]" } };
    expect(warned({ ...secure, outputs })).toEqual([told('o')]);
  });

  test.each(['securestring', 'SecureString', 'secureObject'])('an output of type %s does not', (type) => {
    const value = type === 'secureObject' ? "[createObject('p', parameters('pass'))]" : "[parameters('pass')]";
    expect(warned({ ...secure, outputs: { o: { type, value } } })).toEqual([]);
  });

  test('outputs of other functions and parameters show none', () => {
    const parameters = { ...secure.parameters, name: { type: 'string', defaultValue: '' } };
    const outputs = {
      a: { type: 'string', value: "[parameters('name')]" },
      b: { type: 'object', value: `[listUsages('${id('a')}', '1')]` },
      c: { type: 'securestring', value: "[parameters('pass')]" },
      d: { type: 'string', value: "[last(split('keys/x', '/'))]" },
      e: { type: 'array', value: "[createArray(variables('pass'))]" },
    };
    expect(warned({ parameters, outputs, variables: { pass: 1 } })).toEqual([]);
  });
});

describe('secrets in nested templates', () => {
  const nested = (scope: string | undefined, value: string): Part => ({
    parameters: { pass: { type: 'securestring', defaultValue: '' }, name: { type: 'string', defaultValue: '' } },
    outputs: {
      used: { type: 'secureobject', value: "[createObject('a', parameters('pass'), 'b', parameters('name'))]" },
    },
    resources: [
      one('before', { properties: { v: "[parameters('pass')]" } }),
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2025-04-01',
        name: 'n',
        properties: {
          mode: 'Incremental',
          ...(scope === undefined ? {} : { expressionEvaluationOptions: { scope } }),
          template: {
            ...outline,
            parameters: { pass: { type: 'securestring', defaultValue: '' } },
            resources: [one('x', { properties: { v: value } })],
          },
        },
      },
    ],
  });
  const told = [
    'ARM_OUTER_SCOPE_SECRET',
    'The nested deployment "n" is evaluated in outer scope and uses the secure parameter "pass": its value ends up in the deployment history.',
    'resources[1]',
  ];

  test.each([
    [undefined, "[parameters('pass')]", [told]],
    ['Outer', "[concat('x', parameters('pass'))]", [told]],
    ['outer', "[parameters('name')]", []],
    ['outer', "[parameters(concat('pa', 'ss'))]", []],
    ['outer', "[concat('pass')]", []],
    ['Inner', "[parameters('pass')]", []],
  ])('scope %s, %s', (scope, value, expected) => {
    expect(warned(nested(scope, value))).toEqual(expected);
  });
});

describe('schemas of another scope', () => {
  const schema = (name: string) => ({
    $schema: `https://schema.management.azure.com/schemas/2019-08-01/${name}.json#`,
  });

  test('a schema for subscriptions in a deployment of a group', () => {
    expect(warned(schema('subscriptionDeploymentTemplate'))).toEqual([
      [
        'ARM_SCHEMA_OF_ANOTHER_SCOPE',
        "The schema of this template is 'subscriptionDeploymentTemplate'; a deployment of this scope has 'deploymentTemplate'. It is deployed all the same, and editors check it by the wrong rules.",
        '$schema',
      ],
    ]);
  });

  test('not of its own, whatever the case', () => {
    expect(warned(schema('DeploymentTemplate'))).toEqual([]);
  });
});

describe('api-versions past their end', () => {
  const ended = (version: string, name: string): Part => ({
    type: 'Microsoft.ContainerService/managedClusters',
    apiVersion: version,
    name,
  });

  test('are told once for a type, at its api-version', () => {
    // The end is the one that Microsoft's page on the life cycle of the previews names.
    expect(warned({ resources: [ended('2023-01-02-preview', 'a'), ended('2023-01-02-Preview', 'b')] })).toEqual([
      [
        'ARM_API_VERSION_ENDED',
        'The api-version 2023-01-02-preview of Microsoft.ContainerService/managedClusters ended on 2024-06-20: https://learn.microsoft.com/azure/aks/concepts-preview-api-life-cycle',
        'resources[0].apiVersion',
      ],
    ]);
    expect(warned({ resources: [ended('2024-02-01', 'a')] })).toEqual([]);
  });
});

describe('conditions that never change', () => {
  test('are told with what they belong to', () => {
    const template = {
      variables: { off: false },
      resources: [one('a', { condition: true }), one('b', { condition: "[variables('off')]" })],
      outputs: { o: { type: 'int', value: 1, condition: "[not(variables('off'))]" }, p: { type: 'int', value: 1 } },
    };
    expect(warned(template)).toEqual([
      ['ARM_CONDITION_ALWAYS_TRUE', 'A.B/c "a" has a condition that is always true.', 'resources[0].condition'],
      [
        'ARM_UNREACHABLE',
        'A.B/c "b" can never be reached: its condition is false whatever parameters are given.',
        'resources[1].condition',
      ],
      ['ARM_CONDITION_ALWAYS_TRUE', 'The output "o" has a condition that is always true.', 'outputs.o.condition'],
    ]);
  });

  test('copies are told once', () => {
    const copied = one("[concat('a', copyIndex())]", { copy: { name: 'l', count: 3 }, condition: false });
    expect(warned({ resources: [copied] })).toHaveLength(1);
  });
});

test('a template that was never text has warnings without places', () => {
  const template = { ...outline, variables: { idle: 1 } };
  expect(expandOffline({ template }).warnings).toEqual([
    { code: 'ARM_UNUSED_VARIABLE', message: 'The variable "idle" is not used.' },
  ]);
});
