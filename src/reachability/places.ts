import type { Hop } from '../model/witness.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { Flow } from './flow.ts';
import { flowsFrom } from './flows.ts';
import { type Intervals, intersects, unite } from './intervals.ts';
import type { Group, Network } from './network.ts';
import { type Box, intersectSets, isEmpty, type PacketSet, packets } from './packets.ts';

/** A flow; of what it depends on, the first is said. */
export function flowOf(
  from: Group,
  set: PacketSet,
  outcome: Flow['outcome'],
  hops: readonly Hop[],
  why: readonly string[] = [],
): Flow {
  const [assumption] = why;
  return {
    from,
    packets: set,
    outcome,
    hops,
    ...(assumption === undefined ? {} : { assumption: `Depends on ${assumption}.` }),
  };
}

/** The ways of the network from the subnets that workloads may be in. */
export function ways(
  network: Network,
  subnets: readonly string[],
  source: Intervals,
  destination: Intervals,
): readonly Flow[] {
  const between = packets({ source, destination });
  return network.groups
    .filter((group) => (group.kind === 'subnet' || group.kind === 'card') && subnets.includes(group.subnet?.id ?? ''))
    .flatMap((group) =>
      flowsFrom(network, group).flatMap((flow) => {
        const set = intersectSets(flow.packets, between);
        return isEmpty(set) ? [] : [{ ...flow, packets: set }];
      }),
    );
}

/** Every address that some workloads may have. */
export function addressSet(cluster: Cluster, members: readonly number[]): Intervals {
  return [...new Set(members.map((position) => workloadAddresses(cluster, position)))].reduce(unite, []);
}

function workloadAddresses(cluster: Cluster, position: number): Intervals {
  const workload = cluster.model.workloads[position];
  return (workload === undefined ? undefined : cluster.addressesOf(workload)) ?? [];
}

/** The workloads among some that may have an address of a set, as coordinates. */
export function holders(cluster: Cluster, members: readonly number[], addresses: Box[number]): Intervals {
  return members
    .filter((position) => intersects(workloadAddresses(cluster, position), addresses))
    .map((position) => cluster.coordinateOf(position))
    .reduce(unite, []);
}

/** Positions of the workloads at some coordinates. */
export function membersIn(cluster: Cluster, coordinates: Intervals): readonly number[] {
  return cluster.model.workloads.flatMap((_, position) =>
    intersects(cluster.coordinateOf(position), coordinates) ? [position] : [],
  );
}
