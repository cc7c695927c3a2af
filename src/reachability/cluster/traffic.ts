import { type Intervals, intervals, runsOf } from '../intervals.ts';
import { type BoxParts, everyPort, everyProtocol } from '../packets.ts';

/** An exact set of traffic (protocol, destination port, name asked for), as its number in a table: equal sets have equal numbers. */
export type Traffic = number;

export const noTraffic: Traffic = 0;
export const allTraffic: Traffic = 1;

/** Part of a packet that traffic speaks of; what is left out is unrestricted. */
export type TrafficParts = Pick<BoxParts, 'protocol' | 'destinationPort' | 'name'>;

/**
 * Traffic sets as hash-consed interval decision diagrams: a node of a level is a partition of that dimension into runs with a child each, and
 * equal nodes are one. So union, intersection and difference are worked out once for any two sets, and comparing is comparing numbers: what
 * makes all pairs of a large cluster cheap.
 */
export interface TrafficTable {
  of(parts: TrafficParts): Traffic;
  and(a: Traffic, b: Traffic): Traffic;
  or(a: Traffic, b: Traffic): Traffic;
  minus(a: Traffic, b: Traffic): Traffic;
  holds(set: Traffic, protocol: number, destinationPort: number, name?: number): boolean;
  /** The set as disjoint boxes. */
  boxes(set: Traffic): readonly TrafficParts[];
  /** Distinct sets so far. */
  readonly size: number;
}

const levels = ['protocol', 'destinationPort', 'name'] as const;
/** Above every name coordinate: the end of the last level. */
const ends = [everyProtocol[1] as number, everyPort[1] as number, 2 ** 53 - 1] as const;
const terminal = levels.length;

interface Node {
  readonly level: number;
  /** Where each run ends; the last is the end of the level. */
  readonly until: readonly number[];
  readonly children: readonly Traffic[];
}

type Operation = 0 | 1 | 2;
const [intersection, union, difference] = [0, 1, 2] as const;

export function trafficTable(): TrafficTable {
  const empty: Node = { level: terminal, until: [], children: [] };
  const nodes: Node[] = [empty, empty];
  const byText = new Map<string, Traffic>();
  const results = new Map<number, Traffic>();
  const nodeOf = (set: Traffic): Node => nodes[set] as Node;

  function node(level: number, until: readonly number[], children: readonly Traffic[]): Traffic {
    const keptUntil: number[] = [];
    const kept: Traffic[] = [];
    for (let i = 0; i < until.length; i++) {
      if (kept.length > 0 && kept[kept.length - 1] === children[i])
        keptUntil[keptUntil.length - 1] = until[i] as number;
      else {
        keptUntil.push(until[i] as number);
        kept.push(children[i] as Traffic);
      }
    }
    if (kept.length === 1) return kept[0] as Traffic;
    const text = `${level}|${keptUntil.join()}|${kept.join()}`;
    let found = byText.get(text);
    if (found === undefined) {
      found = nodes.length;
      nodes.push({ level, until: keptUntil, children: kept });
      byText.set(text, found);
    }
    return found;
  }

  /** What needs no look into the sets; undefined where it does. */
  function plain(operation: Operation, a: Traffic, b: Traffic): Traffic | undefined {
    if (operation === intersection) {
      if (a === noTraffic || b === noTraffic) return noTraffic;
      return a === allTraffic || a === b ? b : b === allTraffic ? a : undefined;
    }
    if (operation === union) {
      if (a === allTraffic || b === allTraffic) return allTraffic;
      return a === noTraffic || a === b ? b : b === noTraffic ? a : undefined;
    }
    if (a === noTraffic || b === allTraffic || a === b) return noTraffic;
    return b === noTraffic ? a : undefined;
  }

  function combine(operation: Operation, a: Traffic, b: Traffic): Traffic {
    const known = plain(operation, a, b);
    if (known !== undefined) return known;
    const swapped = operation !== difference && a > b;
    const key = ((swapped ? b : a) * 2 ** 25 + (swapped ? a : b)) * 3 + operation;
    const found = results.get(key);
    if (found !== undefined) return found;
    const [left, right] = [nodeOf(a), nodeOf(b)];
    const level = Math.min(left.level, right.level);
    const end = ends[level] as number;
    const until: number[] = [];
    const children: Traffic[] = [];
    let i = 0;
    let j = 0;
    for (let at = 0; at < end; ) {
      const leftUntil = left.level === level ? (left.until[i] as number) : end;
      const rightUntil = right.level === level ? (right.until[j] as number) : end;
      const leftChild = left.level === level ? (left.children[i] as Traffic) : a;
      const rightChild = right.level === level ? (right.children[j] as Traffic) : b;
      at = Math.min(leftUntil, rightUntil);
      until.push(at);
      children.push(combine(operation, leftChild, rightChild));
      if (leftUntil === at) i++;
      if (rightUntil === at) j++;
    }
    const result = node(level, until, children);
    results.set(key, result);
    return result;
  }

  function along(level: number, set: Intervals, child: Traffic): Traffic {
    const end = ends[level] as number;
    const until: number[] = [];
    const children: Traffic[] = [];
    let at = 0;
    for (const [from, to] of runsOf(set)) {
      if (from >= end) break;
      if (from > at) {
        until.push(from);
        children.push(noTraffic);
      }
      at = Math.min(to, end);
      until.push(at);
      children.push(child);
    }
    if (at < end) {
      until.push(end);
      children.push(noTraffic);
    }
    return node(level, until, children);
  }

  function boxesOf(set: Traffic): readonly TrafficParts[] {
    if (set === noTraffic) return [];
    if (set === allTraffic) return [{}];
    const { level, until, children } = nodeOf(set);
    const runs = new Map<Traffic, [number, number][]>();
    children.forEach((child, i) => {
      if (child === noTraffic) return;
      const list = runs.get(child) ?? [];
      list.push([i === 0 ? 0 : (until[i - 1] as number), until[i] as number]);
      runs.set(child, list);
    });
    const name = levels[level] as (typeof levels)[number];
    return [...runs].flatMap(([child, list]) => boxesOf(child).map((box) => ({ ...box, [name]: intervals(list) })));
  }

  return {
    of({ protocol, destinationPort, name }) {
      let set = allTraffic;
      if (name !== undefined) set = along(2, name, set);
      if (destinationPort !== undefined) set = along(1, destinationPort, set);
      return protocol === undefined ? set : along(0, protocol, set);
    },
    and: (a, b) => combine(intersection, a, b),
    or: (a, b) => combine(union, a, b),
    minus: (a, b) => combine(difference, a, b),
    holds(set, protocol, destinationPort, name = 0) {
      const point = [protocol, destinationPort, name];
      let at = set;
      while (at > allTraffic) {
        const { level, until, children } = nodeOf(at);
        const value = point[level] as number;
        let i = 0;
        while ((until[i] as number) <= value) i++;
        at = children[i] as Traffic;
      }
      return at === allTraffic;
    },
    boxes: boxesOf,
    get size() {
      return nodes.length;
    },
  };
}
