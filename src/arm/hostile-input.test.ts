import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Problem } from '../kernel/errors.ts';
import { ArmError } from './arm-error.ts';
import { readJson } from './json-reader.ts';
import { expandOffline, offlineContext } from './offline.ts';

const limit = 20_000;
const outline = { $schema: 's', contentVersion: '1.0.0.0', resources: [] };

/** Expands, and lets pass only what a user is meant to see. Milliseconds. */
function attempt(work: () => unknown): number {
  const start = performance.now();
  try {
    work();
  } catch (error) {
    if (!(error instanceof ArmError || error instanceof Problem)) throw error;
  }
  return performance.now() - start;
}

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

/** Small and fast, and the same in every run (Steele and Vigna, SplitMix). */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../test/corpus/arm');
const texts = readdirSync(root).map((name) => readFileSync(path.join(root, name, 'template.json'), 'utf8'));
const bits = [
  '[',
  ']',
  '(',
  ')',
  "'",
  '"',
  ',',
  '{',
  '}',
  ':',
  '.',
  '\\',
  '0',
  '-1',
  '99999999999',
  'null',
  'true',
  '\u0000',
  '[[',
  'concat(',
  "parameters('",
  '"copy": ',
  '"resources": ',
  '__proto__',
  '/',
  'é',
  '\ud800',
];

function mutated(text: string, random: (below: number) => number): string {
  let result = text;
  for (let i = 0, count = 1 + random(4); i < count; i++) {
    const at = random(result.length + 1);
    const length = random(12);
    switch (random(4)) {
      case 0:
        result = result.slice(0, at) + result.slice(at + length);
        break;
      case 1:
        result = result.slice(0, at) + bits[random(bits.length)] + result.slice(at);
        break;
      case 2: {
        const from = random(result.length + 1);
        result = result.slice(0, at) + result.slice(from, from + random(60)) + result.slice(at);
        break;
      }
      default:
        result = result.slice(0, at) + bits[random(bits.length)] + result.slice(at + length);
    }
  }
  return result;
}

/** Whether an error says a line. */
function hasPlace(error: ArmError): boolean {
  const info = error.body.additionalInfo?.[0]?.info as { readonly lineNumber?: number } | undefined;
  return (info?.lineNumber ?? 0) > 0;
}

test('20,000 mutated templates end in an answer or in an error that has a place', () => {
  const random = randomOf(20_260_101);
  let expanded = 0;
  let slowest = 0;
  for (let i = 0; i < 20_000; i++) {
    const text = mutated(texts[random(texts.length)] as string, random);
    const took = attempt(() => {
      try {
        expandOffline({ template: readJson(text, 'mutated.json') });
        expanded++;
      } catch (error) {
        if (error instanceof Problem) expect(error.place, text).toBeDefined();
        if (error instanceof ArmError) expect(hasPlace(error), `${error.message}\n${text}`).toBe(true);
        throw error;
      }
    });
    slowest = Math.max(slowest, took);
  }
  expect(slowest).toBeLessThan(limit);
  // Most mutations break something; some hit a text and leave a template.
  expect(expanded).toBeGreaterThan(500);
  expect(expanded).toBeLessThan(15_000);
});
