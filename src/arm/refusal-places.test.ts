import { describe, expect, test } from 'vitest';
import { outline, paths } from './test-refusal.ts';

const two = (parts: Record<string, unknown>) => ({ ...outline, languageVersion: '2.0', resources: {}, ...parts });

describe('where it is', () => {
  const many = (count: number, value: unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, value]));
  test.each([
    [{ ...outline, parameters: [] }, ['parameters']],
    [{ ...outline, VARIABLES: 1 }, ['VARIABLES']],
    [{ ...outline, functions: {} }, ['functions']],
    [{ ...outline, functions: [{ namespace: 'a', members: {} }, {}] }, ['functions[1]']],
    [{ ...outline, functions: [{ namespace: 1, members: {} }] }, ['functions[0]']],
    [{ ...outline, resources: {} }, ['resources']],
    [{ ...outline, variables: { copy: [{}, 1] } }, ['variables.copy']],
    [
      { ...outline, $schema: 1, contentVersion: 1, languageVersion: 2 },
      ['$schema', 'contentVersion', 'languageVersion'],
    ],
    [{ ...outline, nonsense: 1, extensions: [], imports: 1 }, ['nonsense', 'imports', 'extensions']],
    [{ ...outline, parameters: { p: 1 } }, ['parameters.p']],
    [{ ...outline, variables: { v: { a: ['[nope()]'] } } }, ['variables.v.a[0]']],
    [{ ...outline, variables: { v: { '[nope()]': 1 } } }, ["variables.v['[nope()]']"]],
    [{ ...outline, variables: { copy: [{ name: 'v', count: -1, input: 1 }] } }, ['variables.copy[0].count']],
    [{ ...outline, outputs: { o: { type: 'string', value: { a: '[nope()]' } } } }, ['outputs.o.value.a']],
    [two({ resources: { r: 1 } }), ['resources.r']],
    [
      {
        ...outline,
        parameters: many(257, { type: 'int', defaultValue: 1 }),
        variables: many(513, 1),
        outputs: many(65, { type: 'int', value: 1 }),
        asserts: many(33, true),
      },
      ['parameters', 'variables', 'outputs', 'asserts'],
    ],
    [
      {
        ...outline,
        parameters: many(256, { type: 'int', defaultValue: 1 }),
        variables: many(512, 1),
        outputs: many(64, { type: 'int', value: 1 }),
        asserts: many(32, true),
      },
      [],
    ],
    [{ ...outline, variables: { ...many(512, 1), copy: [{ name: 'v', count: 1, input: 1 }] } }, ['variables']],
    [
      {
        ...outline,
        resources: [
          { type: 'A.B/c', apiVersion: '1', name: '[nope()]' },
          { type: 'A.B/c', apiVersion: '1', name: 'x', properties: { p: ['[nope()]'] } },
        ],
      },
      ['resources[0].name'],
    ],
    [
      { ...outline, resources: [{ type: 'A.B/c', apiVersion: '1', name: 'x', dependsOn: ['y'], properties: {} }] },
      ['resources[0].dependsOn[0]'],
    ],
    [
      { ...outline, resources: [{ type: 'A.B/c', apiVersion: '1', name: 'x', condition: '[nope()]' }] },
      ['resources[0].condition'],
    ],
    [
      {
        ...outline,
        resources: [{ type: 'A.B/c', apiVersion: '1', name: 'x', copy: { name: 'l', count: '[nope()]' } }],
      },
      ['resources[0].copy.count'],
    ],
    [
      { ...outline, resources: [{ type: 'A.B/c', apiVersion: '1', name: 'x', properties: { p: ['[nope()]'] } }] },
      ['resources[0].properties.p[0]'],
    ],
  ])('case %#', (template, expected) => {
    expect(paths(template)).toEqual(expected);
  });
});
