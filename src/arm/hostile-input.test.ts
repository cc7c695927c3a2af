import { describe, expect, test } from 'vitest';
import { ArmError } from './arm-error.ts';
import { readJson } from './json-reader.ts';
import { expandOffline, offlineContext } from './offline.ts';

const limit = 20_000;
const outline = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [],
};

function refusal(template: unknown): string {
  const start = performance.now();
  try {
    expandOffline({ template: readJson(JSON.stringify(template), 't') });
  } catch (error) {
    expect(performance.now() - start).toBeLessThan(limit);
    expect(error).toBeInstanceOf(ArmError);
    return (error as ArmError).message;
  }
  return expect.unreachable('it was not refused');
}

const chain = (count: number, step: (i: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`v${i}`, i === 0 ? 'x'.repeat(1000) : step(i)]));

describe('templates made to hurt are refused in time', () => {
  test.each([
    [
      'strings that double',
      { ...outline, variables: chain(60, (i) => `[concat(variables('v${i - 1}'), variables('v${i - 1}'))]`) },
      /exceeds the limit/,
    ],
    [
      'arrays that double and are written out',
      {
        ...outline,
        variables: chain(60, (i) => `[createArray(variables('v${i - 1}'), variables('v${i - 1}'))]`),
        resources: [{ type: 'A.B/c', apiVersion: '1', name: 'x', properties: { v: "[variables('v59')]" } }],
      },
      /exceeds the limit/,
    ],
    [
      'arrays that double and become text',
      {
        ...outline,
        variables: {
          ...chain(60, (i) => `[createArray(variables('v${i - 1}'), variables('v${i - 1}'))]`),
          s: "[string(variables('v59'))]",
        },
      },
      /exceeds the limit/,
    ],
    [
      'arrays that double and are compared',
      {
        ...outline,
        variables: {
          ...chain(60, (i) => `[createArray(variables('v${i - 1}'), variables('v${i - 1}'))]`),
          ...Object.fromEntries(
            Object.entries(chain(60, (i) => `[createArray(variables('w${i - 1}'), variables('w${i - 1}'))]`)).map(
              ([name, value]) => [name.replace('v', 'w'), value],
            ),
          ),
          s: "[equals(variables('v59'), variables('w59'))]",
        },
      },
      /too long/,
    ],
    [
      'loops in loops in loops',
      {
        ...outline,
        variables: {
          a: {
            copy: [
              {
                name: 'x',
                count: 800,
                input: {
                  copy: [
                    { name: 'y', count: 800, input: { copy: [{ name: 'z', count: 800, input: "[copyIndex('z')]" }] } },
                  ],
                },
              },
            ],
          },
        },
      },
      /too long/,
    ],
    [
      'lambdas in lambdas',
      {
        ...outline,
        outputs: {
          o: {
            type: 'array',
            value:
              "[map(range(0, 10000), lambda('a', map(range(0, 10000), lambda('b', add(lambdaVariables('a'), lambdaVariables('b'))))))]",
          },
        },
      },
      /too long/,
    ],
    [
      'a function that calls itself',
      {
        ...outline,
        languageVersion: '2.0',
        resources: {},
        functions: [
          { namespace: 'a', members: { f: { parameters: [], output: { type: 'string', value: '[a.f()]' } } } },
        ],
        outputs: { o: { type: 'string', value: '[a.f()]' } },
      },
      /levels deep/,
    ],
    [
      'a definition that refers to itself',
      {
        ...outline,
        languageVersion: '2.0',
        resources: {},
        definitions: { a: { $ref: '#/definitions/a' } },
        parameters: { p: { $ref: '#/definitions/a', defaultValue: 1 } },
      },
      /not one of/,
    ],
    [
      'a huge padding',
      { ...outline, outputs: { o: { type: 'string', value: "[padLeft('', 2147483647)]" } } },
      /exceeds the limit/,
    ],
    [
      'a huge alignment',
      { ...outline, outputs: { o: { type: 'string', value: "[format('{0,9999999}', 1)]" } } },
      /exceeds the limit/,
    ],
    [
      'a billion copies',
      {
        ...outline,
        resources: [{ type: 'A.B/c', apiVersion: '1', name: 'x', copy: { name: 'c', count: 1_000_000_000 } }],
      },
      /'800'/,
    ],
  ])('%s', (_, template, message) => {
    expect(refusal(template)).toMatch(message);
  });
});

describe('links made to hurt are refused in time', () => {
  const linking = (count: number, relativePath: string) => ({
    ...outline,
    resources: Array.from({ length: count }, (_, i) => ({
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2023-07-01',
      name: `n${i}`,
      properties: { mode: 'Incremental', templateLink: { relativePath } },
    })),
  });
  const refusedFor = (root: unknown, linked: unknown): string => {
    const document = readJson(JSON.stringify(linked), 'linked.json');
    const template = readJson(JSON.stringify(root), 'root.json');
    const start = performance.now();
    try {
      expandOffline({ template, context: offlineContext({ linked: () => document }) });
    } catch (error) {
      expect(performance.now() - start).toBeLessThan(limit);
      return (error as ArmError).message;
    }
    return expect.unreachable('it was not refused');
  };

  test('a template that links to itself, twice each time', () => {
    expect(refusedFor(linking(2, 'linked.json'), linking(2, 'linked.json'))).toContain("more than '32' links");
  });

  test('more links than are followed', () => {
    expect(refusedFor(linking(800, 'linked.json'), outline)).toContain("More than '500' nested deployments");
  });

  test('one large template, linked again and again', () => {
    const variables = { v: 'x'.repeat(1_000_000) };
    expect(refusedFor(linking(400, 'linked.json'), { ...outline, variables })).toContain(
      'nested templates together exceed the limit',
    );
  });
});

test('long chains of variables are fine', () => {
  const variables = chain(500, (i) => `[variables('v${i - 1}')]`);
  const { outputs } = expandOffline({
    template: { ...outline, variables, outputs: { o: { type: 'string', value: "[variables('v499')]" } } },
  });
  expect(outputs.o?.value).toBe('x'.repeat(1000));
});
