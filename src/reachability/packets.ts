import { type Intervals, intersect, intersects, interval, sameIntervals, subtract, unite } from './intervals.ts';

/** The dimensions of a packet, in the order in which a box keeps them. */
export const dimensions = ['source', 'destination', 'protocol', 'sourcePort', 'destinationPort', 'name'] as const;

export type Dimension = (typeof dimensions)[number];

/**
 * The product of a set in each dimension. Addresses and names are coordinates of an `AddressSpace` and a `NameSpace`; protocols
 * are IP protocol numbers; ports are 0..65535. Packets of a protocol without ports are those with every port: sets that speak
 * of them always hold all ports.
 */
export type Box = readonly Intervals[];

/** An exact set of packets: pairwise disjoint boxes. */
export type PacketSet = readonly Box[];

/** A box by name; dimensions left out are unrestricted. */
export type BoxParts = { readonly [D in Dimension]?: Intervals };

/** Above every coordinate of every dimension. */
const limit = 2 ** 53 - 1;
export const everything: Intervals = interval(0, limit);
export const everyPort: Intervals = interval(0, 65536);
export const everyProtocol: Intervals = interval(0, 256);

const unrestricted: { readonly [D in Dimension]: Intervals } = {
  source: everything,
  destination: everything,
  protocol: everyProtocol,
  sourcePort: everyPort,
  destinationPort: everyPort,
  name: everything,
};

const indexes = Object.fromEntries(dimensions.map((name, index) => [name, index])) as Record<Dimension, number>;

export function box(parts: BoxParts): Box {
  return dimensions.map((name) => parts[name] ?? unrestricted[name]);
}

/** The part of a box in one dimension. */
export function part(of: Box, dimension: Dimension): Intervals {
  return of[indexes[dimension]] as Intervals;
}

/** The box with another set in one dimension. */
export function withPart(of: Box, dimension: Dimension, set: Intervals): Box {
  return of.map((current, index) => (index === indexes[dimension] ? set : current));
}

/** The part of a set with a condition in one dimension: what intersecting with it would give, without looking at the others. */
export function within(set: PacketSet, dimension: Dimension, condition: Intervals): PacketSet {
  const index = indexes[dimension];
  const result: Box[] = [];
  for (const one of set) {
    const current = one[index] as Intervals;
    if (current === condition) result.push(one);
    else if (intersects(current, condition)) {
      const copy = [...one];
      copy[index] = intersect(current, condition);
      result.push(copy);
    }
  }
  return result;
}

/** A set of one box; the empty set when a dimension is empty. */
export function packets(parts: BoxParts): PacketSet {
  const one = box(parts);
  return one.some((set) => set.length === 0) ? [] : [one];
}

function intersectBoxes(a: Box, b: Box): Box | undefined {
  for (let d = 0; d < a.length; d++) {
    const left = a[d] as Intervals;
    const right = b[d] as Intervals;
    if (left !== right && !intersects(left, right)) return undefined;
  }
  return a.map((set, d) => intersect(set, b[d] as Intervals));
}

/** What is in box `a` and not in box `b`, as disjoint boxes: one for each dimension in which `b` cuts `a`. */
function subtractBox(a: Box, b: Box): PacketSet {
  for (let d = 0; d < a.length; d++) {
    const left = a[d] as Intervals;
    const right = b[d] as Intervals;
    if (left !== right && !intersects(left, right)) return [a];
  }
  const result: Box[] = [];
  const rest = [...a];
  for (let d = 0; d < a.length; d++) {
    const outside = subtract(a[d] as Intervals, b[d] as Intervals);
    if (outside.length > 0) {
      result.push(rest.map((set, index) => (index === d ? outside : set)));
      rest[d] = intersect(a[d] as Intervals, b[d] as Intervals);
    }
  }
  return result;
}

export function intersectSets(a: PacketSet, b: PacketSet): PacketSet {
  if (a === b) return a;
  const result: Box[] = [];
  for (const left of a) {
    for (const right of b) {
      const common = intersectBoxes(left, right);
      if (common !== undefined) result.push(common);
    }
  }
  return result;
}

export function subtractSets(a: PacketSet, b: PacketSet): PacketSet {
  if (a === b) return [];
  let rest = a;
  for (const cut of b) {
    if (rest.length === 0) return rest;
    rest = rest.length === 1 ? subtractBox(rest[0] as Box, cut) : rest.flatMap((one) => subtractBox(one, cut));
  }
  return rest;
}

export function uniteSets(a: PacketSet, b: PacketSet): PacketSet {
  if (a.length === 0) return b;
  return [...a, ...subtractSets(b, a)];
}

export function isEmpty(set: PacketSet): boolean {
  return set.length === 0;
}

export function meets(a: PacketSet, b: PacketSet): boolean {
  return a.some((left) =>
    b.some((right) => left.every((set, d) => set === right[d] || intersects(set, right[d] as Intervals))),
  );
}

export function isSubset(a: PacketSet, b: PacketSet): boolean {
  return subtractSets(a, b).length === 0;
}

/** The same set in fewer boxes where two differ in one dimension only. */
export function compact(set: PacketSet): PacketSet {
  const rest = [...set];
  for (let merged = true; merged; ) {
    merged = false;
    for (let i = 0; i < rest.length; i++) {
      for (let j = rest.length - 1; j > i; j--) {
        const joined = join(rest[i] as Box, rest[j] as Box);
        if (joined === undefined) continue;
        rest[i] = joined;
        rest.splice(j, 1);
        merged = true;
      }
    }
  }
  return rest;
}

function join(a: Box, b: Box): Box | undefined {
  let differing = -1;
  for (let d = 0; d < a.length; d++) {
    if (sameIntervals(a[d] as Intervals, b[d] as Intervals)) continue;
    if (differing >= 0) return undefined;
    differing = d;
  }
  if (differing < 0) return a;
  return a.map((set, d) => (d === differing ? unite(set, b[d] as Intervals) : set));
}

/** The packets of `set` as they look with another source (address translation): every source port, the given source. */
export function withSource(set: PacketSet, source: Intervals): PacketSet {
  return set.map((one) => withPart(withPart(one, 'source', source), 'sourcePort', everyPort));
}

/** The same restriction, whatever the source: to carry a result behind a translation back to the packets before it. */
export function anySource(set: PacketSet): PacketSet {
  return withSource(set, everything);
}

/** Every source in a set. */
export function sourcesOf(set: PacketSet): Intervals {
  return set.map((one) => part(one, 'source')).reduce(unite, []);
}

/** Every destination in a set. */
export function destinationsOf(set: PacketSet): Intervals {
  return set.map((one) => part(one, 'destination')).reduce(unite, []);
}
