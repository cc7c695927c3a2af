import { expect, test } from 'vitest';
import { examples } from '../fixtures/every-type.ts';
import { providers } from './index.ts';
import { builtWorld } from './test-world.ts';

test('a body of each example is taken, in an order in which each finds what it names', () => {
  const world = builtWorld();
  expect(examples.length).toBeGreaterThan(50);
  const missing = examples.filter(({ id }) => world.context.view.get(id) === undefined);
  expect(missing.map(({ id }) => id)).toEqual([]);
});

test('no type is provided twice', () => {
  const types = providers.map(({ type }) => type.toLowerCase());
  expect(new Set(types).size).toBe(types.length);
});
