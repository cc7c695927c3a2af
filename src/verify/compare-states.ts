import type { State } from '../model/state.ts';
import {
  type Analysis,
  analyze,
  askedPackets,
  describeTraffic,
  describeWithoutEnds,
  destinationsOf,
  type FlowClass,
  intersectSets,
  isEmpty,
  type Network,
  type NetworkModel,
  type PacketSet,
  type PolicyChange,
  packets,
  policyChanges,
  prepareTogether,
  type Question,
  sourcesOf,
  subtractSets,
  uniteSets,
} from '../reachability/index.ts';
import { readNetwork } from './read-network.ts';

/** Packets that get through in one state and not in the other. */
export interface FlowChange {
  readonly kind: 'gained' | 'lost';
  readonly from: string;
  readonly to: string;
  /** What, a line a class. */
  readonly traffic: readonly string[];
  /** `depends`: in one of the states it is open. */
  readonly verdict: 'allowed' | 'depends';
  /** What lets it through, in the state that does. */
  readonly allowedBy: readonly string[];
  /** What stops it, in the state that does. */
  readonly stoppedBy: string;
}

export interface StatesCompared {
  readonly changes: readonly FlowChange[];
  readonly workloads: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly assumptions: readonly string[];
}

const any = { kind: 'any', text: 'any' } as const;
const everything: Question = { from: [any], to: [any], traffic: [] };

/**
 * What a change of a state changes: flows gained and lost, with the rule that did it. Between addresses by the Azure network; of workloads that both states have
 * by the policies of the cluster.
 */
export function compareStates(before: State, after: State): StatesCompared {
  const [was, is] = [readNetwork(before), readNetwork(after)];
  const [old, now] = prepareTogether([was.model, is.model], [everything]) as [Network, Network];
  const changes = [...networkChanges(old, now), ...clusterChanges(old, now)];
  const names = ({ model }: Network) =>
    (model.cluster?.workloads ?? []).map((one) => `${one.kind} ${one.namespace}/${one.name}`);
  const [namesWas, namesIs] = [new Set(names(old)), new Set(names(now))];
  return {
    changes,
    workloads: {
      added: [...namesIs].filter((one) => !namesWas.has(one)),
      removed: [...namesWas].filter((one) => !namesIs.has(one)),
    },
    assumptions: [...new Set([...was.assumptions, ...is.assumptions])],
  };
}

/** The same for two models of one state. */
export function compareModels(before: NetworkModel, after: NetworkModel): readonly FlowChange[] {
  const [old, now] = prepareTogether([before, after], [everything]) as [Network, Network];
  return [...networkChanges(old, now), ...clusterChanges(old, now)];
}

/** Without workloads: their ways are many, and the matrix of policies is what tells their changes. */
function networkChanges(old: Network, now: Network): readonly FlowChange[] {
  const plain = (network: Network): Network => ({
    ...network,
    model: withoutCluster(network.model),
    cluster: undefined,
  });
  const [before, after] = [plain(old), plain(now)];
  const { all } = old.spaces.addresses;
  const asked = intersectSets(
    uniteSets(askedPackets(before, everything), askedPackets(after, everything)),
    packets({ source: all, destination: all }),
  );
  if (isEmpty(asked)) return [];
  const [was, is] = [analyze(before, everything, asked), analyze(after, everything, asked)];
  return [...flowChanges('gained', after, is, was), ...flowChanges('lost', before, was, is)];
}

function withoutCluster({ cluster: _cluster, ...model }: Network['model']): Network['model'] {
  return model;
}

/** What one analysis lets through and the other does not. */
function flowChanges(
  kind: FlowChange['kind'],
  network: Network,
  has: Analysis,
  lacks: Analysis,
): readonly FlowChange[] {
  return has.classes
    .filter((one) => one.outcome === 'allowed')
    .flatMap((one) => {
      const more = subtractSets(one.packets, lacks.allowed);
      return isEmpty(more)
        ? []
        : lacks.classes.flatMap((other) => changeOf(kind, network, one, other, more, has, lacks));
    });
}

function changeOf(
  kind: FlowChange['kind'],
  network: Network,
  one: FlowClass,
  other: FlowClass,
  more: PacketSet,
  has: Analysis,
  lacks: Analysis,
): readonly FlowChange[] {
  if (other.outcome === 'allowed') return [];
  const set = intersectSets(more, other.packets);
  if (isEmpty(set)) return [];
  const open = !isEmpty(intersectSets(set, has.denied)) || !isEmpty(intersectSets(set, lacks.allowed));
  const decided = other.hops.at(-1);
  const { addresses } = network.spaces;
  return [
    {
      kind,
      from: addresses.describeSet(sourcesOf(set)),
      to: addresses.describeSet(destinationsOf(set)),
      traffic: describeWithoutEnds(network, set),
      verdict: open ? 'depends' : 'allowed',
      allowedBy: [
        ...new Set(one.hops.filter((hop) => hop.effect !== 'forward').map((hop) => `${hop.layer} ${hop.rule}`)),
      ],
      stoppedBy: decided === undefined ? '' : `${decided.layer} ${decided.rule}`,
    },
  ];
}

function clusterChanges(old: Network, now: Network): readonly FlowChange[] {
  if (old.cluster === undefined || now.cluster === undefined) return [];
  const { addresses } = old.spaces;
  const ends = (names: readonly string[], set: PolicyChange['fromAddresses']): string =>
    names.length > 0 ? shortened(names) : addresses.describeSet(set);
  return policyChanges(old.cluster, now.cluster).map((one) => ({
    kind: one.kind,
    from: ends(one.from, one.fromAddresses),
    to: ends(one.to, one.toAddresses),
    traffic: one.traffic.map(describeTraffic),
    verdict: one.sure ? 'allowed' : 'depends',
    allowedBy: one.allowedBy,
    stoppedBy: one.stoppedBy,
  }));
}

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((one) => `pod:${one}`);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
