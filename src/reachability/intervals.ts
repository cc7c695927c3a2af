/**
 * A set of integers as sorted, disjoint, non-touching half-open runs, flattened: `[a, b, c, d]` is `a <= x < b or c <= x < d`.
 * Every dimension of a packet (addresses, protocol, ports, names) is one. Values stay below 2^53.
 */
export type Intervals = readonly number[];

export const none: Intervals = [];

/** The run `from <= x < until`; empty when `from >= until`. */
export function interval(from: number, until: number): Intervals {
  return from < until ? [from, until] : none;
}

/** The union of runs in any order, overlapping or not. */
export function intervals(runs: Iterable<readonly [from: number, until: number]>): Intervals {
  const sorted = [...runs].filter(([from, until]) => from < until).sort((a, b) => a[0] - b[0]);
  const result: number[] = [];
  for (const [from, until] of sorted) {
    const last = result.at(-1);
    if (last !== undefined && from <= last) result[result.length - 1] = Math.max(last, until);
    else result.push(from, until);
  }
  return result;
}

/** The runs as pairs. */
export function* runsOf(set: Intervals): Generator<readonly [from: number, until: number]> {
  for (let i = 0; i < set.length; i += 2) yield [set[i] as number, set[i + 1] as number];
}

export function intersect(a: Intervals, b: Intervals): Intervals {
  if (a === b) return a;
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const from = Math.max(a[i] as number, b[j] as number);
    const until = Math.min(a[i + 1] as number, b[j + 1] as number);
    if (from < until) result.push(from, until);
    if ((a[i + 1] as number) < (b[j + 1] as number)) i += 2;
    else j += 2;
  }
  return result;
}

export function intersects(a: Intervals, b: Intervals): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (Math.max(a[i] as number, b[j] as number) < Math.min(a[i + 1] as number, b[j + 1] as number)) return true;
    if ((a[i + 1] as number) < (b[j + 1] as number)) i += 2;
    else j += 2;
  }
  return false;
}

/** What is in `a` and not in `b`. */
export function subtract(a: Intervals, b: Intervals): Intervals {
  if (a === b) return none;
  if (b.length === 0) return a;
  const result: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let from = a[i] as number;
    const until = a[i + 1] as number;
    while (j < b.length && (b[j + 1] as number) <= from) j += 2;
    let k = j;
    while (k < b.length && (b[k] as number) < until) {
      if (from < (b[k] as number)) result.push(from, b[k] as number);
      from = Math.max(from, b[k + 1] as number);
      k += 2;
    }
    if (from < until) result.push(from, until);
  }
  return result;
}

export function unite(a: Intervals, b: Intervals): Intervals {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const takeA = j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number));
    const from = (takeA ? a[i] : b[j]) as number;
    const until = (takeA ? a[i + 1] : b[j + 1]) as number;
    if (takeA) i += 2;
    else j += 2;
    const last = result.at(-1);
    if (last !== undefined && from <= last) result[result.length - 1] = Math.max(last, until);
    else result.push(from, until);
  }
  return result;
}

export function sameIntervals(a: Intervals, b: Intervals): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}

export function holds(set: Intervals, value: number): boolean {
  for (let i = 0; i < set.length; i += 2) {
    if (value < (set[i] as number)) return false;
    if (value < (set[i + 1] as number)) return true;
  }
  return false;
}
