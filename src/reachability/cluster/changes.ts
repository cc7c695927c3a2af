import { type Intervals, intersect, unite } from '../intervals.ts';
import { workloadKey } from '../spaces.ts';
import type { EndpointClass } from './classes.ts';
import type { Cluster, Judged } from './cluster.ts';
import type { Judgement, Piece } from './judgement.ts';
import { allPairs, type PairVerdict } from './matrix.ts';
import { noTraffic, type Traffic, type TrafficParts } from './traffic.ts';

/** Ends that are alike before and after. */
interface Shared {
  readonly before: EndpointClass;
  readonly after: EndpointClass;
  readonly names: readonly string[];
}

/** Traffic that policies let through in one state and not in the other. */
export interface PolicyChange {
  readonly kind: 'gained' | 'lost';
  /** Workloads, `namespace/name`; empty for addresses outside. */
  readonly from: readonly string[];
  readonly fromAddresses: Intervals;
  readonly to: readonly string[];
  readonly toAddresses: Intervals;
  readonly traffic: readonly TrafficParts[];
  /** Surely through in one state and surely stopped in the other; else one of them is open. */
  readonly sure: boolean;
  /** What stops it, in the state without it. */
  readonly stoppedBy: string;
  /** What lets it through, in the state with it. */
  readonly allowedBy: readonly string[];
}

/**
 * What changed between two states of a cluster, over every pair of workloads that both have and every address: both clusters must have been built with one
 * traffic table and one set of coordinates, so that equal answers are equal numbers and only differing ones are looked into.
 */
export function policyChanges(before: Cluster, after: Cluster): readonly PolicyChange[] {
  const [old, now] = [allPairs(before), allPairs(after)];
  const ends = sharedEnds(before, after);
  const changes: PolicyChange[] = [];
  for (const from of ends) {
    for (const to of ends) {
      const [was, is] = [old.at(from.before, to.before), now.at(from.after, to.after)];
      if (was === undefined || is === undefined) continue;
      if (was.allow === is.allow && was.deny === is.deny) continue;
      const gained = difference(before, was, is);
      const lost = difference(before, is, was);
      const [judgedWas, judgedIs] = [before.judge(from.before, to.before), after.judge(from.after, to.after)];
      if (gained !== noTraffic) changes.push(change('gained', before, from, to, gained, is, was, judgedIs, judgedWas));
      if (lost !== noTraffic) changes.push(change('lost', before, from, to, lost, was, is, judgedWas, judgedIs));
    }
  }
  return merged(changes);
}

/** What may get through by `more` and not by `less`, or surely now where it was open. */
function difference({ traffic }: Cluster, less: PairVerdict, more: PairVerdict): Traffic {
  const may = traffic.minus(more.allow, less.allow);
  const surely = traffic.minus(traffic.minus(more.allow, more.deny), traffic.minus(less.allow, less.deny));
  return traffic.or(may, surely);
}

function change(
  kind: PolicyChange['kind'],
  { traffic }: Cluster,
  from: Shared,
  to: Shared,
  set: Traffic,
  has: PairVerdict,
  lacks: PairVerdict,
  judgedHas: Judged,
  judgedLacks: Judged,
): PolicyChange {
  const open = traffic.or(traffic.and(set, has.deny), traffic.and(set, lacks.allow));
  const words = (piece: Piece): string => (piece.resource === '' ? piece.rule : `${piece.resource} ${piece.rule}`);
  const touching = (allowed: boolean) => (judgement: Judgement | undefined) =>
    (judgement?.pieces ?? []).filter(
      (piece) => piece.allowed === allowed && traffic.and(piece.traffic, set) !== noTraffic,
    );
  const sides = ({ egress, meshEgress, ingress, meshIngress }: Judged) => [egress, meshEgress, ingress, meshIngress];
  const [stopped] = sides(judgedLacks).flatMap(touching(false));
  return {
    kind,
    from: from.names,
    fromAddresses: addressesOf(from),
    to: to.names,
    toAddresses: addressesOf(to),
    traffic: traffic.boxes(set),
    sure: open === noTraffic,
    stoppedBy: stopped === undefined ? '' : words(stopped),
    allowedBy: [...new Set(sides(judgedHas).flatMap((one) => touching(true)(one).slice(0, 1).map(words)))],
  };
}

function addressesOf({ before, after }: Shared): Intervals {
  return before.kind === 'addresses' ? intersect(before.coordinates, after.coordinates) : [];
}

/** Workloads that are alike in both states, and addresses that are. */
function sharedEnds(before: Cluster, after: Cluster): readonly Shared[] {
  const positions = new Map(after.model.workloads.map((one, position) => [workloadKey(one), position]));
  const groups = new Map<string, { before: EndpointClass; after: EndpointClass; names: string[] }>();
  before.model.workloads.forEach((workload, position) => {
    const other = positions.get(workloadKey(workload));
    if (other === undefined) return;
    const was = before.classes.ofWorkload[position] as EndpointClass;
    const is = after.classes.ofWorkload[other] as EndpointClass;
    const key = `${was.index} ${is.index}`;
    const name = `${workload.namespace}/${workload.name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { before: was, after: is, names: [name] });
    else group.names.push(name);
  });
  const addresses = before.classes.all.flatMap((was) =>
    was.kind !== 'addresses'
      ? []
      : after.classes.all.flatMap((is) =>
          is.kind === 'addresses' && intersect(was.coordinates, is.coordinates).length > 0
            ? [{ before: was, after: is, names: [] }]
            : [],
        ),
  );
  return [...groups.values(), ...addresses];
}

/** Changes that differ only in who sends are one. */
function merged(changes: readonly PolicyChange[]): readonly PolicyChange[] {
  const found = new Map<string, PolicyChange>();
  for (const one of changes) {
    const { from, fromAddresses, ...rest } = one;
    const key = JSON.stringify([rest, from.length > 0]);
    const before = found.get(key);
    found.set(
      key,
      before === undefined
        ? one
        : { ...before, from: [...before.from, ...from], fromAddresses: unite(before.fromAddresses, fromAddresses) },
    );
  }
  return [...found.values()];
}
