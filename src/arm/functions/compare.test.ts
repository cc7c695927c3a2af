import { describe, expect, test } from 'vitest';
import { Meter } from '../meter.ts';
import { compareTexts, mergeDeep, sameValue, sortedKeys } from './compare.ts';

describe('equality', () => {
  test.each([
    [1, 1, true],
    [1, 2, false],
    [1, 1n, true],
    [2n, 1, false],
    [2n ** 60n, 2n ** 60n, true],
    [1, '1', false],
    ['a', 'a', true],
    ['a', 'A', false],
    [null, null, true],
    [null, 0, false],
    [null, {}, false],
    [{}, null, false],
    [[], {}, false],
    [{}, [], false],
    [[], [], true],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ a: 1 }, { A: 1 }, true],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, false],
    [{ a: 1 }, { b: 1 }, false],
    [{ a: null }, { b: null }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: { b: [1] } }, { a: { b: [1n] } }, true],
    [true, true, true],
    [true, false, false],
    [true, 'true', false],
  ])('%# is as documented', (a, b, same) => {
    expect(sameValue(a, b, new Meter())).toBe(same);
    expect(sameValue(b, a, new Meter())).toBe(same);
  });
});

// "Object functions", union: "nested objects are merged, arrays are not"; member names without regard to case.
describe('merging', () => {
  const merged = (into: Record<string, unknown>, from: Record<string, unknown>) => mergeDeep(into, from, new Meter());

  test('objects all the way down', () => {
    expect(merged({ a: { b: 1, c: [1] } }, { a: { b: 2, d: 3 } })).toEqual({ a: { b: 2, c: [1], d: 3 } });
    expect(merged({ a: { b: 1 } }, { a: 2 })).toEqual({ a: 2 });
    expect(merged({ a: 2 }, { a: { b: 1 } })).toEqual({ a: { b: 1 } });
    expect(merged({ a: [1, 2] }, { a: [3] })).toEqual({ a: [3] });
  });

  test('the first spelling of a name stays', () => {
    expect(Object.entries(merged({ Name: 1 }, { NAME: 2, other: 3 }))).toEqual([
      ['Name', 2],
      ['other', 3],
    ]);
  });

  test('nothing that was given changes', () => {
    const into = { a: { b: 1 } };
    merged(into, { a: { c: 2 } });
    expect(into).toEqual({ a: { b: 1 } });
  });
});

test('members are listed in the order of their names, upper case first where only case differs', () => {
  expect(sortedKeys({ b: 1, a: 1, C: 1 })).toEqual(['a', 'b', 'C']);
  expect(sortedKeys({ a: 1, A: 1, b: 1, B: 1 })).toEqual(['A', 'a', 'B', 'b']);
  expect(sortedKeys({ A: 1, a: 1 })).toEqual(['A', 'a']);
  expect(sortedKeys({})).toEqual([]);
});

test('texts compare by letter first and case second', () => {
  expect(compareTexts('a', 'B')).toBe(-1);
  expect(compareTexts('a', 'A')).toBe(-1);
  expect(compareTexts('b', 'A')).toBe(1);
  expect(compareTexts('a', 'a')).toBe(0);
});
