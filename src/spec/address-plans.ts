import {
  type AddressPlans,
  type ClusterSubnet,
  clusterPlan,
  hubPlan,
  imageSpokePlan,
  type ProfilePlan,
  type SubnetPlan,
} from './address-plan.ts';
import type { Profile } from './components.ts';

const nodesWithPods = {
  longest: 24,
  because:
    'a node takes an address for itself and one for each of its 30 pods at once (Azure CNI of 2021): a /24 has room for eight nodes',
};

/** The plan of `current` with other ranges and sizes. */
const moved = (id: ClusterSubnet, range: string, size: Partial<SubnetPlan> = {}): SubnetPlan => ({
  ...clusterPlan.subnets[id],
  range,
  ...size,
});

/**
 * Where the reference implementation of 2021 puts its networks; its Bastion subnet, a /27, is the one that Azure refuses since
 * November 2021, so that the hub's plan is that of `current`. What its Azure did not have, has no subnet: API servers in a network
 * of the customer, pods in subnets of their own, container groups that drive image builds.
 */
const cluster2021: ProfilePlan<ClusterSubnet> = {
  space: clusterPlan.space,
  length: clusterPlan.length,
  subnets: {
    managementOps: clusterPlan.subnets.managementOps,
    managementAgents: clusterPlan.subnets.managementAgents,
    ingressServices: clusterPlan.subnets.ingressServices,
    applicationGateway: moved('applicationGateway', '10.240.4.16/28', {
      longest: 28,
      because: 'Application Gateway v2 takes an address an instance: a /28 has eleven of them',
    }),
    systemNodePool: moved('systemNodePool', '10.240.8.0/22', nodesWithPods),
    inScopeNodePools: moved('inScopeNodePools', '10.240.12.0/22', nodesWithPods),
    outOfScopeNodePools: moved('outOfScopeNodePools', '10.240.16.0/22', nodesWithPods),
    // The original's is a /28: an endpoint for monitoring, which it lacks, does not fit.
    privateLinkEndpoints: clusterPlan.subnets.privateLinkEndpoints,
    acrAgents: clusterPlan.subnets.acrAgents,
  },
};

/** The default plans of each profile. */
export const addressPlans: Readonly<Record<Profile, AddressPlans>> = {
  current: { hub: hubPlan, imageSpoke: imageSpokePlan, cluster: clusterPlan },
  '2021': {
    hub: hubPlan,
    imageSpoke: {
      space: '10.241.0.0/28',
      length: 28,
      subnets: { build: { ...imageSpokePlan.subnets.build, range: '10.241.0.0/28' } },
    },
    cluster: cluster2021,
  },
};
