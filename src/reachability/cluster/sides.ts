import type { NameSpace } from '../name-space.ts';
import type { Classes, EndpointClass } from './classes.ts';
import { type Case, type Judgement, judge, type Matched } from './judgement.ts';
import { and, type Truth } from './labels.ts';
import type { ClusterModel, Policy } from './model.ts';
import { nameSets } from './names.ts';
import type { PredicateTable } from './predicates.ts';
import type { Bounds, CompiledRule, RuleCompiler } from './rules.ts';
import { noTraffic, type TrafficTable } from './traffic.ts';

export type Direction = 'ingress' | 'egress';

/** What one side of a class says of every other class, by that class's index. */
export type Row = readonly Judgement[];

/** A policy that speaks for a class. */
interface Applied {
  readonly policy: Policy;
  readonly truth: 'yes' | 'open';
}

/** Policies of a kind (those of the network, or those of the mesh) for one direction. */
export interface Side {
  /** The row of a class: one for all classes that the same policies speak for. */
  row(of: EndpointClass): Row;
  /** Whether anything at all is said in this direction. */
  readonly silent: boolean;
}

export function sideOf(
  model: ClusterModel,
  table: TrafficTable,
  classes: Classes,
  predicates: PredicateTable,
  compiler: RuleCompiler,
  names: NameSpace,
  kind: 'network' | 'mesh',
  direction: Direction,
): Side {
  const policies = model.policies.filter(
    (policy) => (policy.stage === 'mesh') === (kind === 'mesh') && policy[direction] !== undefined,
  );
  const order = { admin: 0, namespace: 1, mesh: 1, baseline: 2 } as const;
  policies.sort(
    (a, b) => order[a.stage] - order[b.stage] || a.priority - b.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const applied: Applied[][] = classes.all.map(() => []);
  for (const policy of policies) {
    for (const [index, truth] of classes.truths(predicates.ofPods(policy.subject))) {
      const one = classes.all[index] as EndpointClass;
      if (one.kind !== 'pods') continue;
      const speaks: Truth = kind === 'mesh' ? and(truth, one.mesh) : truth;
      if (speaks !== 'no') applied[index]?.push({ policy, truth: speaks });
    }
  }
  const numbers = new Map(policies.map((policy, index) => [policy, index]));
  const rows = new Map<string, Row>();
  return {
    silent: policies.length === 0,
    row(of) {
      const list = applied[of.index] ?? [];
      const own = direction === 'ingress' && namesPorts(list) ? of.portsKey : '';
      const spoken = list.map(({ policy, truth }) => `${numbers.get(policy)}${truth === 'open' ? '?' : ''}`);
      const key = `${of.kind}|${own}|${spoken.join()}`;
      const found = rows.get(key);
      if (found !== undefined) return found;
      const made = makeRow({ model, table, classes, compiler, names, kind, direction }, of, list);
      rows.set(key, made);
      return made;
    },
  };

  function namesPorts(list: readonly Applied[]): boolean {
    return list.some(({ policy }) =>
      policy[direction]?.rules.some((rule) => rule.ports?.some((term) => term.kind === 'named')),
    );
  }
}

interface Making {
  readonly model: ClusterModel;
  readonly table: TrafficTable;
  readonly classes: Classes;
  readonly compiler: RuleCompiler;
  readonly names: NameSpace;
  readonly kind: 'network' | 'mesh';
  readonly direction: Direction;
}

interface Ordered {
  readonly rule: CompiledRule;
  readonly sure: boolean;
  /** The names that count here, of a rule about names. */
  readonly named?: Bounds;
}

/** How a rule matches a class: surely, perhaps, by name. As a number with the rule's place, so that lists of them are short texts. */
const [surely, perhaps, byName] = [0, 1, 2] as const;

function makeRow(making: Making, of: EndpointClass, list: readonly Applied[]): Row {
  const { classes, direction, table } = making;
  const rules = orderedRules(making, list);
  const common: number[] = [];
  const own: (number[] | undefined)[] = new Array(classes.all.length).fill(undefined);
  const push = (index: number, code: number): void => {
    const found = own[index];
    if (found === undefined) own[index] = [code];
    else found.push(code);
  };
  rules.forEach(({ rule, named }, place) => {
    if (rule.everyone) common.push(place * 4 + surely);
    for (const [index, truth] of rule.truths) push(index, place * 4 + (truth === 'yes' ? surely : perhaps));
    if (named === undefined) return;
    for (const one of classes.all)
      if (one.kind === 'addresses' && one.holder === 'outside') push(one.index, place * 4 + byName);
  });

  const frame = frameOf(making, list);
  const memo = new Map<string, Judgement>();
  return classes.all.map((other, index) => {
    const destination = direction === 'egress' ? other : of;
    const exempt = other.holder === 'nodes' && list.length > 0 && isExempt(making);
    const codes = own[index];
    const key = `${exempt ? '!' : ''}${destination.kind === 'addresses' ? destination.holder : destination.portsKey}|${codes?.join() ?? ''}`;
    const found = memo.get(key);
    if (found !== undefined) return found;
    const matched = merge(common, codes ?? []).map((code): Matched => {
      const { rule, sure, named } = rules[code >> 2] as Ordered;
      const how = code & 3;
      const traffic = rule.traffic(destination);
      const limit = how === byName && named !== undefined ? named : undefined;
      const may = limit === undefined ? traffic.may : table.and(traffic.may, limit.may);
      const must = limit === undefined ? traffic.must : table.and(traffic.must, limit.must);
      const certain = sure && how !== perhaps;
      return { rule, bounds: { may, must: certain ? must : noTraffic } };
    });
    const inStage = (...stages: readonly string[]): readonly Matched[] =>
      matched.filter(({ rule }) => stages.includes(rule.policy.stage));
    const made = judge(table, {
      ...frame,
      admin: inStage('admin'),
      namespace: inStage('namespace', 'mesh'),
      baseline: inStage('baseline'),
      ...(exempt ? { exempt: true } : {}),
    });
    memo.set(key, made);
    return made;
  });
}

/** Ingress everywhere; egress too by Kubernetes' own words, but Cilium enforces policy towards the node. */
function isExempt({ kind, direction, model }: Making): boolean {
  return kind === 'network' && (direction === 'ingress' || model.dataplane !== 'cilium');
}

/** The rules of all policies that speak for a class, in the order of judgement. */
function orderedRules({ compiler, direction, table, names }: Making, list: readonly Applied[]): readonly Ordered[] {
  const all = list.flatMap(({ policy, truth }) =>
    compiler.compile(policy, direction).map((rule) => ({ rule, sure: truth === 'yes' })),
  );
  const resolvable = all.flatMap(({ rule }) => rule.resolves ?? []);
  const proxied = nameSets(names, resolvable);
  return all.map((one) => {
    const { names: named } = one.rule;
    if (named === undefined) return one;
    const by = (set: typeof named.may): number => table.of({ name: set });
    if (!named.resolved) return { ...one, named: { may: by(named.may), must: by(named.must) } };
    return {
      ...one,
      named: { may: table.and(by(named.may), by(proxied.may)), must: table.and(by(named.must), by(proxied.must)) },
    };
  });
}

/** What happens to traffic that no rule takes. */
function frameOf(
  { compiler, direction, kind }: Making,
  list: readonly Applied[],
): Pick<Case, 'isolated' | 'isolation' | 'isolatedBy' | 'unselected'> {
  const isolating = list.filter(({ policy }) => policy[direction]?.isolates === true);
  const [first] = isolating;
  const shown = isolating.slice(0, 3).map(({ policy }) => policy.id);
  const only = first?.policy[direction]?.isolatesOnlyIf;
  const more = isolating.length > 3 ? ` and ${isolating.length - 3} more` : '';
  const layer = kind === 'mesh' ? 'authorization-policy' : 'network-policy';
  return {
    isolated: isolating.some(({ policy, truth }) => truth === 'yes' && policy[direction]?.isolatesOnlyIf === undefined)
      ? 'yes'
      : isolating.length > 0
        ? 'open'
        : 'no',
    isolation: compiler.isolation(kind === 'mesh' ? 'mesh' : 'namespace', direction),
    isolatedBy: {
      layer: first?.policy.layer ?? layer,
      resource: first?.policy.id ?? '',
      rule: `(no ${direction} rule allows it: ${shown.join(', ')}${more})`,
      ...(only === undefined ? {} : { dependsOn: `whether ${only}` }),
    },
    unselected: {
      layer,
      resource: '',
      rule: list.length === 0 ? `(no policy speaks about ${direction})` : `(no rule about ${direction} decides it)`,
    },
  };
}

function merge(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...a, ...b].sort((x, y) => x - y);
}
