import { type Intervals, intervals, runsOf, subtract } from '../intervals.ts';
import type { ClusterModel, ContainerPort, Place, Workload } from './model.ts';
import { type Atom, isNode, type Predicate } from './predicates.ts';

/** Ends of traffic that every policy treats alike, and that stand in the same place. */
export interface EndpointClass {
  readonly index: number;
  readonly kind: 'pods' | 'node' | 'addresses';
  /** In the address dimension of packets. */
  readonly coordinates: Intervals;
  /** Positions of its workloads. */
  readonly members: readonly number[];
  readonly holder: Atom['holder'];
  /** Ports by name, as far as policies name them. */
  readonly namedPorts: ReadonlyMap<string, readonly ContainerPort[]>;
  readonly portsKey: string;
  readonly mesh: Workload['mesh'];
  readonly place?: Place;
}

/** For a predicate: the classes that it holds for, surely or perhaps. */
export type ClassTruths = readonly (readonly [index: number, truth: 'yes' | 'open'])[];

export interface Classes {
  readonly all: readonly EndpointClass[];
  /** By position of a workload. */
  readonly ofWorkload: readonly EndpointClass[];
  truths(predicate: Predicate): ClassTruths;
}

/** Where workloads stand in the address dimension, and which addresses they have. */
export interface Coordinates {
  readonly every: Intervals;
  ofWorkload(position: number): Intervals;
  readonly podRanges: Intervals;
  readonly nodeRanges: Intervals;
}

/**
 * Groups what no policy tells apart: workloads by the predicates that hold for them (so that cost follows distinct behaviours, not pods), addresses by
 * the blocks that hold them.
 */
export function classify(
  model: ClusterModel,
  predicates: readonly Predicate[],
  blocks: readonly Intervals[],
  portNames: ReadonlySet<string>,
  coordinates: Coordinates,
): Classes {
  const signatures: string[][] = model.workloads.map(() => []);
  predicates.forEach((predicate, index) => {
    for (const [position, truth] of predicate.ofWorkloads)
      signatures[position]?.push(`${index}${truth === 'open' ? '?' : ''}`);
  });
  const groups = new Map<string, number[]>();
  model.workloads.forEach((workload, position) => {
    const key = [
      isNode(model, workload) ? 'node' : 'pods',
      workload.mesh,
      portsKey(workload, portNames),
      workload.place?.subnets.join() ?? '',
      signatures[position]?.join() ?? '',
    ].join('|');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [position]);
    else group.push(position);
  });

  const all: EndpointClass[] = [];
  const ofWorkload: EndpointClass[] = [];
  for (const members of groups.values()) {
    const first = model.workloads[members[0] as number] as Workload;
    const node = isNode(model, first);
    const one: EndpointClass = {
      index: all.length,
      kind: node ? 'node' : 'pods',
      coordinates: intervals(members.flatMap((position) => [...runsOf(coordinates.ofWorkload(position))])),
      members,
      holder: node ? 'nodes' : 'pods',
      namedPorts: namedPorts(first, portNames),
      portsKey: portsKey(first, portNames),
      mesh: first.mesh,
      ...(first.place === undefined ? {} : { place: first.place }),
    };
    all.push(one);
    for (const position of members) ofWorkload[position] = one;
  }
  const workloadClasses = all.length;
  for (const atom of atomsOf(blocks, coordinates)) {
    all.push({
      index: all.length,
      kind: 'addresses',
      coordinates: atom.coordinates,
      members: [],
      holder: atom.holder,
      namedPorts: new Map(),
      portsKey: '',
      mesh: 'no',
    });
  }
  const memo = new Map<Predicate, ClassTruths>();
  return {
    all,
    ofWorkload,
    truths(predicate) {
      const found = memo.get(predicate);
      if (found !== undefined) return found;
      const truths = new Map<number, 'yes' | 'open'>();
      for (const [position, truth] of predicate.ofWorkloads)
        truths.set((ofWorkload[position] as EndpointClass).index, truth);
      for (const one of all.slice(workloadClasses)) {
        const truth = predicate.ofAddresses(one);
        if (truth !== 'no') truths.set(one.index, truth);
      }
      const made = [...truths];
      memo.set(predicate, made);
      return made;
    },
  };
}

function namedPorts(workload: Workload, names: ReadonlySet<string>): ReadonlyMap<string, readonly ContainerPort[]> {
  const found = new Map<string, ContainerPort[]>();
  for (const port of workload.ports) {
    if (port.name === undefined || !names.has(port.name)) continue;
    found.set(port.name, [...(found.get(port.name) ?? []), port]);
  }
  return found;
}

function portsKey(workload: Workload, names: ReadonlySet<string>): string {
  return workload.ports
    .flatMap((port) =>
      port.name !== undefined && names.has(port.name) ? [`${port.name}=${port.protocol}/${port.port}`] : [],
    )
    .sort()
    .join();
}

/** The fewest sets of addresses that no block cuts. */
function atomsOf(blocks: readonly Intervals[], { every, podRanges, nodeRanges }: Coordinates): readonly Atom[] {
  const sets = [nodeRanges, subtract(podRanges, nodeRanges), ...blocks];
  const events: (readonly [at: number, set: number, enters: boolean])[] = [];
  sets.forEach((set, index) => {
    for (const [from, until] of runsOf(set)) events.push([from, index, true], [until, index, false]);
  });
  events.sort((a, b) => a[0] - b[0]);
  const inside = new Set<number>();
  const runs = new Map<string, { readonly list: [number, number][]; readonly holder: Atom['holder'] }>();
  let at = 0;
  const close = (until: number): void => {
    if (until <= at) return;
    const key = [...inside].sort((a, b) => a - b).join();
    const holder = inside.has(0) ? 'nodes' : inside.has(1) ? 'pods' : 'outside';
    const found = runs.get(key);
    if (found === undefined) runs.set(key, { list: [[at, until]], holder });
    else found.list.push([at, until]);
    at = until;
  };
  for (const [position, set, enters] of events) {
    close(position);
    if (enters) inside.add(set);
    else inside.delete(set);
  }
  close(Number.MAX_SAFE_INTEGER);
  return [...runs.values()].flatMap(({ list, holder }) => {
    const coordinates = subtract(every, subtract(every, intervals(list)));
    return coordinates.length === 0 ? [] : [{ coordinates, holder }];
  });
}
