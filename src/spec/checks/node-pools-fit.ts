import { formatPrefix, type Prefix } from '../../kernel/address.ts';
import { nearest } from '../../kernel/nearest.ts';
import { addressPlans } from '../address-plans.ts';
import { nodeSizes, podsPerNode } from '../data/node-sizes.ts';
import type { ClusterSpec, ClusterSubnetsSpec, NodePoolSpec, Spec } from '../spec.ts';
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

/** Pools have numbers and sizes that AKS takes, and subnets with room for all their nodes and pods. */
export const nodePoolsFit: SpecRule = {
  reads: ['profile', 'clusters'],
  check: (spec) =>
    spec.clusters.flatMap((cluster, i) =>
      (Object.keys(subnetsOf) as PoolName[]).flatMap((name) => {
        const pool = cluster.nodePools[name];
        if (pool === undefined) return [];
        const count = countComplaints(pool, i, name);
        return [
          ...count,
          ...sizeComplaints(spec, pool, i, name),
          ...(count.length > 0 ? [] : room(spec, cluster, i, name)),
        ];
      }),
    ),
};

function countComplaints({ minimum, maximum }: NodePoolSpec, i: number, name: PoolName): readonly SpecComplaint[] {
  if (minimum >= 1 && minimum <= maximum && maximum <= 1000) return [];
  return [
    {
      code: 'SPEC_POOL_SIZE',
      message: `A pool of ${minimum} to ${maximum} nodes is not possible.`,
      hint: 'Give a minimum of at least 1 and a maximum of at least that, at most 1000.',
      at: ['clusters', i, 'nodePools', name, 'maximum'],
    },
  ];
}

function sizeComplaints(
  { profile }: Spec,
  { size, systemDisk }: NodePoolSpec,
  i: number,
  name: PoolName,
): readonly SpecComplaint[] {
  const at = ['clusters', i, 'nodePools', name, 'size'];
  const sizes = nodeSizes.filter((one) => one.profile === profile);
  const known = sizes.find((one) => one.name.toLowerCase() === size.toLowerCase());
  if (known === undefined) {
    const near = nearest(
      size,
      sizes.map((one) => one.name),
    );
    return [
      {
        code: 'SPEC_NODE_SIZE_UNKNOWN',
        message: `${size} is none of the sizes that nodes may have in profile ${profile}.`,
        why: 'Nodes need a local disk for the system and encryption at the host, and in profile `current` a trusted launch; the sizes that are listed have them.',
        hint: `${near === undefined ? '' : `Did you mean ${near}? `}Choose one of the ${profile === '2021' ? 'DSv2' : 'Ddsv5, Dadsv5, Edsv5 or Eadsv5'} series.`,
        at,
      },
    ];
  }
  if (known.localDisk < systemDisk) {
    return [
      {
        code: 'SPEC_NODE_SIZE_DISK',
        message: `${size} has a local disk of ${known.localDisk} GiB; the system disk of a node takes ${systemDisk}.`,
        why: 'The system disk lies on the local disk, so that nothing of a node outlives it.',
        hint: 'Choose a size with at least four cores.',
        at,
      },
    ];
  }
  return [];
}

/** Addresses that the pods of a pool may take, in subnets of their own. */
const podAddresses = (nodes: number, pool: PoolName): number =>
  nodes * Math.ceil((podsPerNode[pool] + block / 2) / block) * block;

function room(
  spec: Spec,
  { name, network, nodePools }: ClusterSpec,
  i: number,
  pool: PoolName,
): readonly SpecComplaint[] {
  const { maximum = 0 } = nodePools[pool] ?? {};
  const nodes = maximum + surge(maximum);
  const at = ['clusters', i, 'nodePools', pool, 'maximum'];
  const complaint = (what: string, needed: number, id: keyof ClusterSubnetsSpec): readonly SpecComplaint[] => {
    const range = network.subnets[id];
    const longest = addressPlans[spec.profile].cluster.subnets[id]?.longest ?? 32;
    // A range that is too small for any pool is refused for that.
    if (range === undefined || range.length > longest || BigInt(needed) <= roomOf(range)) return [];
    return [
      {
        code: 'SPEC_POOL_ROOM',
        message: `The pool ${pool} of cluster ${name} may take ${needed} addresses for its ${what}; ${id}, ${formatPrefix(range)}, has ${roomOf(range)}.`,
        why: `A third more nodes than the maximum stand in while nodes are renewed; ${hasPodSubnets ? 'pods get their addresses in blocks of 16 a node' : 'each node takes the addresses of its 30 pods at once'}.`,
        hint: `Lower the maximum, or give ${id} a larger range.`,
        at,
        related: [['clusters', i, 'network', 'subnets', id]],
      },
    ];
  };
  const hasPodSubnets = spec.components.podNetwork === 'pod-subnets';
  const { nodes: nodeSubnet, pods: podSubnet } = subnetsOf[pool];
  return hasPodSubnets
    ? [...complaint('nodes', nodes, nodeSubnet), ...complaint('pods', podAddresses(nodes, pool), podSubnet)]
    : complaint('nodes and pods', nodes * (1 + podsPerNode.outOfScope), nodeSubnet);
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
