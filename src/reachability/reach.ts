import { Problem } from '../kernel/errors.ts';
import type { Hop, PacketText, Verdict, Witness } from '../model/witness.ts';
import { askedPackets } from './asked.ts';
import type { EndpointClass } from './cluster/classes.ts';
import type { Cluster } from './cluster/cluster.ts';
import { trafficTable } from './cluster/traffic.ts';
import { describePackets, samplePacket } from './describe.ts';
import type { Flow } from './flow.ts';
import { flowsFrom } from './flows.ts';
import { intersect, intersects, subtract } from './intervals.ts';
import { flowsIntoPods } from './into-pods.ts';
import type { NetworkModel } from './model.ts';
import { buildNetwork, type Group, type Network } from './network.ts';
import {
  destinationsOf,
  intersectSets,
  isEmpty,
  type PacketSet,
  packets,
  part,
  sourcesOf,
  subtractSets,
  uniteSets,
} from './packets.ts';
import { flowsFromPods } from './pod-flows.ts';
import type { Question } from './question.ts';
import { spacesFor, spacesForAll } from './spaces.ts';

/** Packets of a question that share a way, its end, and the rules that decided. */
export interface FlowClass {
  readonly packets: PacketSet;
  /** `one-way`: arrives, but its reply is dropped. */
  readonly outcome: Flow['outcome'];
  readonly hops: readonly Hop[];
  readonly witness: Witness;
}

export interface Analysis {
  readonly asked: PacketSet;
  /** Every packet that may get through with its reply. */
  readonly allowed: PacketSet;
  /** Every packet that may arrive whether or not a reply returns: `allowed` and more. */
  readonly arriving: PacketSet;
  /** Every packet that may be stopped, or whose reply may be. What is here and in `allowed` too depends on something open. */
  readonly denied: PacketSet;
  readonly classes: readonly FlowClass[];
  /** Pairs of groups of equal addresses that were looked at. */
  readonly pairs: number;
  readonly assumptions: readonly string[];
}

export interface ReachAnswer {
  readonly verdict: Verdict;
  readonly hops: readonly Hop[];
  readonly packet: PacketText;
  readonly assumptions: readonly string[];
  /** Where the verdict is `depends`: a packet that fares otherwise. */
  readonly otherwise?: Witness;
}

/** Makes a model ready for questions. All that will be asked must be known, since questions cut the packet space too. */
export function prepare(model: NetworkModel, questions: readonly Question[]): Network {
  if (questions.length > 0) return buildNetwork(model, spacesFor(model, questions));
  // Rules ask a model as it is, one after the other.
  const found = unasked.get(model) ?? buildNetwork(model, spacesFor(model, []));
  unasked.set(model, found);
  return found;
}

const unasked = new WeakMap<NetworkModel, Network>();

/** Makes several models ready in one set of coordinates, so that packet sets of one can be compared with those of another. */
export function prepareTogether(models: readonly NetworkModel[], questions: readonly Question[]): readonly Network[] {
  const spaces = spacesForAll(models, questions);
  const traffic = trafficTable();
  return models.map((model) => buildNetwork(model, spaces, traffic));
}

const outcomeVerdicts = { allowed: 'allowed', 'one-way': 'denied', denied: 'denied' } as const;

/** The exact sets of packets of a question that get through and that do not, by class, each with its deciding hops. */
export function analyze(network: Network, question: Question, within?: PacketSet): Analysis {
  const asked = within ?? askedPackets(network, question);
  const classes: FlowClass[] = [];
  const assumptions = new Set<string>();
  const sums: Sums = { allowed: [], 'one-way': [], denied: [] };
  const sources = sourcesOf(asked);
  const destinations = destinationsOf(asked);
  const groups: readonly Group[] = [...network.groups, network.internet, network.platform];
  const take = (flows: readonly Flow[], within: PacketSet, into: Sums): void => {
    for (const flow of flows) {
      const set = intersectSets(flow.packets, within);
      if (isEmpty(set)) continue;
      into[flow.outcome] = uniteSets(into[flow.outcome], set);
      if (flow.assumption !== undefined) assumptions.add(flow.assumption);
      classes.push(flowClass(network, set, flow.outcome, flow.hops));
    }
  };
  const stray = (set: PacketSet, into: Sums): void => {
    const hop: Hop = { layer: 'network', resource: 'none', rule: '(no way in this state)', effect: 'drop' };
    into.denied = uniteSets(into.denied, set);
    classes.push(flowClass(network, set, 'denied', [hop]));
  };
  const put = (own: Sums): void => {
    for (const outcome of outcomes) sums[outcome] = [...sums[outcome], ...own[outcome]];
  };
  const pods = podClasses(network);
  const plain = pods === undefined ? asked : subtractSets(asked, packets({ source: network.spaces.addresses.pods }));
  // Groups share no source: what each sends is summed up by itself, and the sums are put beside each other.
  let strange = sources;
  for (const from of groups) {
    strange = subtract(strange, from.addresses);
    if (!intersects(sources, from.addresses)) continue;
    const own: Sums = { allowed: [], 'one-way': [], denied: [] };
    const sent = intersectSets(asked, packets({ source: from.addresses }));
    take(flowsFrom(network, from), sent, own);
    if (pods !== undefined && intersects(destinations, network.spaces.addresses.pods))
      take(flowsIntoPods(network, pods.cluster, [from], intersect(sources, from.addresses), destinations), sent, own);
    // What no way is known for (between two places on the internet) does not get through here.
    const lost = outcomes.reduce((left, outcome) => subtractSets(left, own[outcome]), sent);
    if (!isEmpty(lost)) stray(lost, own);
    put(own);
  }
  const nobodys = intersectSets(plain, packets({ source: subtract(strange, network.spaces.addresses.pods) }));
  if (!isEmpty(nobodys)) {
    const own: Sums = { allowed: [], 'one-way': [], denied: [] };
    if (pods !== undefined && intersects(destinations, network.spaces.addresses.pods))
      take(flowsIntoPods(network, pods.cluster, groups, sourcesOf(nobodys), destinations), nobodys, own);
    const lost = outcomes.reduce((left, outcome) => subtractSets(left, own[outcome]), nobodys);
    if (!isEmpty(lost)) stray(lost, own);
    put(own);
  }
  // Classes of workloads share no source with anything else: their sums are put beside the others.
  for (const one of pods?.classes ?? []) {
    if (!intersects(sources, one.coordinates)) continue;
    const own: Sums = { allowed: [], 'one-way': [], denied: [] };
    const within = intersectSets(asked, packets({ source: one.coordinates }));
    take(flowsFromPods(network, (pods as Pods).cluster, one, destinationsOf(within)), within, own);
    put(own);
  }
  const ends = [...groups.map((group) => group.addresses), ...(pods?.classes ?? []).map((one) => one.coordinates)];
  const count = (side: readonly number[]): number => ends.filter((end) => intersects(end, side)).length;
  return {
    asked,
    allowed: sums.allowed,
    arriving: uniteSets(sums.allowed, sums['one-way']),
    denied: uniteSets(sums.denied, sums['one-way']),
    classes,
    pairs: count(sources) * count(destinations),
    assumptions: [...assumptions],
  };
}

const outcomes = ['allowed', 'one-way', 'denied'] as const;
type Sums = { [O in Flow['outcome']]: PacketSet };

interface Pods {
  readonly cluster: Cluster;
  readonly classes: readonly EndpointClass[];
}

function podClasses({ cluster }: Network): Pods | undefined {
  if (cluster === undefined) return undefined;
  return { cluster, classes: cluster.classes.all.filter((one) => one.kind !== 'addresses') };
}

function flowClass(network: Network, set: PacketSet, outcome: Flow['outcome'], hops: readonly Hop[]): FlowClass {
  // Most classes are never shown: their sample is made when somebody looks.
  return {
    packets: set,
    outcome,
    hops,
    get witness(): Witness {
      return { verdict: outcomeVerdicts[outcome], packet: samplePacket(network, set), hops };
    },
  };
}

/** The class to show: of those given, the one that assumes least of its destination (labels of service tags come last in the space). */
function plainest(classes: readonly FlowClass[]): FlowClass | undefined {
  const lowest = (one: FlowClass): number => Math.min(...one.packets.map((box) => part(box, 'destination')[0] ?? 0));
  return [...classes].sort((a, b) => lowest(a) - lowest(b))[0];
}

/** One question: what happens to its packets. Throws a `Problem` when it names none. */
export function reach(model: NetworkModel, question: Question): ReachAnswer {
  const network = prepare(model, [question]);
  const analysis = analyze(network, question);
  const passing = plainest(analysis.classes.filter((one) => one.outcome === 'allowed'));
  const stopped = plainest(analysis.classes.filter((one) => one.outcome !== 'allowed'));
  const shown = passing ?? stopped;
  if (shown === undefined) {
    throw new Problem({ code: 'QUESTION_EMPTY', message: 'The question names no packets.', kind: 'usage' });
  }
  if (passing === undefined || stopped === undefined) {
    const { verdict, hops, packet } = shown.witness;
    return { verdict, hops, packet, assumptions: analysis.assumptions };
  }
  const some = (set: PacketSet): string => {
    const lines = describePackets(network, set);
    return lines.length <= 4 ? lines.join('; ') : `${lines.slice(0, 4).join('; ')}; and ${lines.length - 4} more`;
  };
  return {
    verdict: 'depends',
    hops: passing.hops,
    packet: passing.witness.packet,
    otherwise: stopped.witness,
    assumptions: [
      ...analysis.assumptions,
      `Gets through: ${some(analysis.allowed)}.`,
      `Does not: ${some(analysis.denied)}.`,
    ],
  };
}
