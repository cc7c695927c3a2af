import { formatPrefix } from '../../kernel/address.ts';
import { clusterPlan } from '../../spec/address-plan.ts';
import type { ClusterSpec, ClusterSubnetsSpec } from '../../spec/spec.ts';
import type { BuildContext } from '../context.ts';
import type { Placement } from '../placement.ts';

export type SubnetId = keyof ClusterSubnetsSpec;

/** Names and keys of a cluster's network, for the parts that build it and those that refer to it. */
export interface SpokeRefs {
  readonly placement: Placement;
  readonly network: { readonly key: string; readonly name: string; readonly group: string };
  /** Name of a subnet in Azure. */
  subnetName(id: SubnetId): string;
  /** The subnet as intents name it. */
  endpoint(id: SubnetId): string;
  endpoints(...ids: readonly SubnetId[]): readonly string[];
  /** Ranges as rules take them. */
  ranges(...ids: readonly SubnetId[]): readonly string[];
}

/** In the order of addresses. */
export const subnetIds = Object.keys(clusterPlan.subnets) as readonly SubnetId[];

export const nodeSubnets = ['systemNodePool', 'platformNodePool', 'inScopeNodePools', 'outOfScopeNodePools'] as const;
export const podSubnets = ['podsSystem', 'podsPlatform', 'podsInScope', 'podsOutOfScope'] as const;
/** Pods of the cluster's own services: add-ons, Flux, the mesh's control plane, the ingress. */
export const servicePodSubnets = ['podsSystem', 'podsPlatform'] as const;
/** Pods of the workload. */
export const workloadPodSubnets = ['podsInScope', 'podsOutOfScope'] as const;
/** Whence people and pipelines administer. */
export const operatorSubnets = ['managementOps', 'managementAgents'] as const;

export function spokeRefs({ naming, tags }: BuildContext, { name, region, network }: ClusterSpec): SpokeRefs {
  const group = naming.spokeGroup(name);
  const networkName = naming.spokeNetwork(name);
  const subnetName = (id: SubnetId): string => clusterPlan.subnets[id].azureName;
  const endpoint = (id: SubnetId): string => `subnet:${networkName}/${subnetName(id)}`;
  return {
    placement: { stage: 'cluster-spoke', deployment: `cluster-spoke-${name}`, group, region, tags },
    network: { key: `spoke-${name}/virtual-network`, name: networkName, group },
    subnetName,
    endpoint,
    endpoints: (...ids) => ids.map(endpoint),
    ranges: (...ids) => ids.map((id) => formatPrefix(network.subnets[id])),
  };
}
