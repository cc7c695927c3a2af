import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['adressSpace', ['addressSpace', 'subnets', 'region'], 'addressSpace'],
  ['regoin', ['addressSpace', 'subnets', 'region'], 'region'],
  ['REGION', ['addressSpace', 'region'], 'region'],
  ['password', ['addressSpace', 'subnets', 'region'], undefined],
  ['x', [], undefined],
])('%s among %j: %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test('a very long word costs nothing and matches nothing', () => {
  expect(nearest('a'.repeat(100_000), ['addressSpace'])).toBeUndefined();
});
