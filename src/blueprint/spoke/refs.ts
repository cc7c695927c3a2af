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
  /** Those that the cluster has, in the order of addresses. */
  readonly subnets: readonly SubnetId[];
  /** Where the API server answers: its own subnet, or the private endpoint that AKS puts beside the system nodes. */
  readonly apiServer: SubnetId;
  /** Subnets as intents name them; one that the cluster lacks is left out. */
  endpoints(...ids: readonly SubnetId[]): readonly string[];
  /** Ranges as rules take them; those of a subnet that the cluster lacks are left out. */
  ranges(...ids: readonly SubnetId[]): readonly string[];
}

const subnetIds = Object.keys(clusterPlan.subnets) as readonly SubnetId[];

export const nodeSubnets = ['systemNodePool', 'platformNodePool', 'inScopeNodePools', 'outOfScopeNodePools'] as const;
export const podSubnets = ['podsSystem', 'podsPlatform', 'podsInScope', 'podsOutOfScope'] as const;
/** Pods of the cluster's own services: add-ons, Flux, the mesh's control plane, the ingress. */
export const servicePodSubnets = ['podsSystem', 'podsPlatform'] as const;
/** Pods of the workload. */
export const workloadPodSubnets = ['podsInScope', 'podsOutOfScope'] as const;
/** Whence people and pipelines administer. */
export const operatorSubnets = ['managementOps', 'managementAgents'] as const;

export function spokeRefs({ naming, tags, spec }: BuildContext, { name, region, network }: ClusterSpec): SpokeRefs {
  const group = naming.spokeGroup(name);
  const networkName = naming.spokeNetwork(name);
  const subnetName = (id: SubnetId): string => clusterPlan.subnets[id].azureName;
  const has = (id: SubnetId): boolean => network.subnets[id] !== undefined;
  return {
    placement: { stage: 'cluster-spoke', deployment: `cluster-spoke-${name}`, group, region, tags },
    network: { key: `spoke-${name}/virtual-network`, name: networkName, group },
    subnetName,
    subnets: subnetIds.filter(has),
    apiServer: spec.components.apiServer === 'vnet-integration' ? 'apiServer' : 'systemNodePool',
    endpoints: (...ids) => ids.filter(has).map((id) => `subnet:${networkName}/${subnetName(id)}`),
    ranges: (...ids) =>
      ids.flatMap((id) => {
        const range = network.subnets[id];
        return range === undefined ? [] : [formatPrefix(range)];
      }),
  };
}
