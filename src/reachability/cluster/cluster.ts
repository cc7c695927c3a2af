import type { AddressRange } from '../../kernel/address.ts';
import { type Intervals, unite } from '../intervals.ts';
import type { Spaces } from '../spaces.ts';
import { type Classes, type ClassTruths, classify, type EndpointClass } from './classes.ts';
import type { Judgement } from './judgement.ts';
import type { ClusterModel, Peer, Policy, Workload } from './model.ts';
import { type Predicate, predicateTable } from './predicates.ts';
import { type CompiledRule, ruleCompiler } from './rules.ts';
import { type Side, sideOf } from './sides.ts';
import { type TrafficTable, trafficTable } from './traffic.ts';

/** What decides between two classes, in the order in which packets meet it. */
export interface Judged {
  readonly egress: Judgement;
  readonly ingress: Judgement;
  readonly meshEgress: Judgement | undefined;
  readonly meshIngress: Judgement | undefined;
}

/** A cluster made ready for questions. Rows are worked out when they are first asked for. */
export interface Cluster {
  readonly model: ClusterModel;
  readonly traffic: TrafficTable;
  readonly classes: Classes;
  readonly sides: {
    readonly egress: Side;
    readonly ingress: Side;
    readonly meshEgress: Side;
    readonly meshIngress: Side;
  };
  judge(from: EndpointClass, to: EndpointClass): Judged;
  /** The classes that a policy speaks for. */
  selected(policy: Policy): ClassTruths;
  rules(policy: Policy, direction: 'ingress' | 'egress'): readonly CompiledRule[];
  /** The addresses that a workload may have; undefined where the state does not tell. */
  addressesOf(workload: Workload): Intervals | undefined;
  /** A workload, by its position, in the address dimension. */
  coordinateOf(position: number): Intervals;
}

/** Addresses of subnets by id: where placed workloads may be. */
export type SubnetRanges = (subnet: string) => readonly AddressRange[];

/** `traffic`: give two clusters one table, and their sets can be compared. */
export function buildCluster(
  model: ClusterModel,
  spaces: Spaces,
  subnetRanges: SubnetRanges,
  traffic: TrafficTable = trafficTable(),
): Cluster {
  const { addresses, names } = spaces;
  const rangesSet = (ranges: readonly AddressRange[]): Intervals =>
    ranges.map((range) => addresses.ofRange(range)).reduce(unite, []);
  const places = new Map<string, Intervals>();
  const addressesOf = ({ place }: Workload): Intervals | undefined => {
    if (place === undefined) return undefined;
    if (place.addresses.length > 0) return rangesSet(place.addresses);
    const key = place.subnets.join();
    const found = places.get(key) ?? rangesSet(place.subnets.flatMap(subnetRanges));
    places.set(key, found);
    return found.length === 0 ? undefined : found;
  };
  const predicates = predicateTable(model, (range) => addresses.ofRange(range), addresses.ipv4, addressesOf);
  const { asked, portNames } = spokenOf(model);
  const used: Predicate[] = [
    ...model.policies.map((policy) => predicates.ofPods(policy.subject)),
    ...asked.map((peer) => predicates.ofPeer(peer)),
  ];
  const classes = classify(model, [...new Set(used)], predicates.blocks, portNames, {
    every: addresses.all,
    ofWorkload: (position) => spaces.ofWorkload(model.workloads[position] as Workload),
    podRanges: rangesSet(model.podRanges),
    nodeRanges: rangesSet(model.nodeRanges),
  });
  const compiler = ruleCompiler(model, traffic, classes, predicates, names);
  const side = (kind: 'network' | 'mesh', direction: 'ingress' | 'egress'): Side =>
    sideOf(model, traffic, classes, predicates, compiler, names, kind, direction);
  const sides = {
    egress: side('network', 'egress'),
    ingress: side('network', 'ingress'),
    meshEgress: side('mesh', 'egress'),
    meshIngress: side('mesh', 'ingress'),
  };
  return {
    model,
    traffic,
    classes,
    sides,
    selected: (policy) => classes.truths(predicates.ofPods(policy.subject)),
    rules: (policy, direction) => compiler.compile(policy, direction),
    addressesOf,
    coordinateOf: (position) => spaces.ofWorkload(model.workloads[position] as Workload),
    judge(from, to) {
      const at = (one: Side, of: EndpointClass, other: EndpointClass): Judgement =>
        one.row(of)[other.index] as Judgement;
      return {
        egress: at(sides.egress, from, to),
        ingress: at(sides.ingress, to, from),
        meshEgress: sides.meshEgress.silent ? undefined : at(sides.meshEgress, from, to),
        meshIngress: sides.meshIngress.silent ? undefined : at(sides.meshIngress, to, from),
      };
    },
  };
}

/** Every peer that policies speak of, but host names, and every name of a port. */
function spokenOf(model: ClusterModel): {
  readonly asked: readonly Exclude<Peer, { kind: 'names' }>[];
  readonly portNames: ReadonlySet<string>;
} {
  const asked: Exclude<Peer, { kind: 'names' }>[] = [];
  const portNames = new Set<string>();
  for (const policy of model.policies) {
    for (const rule of [...(policy.ingress?.rules ?? []), ...(policy.egress?.rules ?? [])]) {
      for (const peer of rule.peers ?? []) if (peer.kind !== 'names') asked.push(peer);
      for (const term of rule.ports ?? []) if (term.kind === 'named') portNames.add(term.name);
    }
  }
  return { asked, portNames };
}
