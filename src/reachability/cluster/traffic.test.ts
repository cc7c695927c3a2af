import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, type Intervals, intervals } from '../intervals.ts';
import { allTraffic, noTraffic, type Traffic, type TrafficParts, trafficTable } from './traffic.ts';

/** The oracle: points tried one by one on the boxes from which a set was made. No diagram of ours takes part. */
const protocols = [0, 1, 6, 17, 132, 255];
const ports = [0, 1, 79, 80, 81, 443, 65535];
const names = [0, 1, 2, 3];

const run = (values: readonly number[]) =>
  fc
    .tuple(fc.nat(values.length - 1), fc.nat(values.length - 1))
    .map(([a, b]) => [values[Math.min(a, b)] as number, (values[Math.max(a, b)] as number) + 1] as const);
const part = (values: readonly number[]): fc.Arbitrary<Intervals | undefined> =>
  fc.option(fc.array(run(values), { minLength: 1, maxLength: 3 }).map(intervals), { nil: undefined });
const box = fc.record({ protocol: part(protocols), destinationPort: part(ports), name: part(names) });
const boxes = fc.array(box, { maxLength: 4 });

type Made = { readonly [K in keyof TrafficParts]?: Intervals | undefined };
const strip = ({ protocol, destinationPort, name }: Made): TrafficParts => ({
  ...(protocol === undefined ? {} : { protocol }),
  ...(destinationPort === undefined ? {} : { destinationPort }),
  ...(name === undefined ? {} : { name }),
});
const inBox = ({ protocol, destinationPort, name }: Made, point: readonly [number, number, number]): boolean =>
  (protocol === undefined || holds(protocol, point[0])) &&
  (destinationPort === undefined || holds(destinationPort, point[1])) &&
  (name === undefined || holds(name, point[2]));
const points = protocols.flatMap((a) => ports.flatMap((b) => names.map((c) => [a, b, c] as const)));

describe('traffic sets against points', () => {
  it('unites, intersects and subtracts, and gives equal sets one number', () => {
    fc.assert(
      fc.property(boxes, boxes, (a, b) => {
        const table = trafficTable();
        const make = (list: readonly Made[]): Traffic =>
          list.reduce((set, one) => table.or(set, table.of(strip(one))), noTraffic);
        const [left, right] = [make(a), make(b)];
        const [inA, inB] = [a, b].map((list) => points.map((point) => list.some((one) => inBox(one, point)))) as [
          boolean[],
          boolean[],
        ];
        const cases = [
          [table.or(left, right), inA.map((bit, i) => bit || (inB[i] as boolean))],
          [table.and(left, right), inA.map((bit, i) => bit && (inB[i] as boolean))],
          [table.minus(left, right), inA.map((bit, i) => bit && !inB[i])],
        ] as const;
        for (const [set, expected] of cases) {
          expect(points.map((point) => table.holds(set, ...point))).toEqual(expected);
          const again = table.boxes(set);
          expect(points.map((point) => again.filter((one) => inBox(one, point)).length)).toEqual(
            expected.map((bit) => (bit ? 1 : 0)),
          );
          expect(again.reduce((sum, one) => table.or(sum, table.of(one)), noTraffic)).toBe(set);
        }
        // The same set by another way is the same number.
        expect(table.or(table.minus(left, right), table.and(left, right))).toBe(left);
        expect(table.minus(allTraffic, table.minus(allTraffic, left))).toBe(left);
      }),
      { numRuns: 500 },
    );
  });
});
