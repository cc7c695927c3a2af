import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from './json-value.ts';
import { expandOffline } from './offline.ts';

/*
 * Only `string()` of an object shows the order of its keys, as JSON text has to: its length does not.
 */

/** A value of variables: plain, or an expression over those that come before it. */
const leaf = (before: number): fc.Arbitrary<unknown> =>
  before === 0
    ? fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom('a', 'b', 'C'))
    : fc.oneof(
        fc.integer({ min: -9, max: 9 }),
        fc.nat(before - 1).map((i) => `[length(string(variables('v${i}')))]`),
        fc
          .tuple(fc.nat(before - 1), fc.nat(before - 1))
          .map(([i, j]) => `[createArray(variables('v${i}'), variables('V${j}'))]`),
        fc
          .tuple(fc.nat(before - 1), fc.nat(before - 1))
          .map(([i, j]) => `[equals(variables('v${i}'), variables('v${j}'))]`),
        fc
          .nat(before - 1)
          .map((i) => ({ [`[concat('key-', length(string(variables('v${i}'))))]`]: `[variables('v${i}')]`, z: 1 })),
      );

const variables = fc
  .integer({ min: 1, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => leaf(i))))
  .map((values) => Object.fromEntries(values.map((value, i) => [`v${i}`, value])));

/** The same value with the names of every object in an order that `pick` chooses. */
function turned(value: unknown, pick: (below: number) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => turned(item, pick));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  const result: JsonObject = {};
  while (entries.length > 0) {
    const [entry] = entries.splice(pick(entries.length), 1);
    if (entry !== undefined) result[entry[0]] = turned(entry[1], pick);
  }
  return result;
}

test('an expansion is the same every time, and whatever order the keys are in', () => {
  fc.assert(
    fc.property(variables, fc.infiniteStream(fc.nat(1_000)), (given, stream) => {
      const template = {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        variables: given,
        resources: [
          {
            type: 'A.B/c',
            apiVersion: '1',
            name: 'x',
            properties: { all: Object.keys(given).map((name) => `[variables('${name}')]`) },
          },
          {
            type: 'A.B/d',
            apiVersion: '1',
            name: 'y',
            dependsOn: ['x'],
            copy: { name: 'l', count: 1 },
            properties: { at: '[copyIndex()]' },
          },
        ],
        outputs: Object.fromEntries(
          Object.keys(given).map((name) => [name, { type: 'array', value: `[createArray(variables('${name}'))]` }]),
        ),
      };
      const first = expandOffline({ template });
      expect(expandOffline({ template })).toEqual(first);
      const pick = (below: number): number => (stream.next().value as number) % below;
      const other = expandOffline({ template: turned(template, pick) });
      expect(other.resources).toEqual(first.resources);
      expect(other.outputs).toEqual(first.outputs);
      expect(new Set(other.warnings.map((one) => one.message))).toEqual(
        new Set(first.warnings.map((one) => one.message)),
      );
    }),
    { seed: 11, numRuns: 300 },
  );
});
