import type { Group, Network } from './network.ts';
import { groupOf } from './pod-flows.ts';

/** Every group of equal ends: subnets and what stands out in them, the internet, the platform, and the workloads of the cluster by class. */
export function groupsOf(network: Network): readonly Group[] {
  const { cluster } = network;
  const pods =
    cluster === undefined
      ? []
      : cluster.classes.all.filter((one) => one.kind !== 'addresses').map((one) => groupOf(network, cluster, one));
  return [...network.groups, network.internet, network.platform, ...pods];
}
