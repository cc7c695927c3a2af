import type { EndpointClass } from './classes.ts';
import type { Cluster } from './cluster.ts';
import type { Judgement } from './judgement.ts';
import type { Row } from './sides.ts';
import type { Traffic } from './traffic.ts';

/** What gets from one class to another. What is in both sets is open. */
export interface PairVerdict {
  readonly allow: Traffic;
  readonly deny: Traffic;
}

/** Every class to every class, workloads and addresses alike; how many pairs that are, and how many distinct answers. */
export interface Matrix {
  readonly classes: readonly EndpointClass[];
  /** Undefined between two classes of addresses: a cluster's policies say nothing of them. */
  at(from: EndpointClass, to: EndpointClass): PairVerdict | undefined;
  readonly verdicts: readonly PairVerdict[];
  readonly pairs: number;
}

/**
 * All pairs of a cluster by its policies: each side's row is worked out once for all classes that the same policies speak for, and each pair of
 * answers is combined once, so that the rest is one table look-up a pair. The network between places is not looked at here.
 */
export function allPairs(cluster: Cluster): Matrix {
  const { traffic, sides } = cluster;
  const classes = cluster.classes.all;
  const verdicts: PairVerdict[] = [];
  const byKey = new Map<number, number>();
  const verdictOf = (allow: Traffic, deny: Traffic): number => {
    const key = allow * 2 ** 26 + deny;
    let found = byKey.get(key);
    if (found === undefined) {
      found = verdicts.length;
      verdicts.push({ allow, deny });
      byKey.set(key, found);
    }
    return found;
  };
  const combined: number[][] = [];
  const combine = (a: number, b: number): number => {
    combined[a] ??= [];
    const memo = combined[a] as number[];
    const found = memo[b];
    if (found !== undefined) return found;
    const [one, other] = [verdicts[a] as PairVerdict, verdicts[b] as PairVerdict];
    const allow = traffic.and(one.allow, other.allow);
    // What one side surely stops is stopped; what is left is what the other side may stop.
    const made = verdictOf(allow, traffic.or(one.deny, other.deny));
    memo[b] = made;
    return made;
  };
  const numbers = new Map<Judgement, number>();
  const rows = new Map<Row, Int32Array>();
  const numbered = (row: Row): Int32Array => {
    const found = rows.get(row);
    if (found !== undefined) return found;
    const made = Int32Array.from(row, (judgement) => {
      const known = numbers.get(judgement) ?? verdictOf(judgement.allow, judgement.deny);
      numbers.set(judgement, known);
      return known;
    });
    rows.set(row, made);
    return made;
  };

  const size = classes.length;
  const table = new Int32Array(size * size).fill(-1);
  const meshed = !sides.meshEgress.silent || !sides.meshIngress.silent;
  const leaving = classes.map((one) => numbered(sides.egress.row(one)));
  const meshLeaving = meshed ? classes.map((one) => numbered(sides.meshEgress.row(one))) : [];
  for (const to of classes) {
    const arriving = numbered(sides.ingress.row(to));
    const meshArriving = meshed ? numbered(sides.meshIngress.row(to)) : undefined;
    for (const from of classes) {
      if (from.kind === 'addresses' && to.kind === 'addresses') continue;
      let verdict = combine((leaving[from.index] as Int32Array)[to.index] as number, arriving[from.index] as number);
      if (meshArriving !== undefined) {
        verdict = combine(verdict, (meshLeaving[from.index] as Int32Array)[to.index] as number);
        verdict = combine(verdict, meshArriving[from.index] as number);
      }
      table[from.index * size + to.index] = verdict;
    }
  }
  return {
    classes,
    at: (from, to) => verdicts[table[from.index * size + to.index] as number],
    verdicts,
    pairs: size * size,
  };
}
