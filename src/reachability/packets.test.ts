import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, type Intervals, intersect, interval, intervals, subtract, unite } from './intervals.ts';
import {
  type Box,
  compact,
  intersectSets,
  isEmpty,
  isSubset,
  meets,
  type PacketSet,
  subtractSets,
  uniteSets,
} from './packets.ts';

/** The oracle: every point of a small universe, kept as a bitmap. No set algebra of ours takes part. */
const size = 7;

const anyIntervals = fc
  .array(fc.tuple(fc.nat(size), fc.nat(size)), { maxLength: 4 })
  .map((runs) => intervals(runs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)));

const bits = (set: Intervals): readonly boolean[] => Array.from({ length: size + 1 }, (_, x) => holds(set, x));
const wellFormed = (set: Intervals): boolean => set.every((value, i) => i === 0 || value > (set[i - 1] as number));

describe('interval sets against a bitmap', () => {
  it('holds what was put in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(size), fc.nat(size)), { maxLength: 5 }), (runs) => {
        const set = intervals(runs.map(([a, b]) => [a, b] as const));
        const expected = Array.from({ length: size + 1 }, (_, x) => runs.some(([a, b]) => a <= x && x < b));
        expect(bits(set)).toEqual(expected);
        expect(wellFormed(set)).toBe(true);
      }),
    );
  });

  it('unites, intersects and subtracts point by point', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (a, b) => {
        const [left, right] = [bits(a), bits(b)];
        const cases = [
          [unite(a, b), left.map((bit, x) => bit || (right[x] as boolean))],
          [intersect(a, b), left.map((bit, x) => bit && (right[x] as boolean))],
          [subtract(a, b), left.map((bit, x) => bit && !right[x])],
        ] as const;
        for (const [set, expected] of cases) {
          expect(bits(set)).toEqual(expected);
          expect(wellFormed(set)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** Boxes of three dimensions of four values: 64 points. The algebra does not know how many dimensions there are. */
const side = 4;
const nonEmpty = fc
  .integer({ min: 1, max: 2 ** side - 1 })
  .map((mask) => intervals(Array.from({ length: side }, (_, x) => [x, (mask >> x) & 1 ? x + 1 : x] as const)));
const anyBox: fc.Arbitrary<Box> = fc.tuple(nonEmpty, nonEmpty, nonEmpty);
const anySet: fc.Arbitrary<PacketSet> = fc
  .array(anyBox, { maxLength: 4 })
  .map((boxes) => boxes.reduce<PacketSet>((set, one) => uniteSets(set, [one]), []));

const points = Array.from({ length: side ** 3 }, (_, n) => [
  n % side,
  Math.floor(n / side) % side,
  Math.floor(n / side ** 2),
]);
const count = (set: PacketSet, point: readonly number[]): number =>
  set.filter((one) => one.every((values, d) => holds(values, point[d] as number))).length;
const bitmap = (set: PacketSet): readonly boolean[] => points.map((point) => count(set, point) > 0);

describe('packet sets against a bitmap', () => {
  it('unites, intersects and subtracts point by point, and boxes stay disjoint', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        const [left, right] = [bitmap(a), bitmap(b)];
        const cases = [
          [uniteSets(a, b), left.map((bit, n) => bit || (right[n] as boolean))],
          [intersectSets(a, b), left.map((bit, n) => bit && (right[n] as boolean))],
          [subtractSets(a, b), left.map((bit, n) => bit && !right[n])],
          [compact(a), left],
        ] as const;
        for (const [set, expected] of cases) {
          expect(bitmap(set)).toEqual(expected);
          expect(points.every((point) => count(set, point) <= 1)).toBe(true);
        }
        expect(isEmpty(a)).toBe(left.every((bit) => !bit));
        expect(meets(a, b)).toBe(left.some((bit, n) => bit && right[n]));
        expect(isSubset(a, b)).toBe(left.every((bit, n) => !bit || right[n]));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the laws of sets', () => {
    fc.assert(
      fc.property(anySet, anySet, anySet, (a, b, c) => {
        const same = (x: PacketSet, y: PacketSet): boolean => isSubset(x, y) && isSubset(y, x);
        expect(same(intersectSets(a, uniteSets(b, c)), uniteSets(intersectSets(a, b), intersectSets(a, c)))).toBe(true);
        expect(same(subtractSets(a, uniteSets(b, c)), subtractSets(subtractSets(a, b), c))).toBe(true);
        expect(isEmpty(subtractSets(a, a))).toBe(true);
        expect(interval(3, 3)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
