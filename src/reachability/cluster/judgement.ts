import type { PolicyLayer } from './model.ts';
import type { Bounds, CompiledRule } from './rules.ts';
import { allTraffic, noTraffic, type Traffic, type TrafficTable } from './traffic.ts';

/** Traffic that one rule, or the lack of one, decides. */
export interface Piece {
  readonly traffic: Traffic;
  readonly allowed: boolean;
  readonly layer: PolicyLayer;
  /** The policy; empty where none speaks. */
  readonly resource: string;
  readonly rule: string;
  readonly dependsOn?: string;
}

/**
 * What one side says of the traffic to or from a class. `allow` and `deny` together are all traffic; what is in both is open: it
 * depends on something that neither the platform nor the state settles.
 */
export interface Judgement {
  readonly allow: Traffic;
  readonly deny: Traffic;
  readonly pieces: readonly Piece[];
}

/** A rule that matches one class: surely, perhaps, or by the host name asked for. */
export interface Matched {
  readonly rule: CompiledRule;
  readonly bounds: Bounds;
}

/** The rules of a side that match one class, in order, and what happens to what they leave. */
export interface Case {
  readonly admin: readonly Matched[];
  readonly namespace: readonly Matched[];
  readonly baseline: readonly Matched[];
  /** Policies that isolate: `yes` when one surely does. */
  readonly isolated: 'yes' | 'no' | 'open';
  readonly isolation: Bounds;
  readonly isolatedBy: Omit<Piece, 'traffic' | 'allowed'>;
  readonly unselected: Omit<Piece, 'traffic' | 'allowed'>;
  /** What passes whatever policies say: traffic with the pod's own node (statement 18). */
  readonly exempt?: boolean;
}

/** Judges one case: first match within tiers, union within namespaces (statements 1 to 3, 30 to 34, 42). */
export function judge(table: TrafficTable, one: Case): Judgement {
  const pieces: Piece[] = [];
  const add = (traffic: Traffic, allowed: boolean, at: Omit<Piece, 'traffic' | 'allowed'>): void => {
    if (traffic !== noTraffic) pieces.push({ traffic, allowed, ...at });
  };
  const decide = ({ rule: { policy, rule }, bounds }: Matched, rest: Traffic): Traffic => {
    add(table.and(rest, bounds.may), rule.effect === 'allow', {
      layer: policy.layer,
      resource: policy.id,
      rule: rule.name,
      ...(rule.dependsOn === undefined ? {} : { dependsOn: rule.dependsOn }),
    });
    return table.minus(rest, bounds.must);
  };
  if (one.exempt === true)
    add(allTraffic, true, { layer: 'network-policy', resource: '', rule: "(the pod's own node)" });

  /** A tier: what passes on goes to the next one. */
  function tier(matched: readonly Matched[], begin: Traffic): Traffic {
    let rest = begin;
    let passed: Traffic = noTraffic;
    for (const group of byPriority(matched)) {
      let decided: Traffic = noTraffic;
      // Of policies with equal priority any may be applied (statement 33): each is judged as if it came first.
      for (const policy of byPolicy(group)) {
        let own = rest;
        for (const one of policy) {
          if (own === noTraffic) break;
          if (one.rule.rule.effect === 'pass') {
            passed = table.or(passed, table.and(own, one.bounds.may));
            own = table.minus(own, one.bounds.must);
          } else own = decide(one, own);
        }
        decided = table.or(decided, table.minus(rest, own));
      }
      rest = table.minus(rest, decided);
    }
    return table.or(rest, passed);
  }

  let rest = tier(one.admin, allTraffic);
  for (const effect of ['deny', 'allow'] as const) {
    for (const matched of one.namespace) {
      if (rest === noTraffic) break;
      if (matched.rule.rule.effect === effect) rest = decide(matched, rest);
    }
  }
  if (one.isolated !== 'no') {
    add(table.and(rest, one.isolation.may), false, one.isolatedBy);
    if (one.isolated === 'yes') {
      const undefinedHere = table.minus(rest, one.isolation.must);
      // NetworkPolicy always decides for a pod that it selects: what it leaves undefined does not reach the baseline (statement 32).
      add(undefinedHere, true, { ...one.isolatedBy, rule: '(not defined for this traffic)' });
      rest = noTraffic;
    }
  }
  rest = tier(one.baseline, rest);
  add(rest, true, one.unselected);

  const sum = (allowed: boolean): Traffic =>
    pieces.reduce<Traffic>((set, piece) => (piece.allowed === allowed ? table.or(set, piece.traffic) : set), noTraffic);
  return { allow: sum(true), deny: sum(false), pieces };
}

function byPriority(matched: readonly Matched[]): readonly (readonly Matched[])[] {
  return runs(matched, (a, b) => a.rule.policy.priority === b.rule.policy.priority);
}

function byPolicy(matched: readonly Matched[]): readonly (readonly Matched[])[] {
  return runs(matched, (a, b) => a.rule.policy === b.rule.policy);
}

function runs(matched: readonly Matched[], same: (a: Matched, b: Matched) => boolean): readonly (readonly Matched[])[] {
  const result: Matched[][] = [];
  for (const one of matched) {
    const last = result.at(-1);
    if (last !== undefined && same(last[0] as Matched, one)) last.push(one);
    else result.push([one]);
  }
  return result;
}
