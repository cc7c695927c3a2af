import { formatPrefix, type Prefix } from '../../kernel/address.ts';
import { nearest } from '../../kernel/nearest.ts';
import { clusterPlan } from '../address-plan.ts';
import { nodeSizes, podsPerNode, systemDiskSize } from '../data/node-sizes.ts';
import type { ClusterSpec, ClusterSubnetsSpec } from '../spec.ts';
import type { SpecComplaint, SpecRule } from './spec-rule.ts';

/** Azure keeps the first four addresses of a subnet and the last. */
const reserved = 5n;
/** Nodes that stand in while others are renewed: the third that `maxSurge` names. */
const surge = (nodes: number): number => Math.ceil(nodes / 3);
/** Azure CNI gives a node pod addresses in blocks, and the next block when fewer than half of one are free. */
const block = 16;

type PoolName = keyof ClusterSpec['nodePools'];
const subnetsOf: Readonly<
  Record<PoolName, { readonly nodes: keyof ClusterSubnetsSpec; readonly pods: keyof ClusterSubnetsSpec }>
> = {
  system: { nodes: 'systemNodePool', pods: 'podsSystem' },
  platform: { nodes: 'platformNodePool', pods: 'podsPlatform' },
  inScope: { nodes: 'inScopeNodePools', pods: 'podsInScope' },
  outOfScope: { nodes: 'outOfScopeNodePools', pods: 'podsOutOfScope' },
};

/** Pools have sizes that AKS takes, and subnets with room for all their nodes and pods. */
export const nodePoolsFit: SpecRule = {
  reads: ['clusters'],
  check: (spec) =>
    spec.clusters.flatMap((cluster, i) =>
      (Object.keys(subnetsOf) as PoolName[]).flatMap((pool) => [
        ...sizeComplaints(cluster, i, pool),
        ...roomComplaints(cluster, i, pool),
      ]),
    ),
};

function sizeComplaints(cluster: ClusterSpec, i: number, pool: PoolName): readonly SpecComplaint[] {
  const { size } = cluster.nodePools[pool];
  const at = ['clusters', i, 'nodePools', pool, 'size'];
  const known = nodeSizes.find(({ name }) => name.toLowerCase() === size.toLowerCase());
  if (known === undefined) {
    const near = nearest(
      size,
      nodeSizes.map(({ name }) => name),
    );
    return [
      {
        code: 'SPEC_NODE_SIZE_UNKNOWN',
        message: `${size} is none of the sizes that nodes may have.`,
        why: 'Nodes need a local disk for the system, encryption at the host, and a trusted launch; the sizes that are listed have all three.',
        hint: `${near === undefined ? '' : `Did you mean ${near}? `}Choose one of the Ddsv5, Dadsv5, Edsv5 or Eadsv5 series.`,
        at,
      },
    ];
  }
  if (known.localDisk < systemDiskSize) {
    return [
      {
        code: 'SPEC_NODE_SIZE_DISK',
        message: `${size} has a local disk of ${known.localDisk} GiB; the system disk of a node takes ${systemDiskSize}.`,
        why: 'The system disk lies on the local disk, so that nothing of a node outlives it.',
        hint: 'Choose a size with at least four cores.',
        at,
      },
    ];
  }
  return [];
}

function roomComplaints(
  { name, network, nodePools }: ClusterSpec,
  i: number,
  pool: PoolName,
): readonly SpecComplaint[] {
  const nodes = nodePools[pool].maximum + surge(nodePools[pool].maximum);
  const pods = nodes * Math.ceil((podsPerNode[pool] + block / 2) / block) * block;
  const at = ['clusters', i, 'nodePools', pool, 'maximum'];
  const complaint = (what: string, needed: number, id: keyof ClusterSubnetsSpec): readonly SpecComplaint[] => {
    const range = network.subnets[id];
    const room = roomOf(range);
    // A range that is too small for any pool is refused for that.
    if (range.length > clusterPlan.subnets[id].longest || BigInt(needed) <= room) return [];
    return [
      {
        code: 'SPEC_POOL_ROOM',
        message: `The pool ${pool} of cluster ${name} may take ${needed} addresses for its ${what}; ${id}, ${formatPrefix(range)}, has ${room}.`,
        why: 'A third more nodes than the maximum stand in while nodes are renewed; pods get their addresses in blocks of 16 a node.',
        hint: `Lower the maximum, or give ${id} a larger range.`,
        at,
        related: [['clusters', i, 'network', 'subnets', id]],
      },
    ];
  };
  return [...complaint('nodes', nodes, subnetsOf[pool].nodes), ...complaint('pods', pods, subnetsOf[pool].pods)];
}

/** Instances of Application Gateway, and one more while one is renewed, have an address each. */
export const gatewayFits: SpecRule = {
  reads: ['clusters'],
  check: (spec) =>
    spec.clusters.flatMap(({ name, network, gateway }, i) => {
      const room = roomOf(network.subnets.applicationGateway);
      if (BigInt(gateway.maximum + 1) <= room) return [];
      return [
        {
          code: 'SPEC_GATEWAY_ROOM',
          message: `Application Gateway of cluster ${name} may take ${gateway.maximum + 1} addresses; its subnet ${formatPrefix(network.subnets.applicationGateway)} has ${room}.`,
          hint: 'Lower the maximum, or give applicationGateway a larger range.',
          at: ['clusters', i, 'gateway', 'maximum'],
          related: [['clusters', i, 'network', 'subnets', 'applicationGateway']],
        },
      ];
    }),
};

function roomOf(prefix: Prefix): bigint {
  return prefix.last - prefix.first + 1n - reserved;
}
