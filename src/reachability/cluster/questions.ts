import { ipv6Base } from '../address-space.ts';
import type { Cluster } from './cluster.ts';
import type { Policy, PolicyRule } from './model.ts';
import type { CompiledRule } from './rules.ts';
import { allTraffic, noTraffic } from './traffic.ts';

/** Two rules that match some traffic of some workload both, and do not say the same. */
export interface Overlap {
  readonly rule: string;
  readonly other: string;
  readonly effects: readonly [string, string];
}

/** Where two policies disagree about traffic that both match. */
export function overlappingRules(cluster: Cluster, one: Policy, other: Policy): readonly Overlap[] {
  const chosen = new Set(cluster.selected(one).map(([index]) => index));
  const subjects = cluster.selected(other).flatMap(([index]) => (chosen.has(index) ? [index] : []));
  if (subjects.length === 0) return [];
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    cluster.rules(one, direction).flatMap((a) =>
      cluster.rules(other, direction).flatMap((b): readonly Overlap[] => {
        if (a.rule.effect === b.rule.effect || !meet(cluster, a, b, subjects, direction)) return [];
        return [{ rule: a.rule.name, other: b.rule.name, effects: [a.rule.effect, b.rule.effect] }];
      }),
    ),
  );
}

function meet(
  cluster: Cluster,
  a: CompiledRule,
  b: CompiledRule,
  subjects: readonly number[],
  direction: 'ingress' | 'egress',
): boolean {
  const matches = (rule: CompiledRule, index: number): boolean =>
    rule.everyone || rule.names !== undefined || rule.truths.some(([at]) => at === index);
  return cluster.classes.all.some((peer) => {
    if (!matches(a, peer.index) || !matches(b, peer.index)) return false;
    const ends = direction === 'egress' ? [peer] : subjects.flatMap((index) => cluster.classes.all[index] ?? []);
    return ends.some((end) => cluster.traffic.and(a.traffic(end).may, b.traffic(end).may) !== noTraffic);
  });
}

/** A workload that a policy speaks for and whose way out of the cluster nothing narrows; undefined when there is none. */
export function outwardDeny(cluster: Cluster, policy: Policy): string | undefined {
  const outside = cluster.classes.all.filter(
    (one) => one.kind === 'addresses' && one.holder === 'outside' && (one.coordinates[0] ?? ipv6Base) < ipv6Base,
  );
  for (const [index] of cluster.selected(policy)) {
    const subject = cluster.classes.all[index];
    if (subject?.kind !== 'pods') continue;
    const row = cluster.sides.egress.row(subject);
    const workload = cluster.model.workloads[subject.members[0] ?? -1];
    const open = outside.some((one) => row[one.index]?.allow === allTraffic && row[one.index]?.deny === noTraffic);
    if (open && workload !== undefined) return `${workload.namespace}/${workload.name}`;
  }
  return undefined;
}

/** A workload for which a rule about names matches nothing, since none of its rules lets it resolve them. */
export function unresolvableNames(cluster: Cluster, policy: Policy, rule: PolicyRule): string | undefined {
  const outside = cluster.classes.all.filter((one) => one.kind === 'addresses' && one.holder === 'outside');
  for (const [index] of cluster.selected(policy)) {
    const subject = cluster.classes.all[index];
    if (subject?.kind !== 'pods') continue;
    const row = cluster.sides.egress.row(subject);
    const matches = outside.some((one) =>
      row[one.index]?.pieces.some((piece) => piece.resource === policy.id && piece.rule === rule.name),
    );
    const workload = cluster.model.workloads[subject.members[0] ?? -1];
    if (!matches && workload !== undefined) return `${workload.namespace}/${workload.name}`;
  }
  return undefined;
}
