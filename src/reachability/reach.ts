import { Problem } from '../kernel/errors.ts';
import type { Hop, PacketText, Verdict, Witness } from '../model/witness.ts';
import { askedPackets } from './asked.ts';
import { describePackets, samplePacket } from './describe.ts';
import type { Flow } from './flow.ts';
import { flowsFrom } from './flows.ts';
import { intersects, unite } from './intervals.ts';
import type { NetworkModel } from './model.ts';
import { buildNetwork, type Group, type Network } from './network.ts';
import { intersectSets, isEmpty, type PacketSet, part, sourcesOf, subtractSets, uniteSets } from './packets.ts';
import type { Question } from './question.ts';
import { spacesFor } from './spaces.ts';

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
  return buildNetwork(model, spacesFor(model, questions));
}

const outcomeVerdicts = { allowed: 'allowed', 'one-way': 'denied', denied: 'denied' } as const;

/** The exact sets of packets of a question that get through and that do not, by class, each with its deciding hops. */
export function analyze(network: Network, question: Question, within?: PacketSet): Analysis {
  const asked = within ?? askedPackets(network, question);
  const classes: FlowClass[] = [];
  const assumptions = new Set<string>();
  const sums: { [O in Flow['outcome']]: PacketSet } = { allowed: [], 'one-way': [], denied: [] };
  const sources = sourcesOf(asked);
  const destinations = asked.map((one) => part(one, 'destination')).reduce(unite, []);
  const groups: readonly Group[] = [...network.groups, network.internet, network.platform];
  for (const from of groups) {
    if (!intersects(sources, from.addresses)) continue;
    for (const flow of flowsFrom(network, from)) {
      const set = intersectSets(flow.packets, asked);
      if (isEmpty(set)) continue;
      sums[flow.outcome] = uniteSets(sums[flow.outcome], set);
      if (flow.assumption !== undefined) assumptions.add(flow.assumption);
      classes.push(flowClass(network, set, flow.outcome, flow.hops));
    }
  }
  // What no group sends, or what no way is known for (between two places on the internet), does not get through here.
  const covered = uniteSets(uniteSets(sums.allowed, sums['one-way']), sums.denied);
  const strangers = subtractSets(asked, covered);
  if (!isEmpty(strangers)) {
    const hop: Hop = { layer: 'network', resource: 'none', rule: '(no way in this state)', effect: 'drop' };
    sums.denied = uniteSets(sums.denied, strangers);
    classes.push(flowClass(network, strangers, 'denied', [hop]));
  }
  const count = (side: readonly number[]): number => groups.filter((group) => intersects(group.addresses, side)).length;
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
