import { type Prefix, parsePrefix } from '../kernel/address.ts';
import type { ClusterSubnetsSpec, HubSpec, ImageSpokeSpec } from './spec.ts';

/** One subnet of the default plan. */
export interface SubnetPlan {
  readonly azureName: string;
  /** Where it lies in the default network. */
  readonly range: string;
  /** The longest prefix, that is the smallest size, that its purpose allows. */
  readonly longest: number;
  /** What needs that size, and who says so. */
  readonly because: string;
  readonly purpose: string;
}

/** The default plan of one kind of network; networks of the same length elsewhere are laid out alike. */
export interface NetworkPlan<Name extends string> {
  readonly space: string;
  readonly length: number;
  readonly subnets: Readonly<Record<Name, SubnetPlan>>;
}

/** A plan of another profile: the same network, which may lack some of the subnets. */
export interface ProfilePlan<Name extends string> extends Omit<NetworkPlan<Name>, 'subnets'> {
  readonly subnets: Readonly<Partial<Record<Name, SubnetPlan>>>;
}

export type HubSubnet = keyof HubSpec['network']['subnets'];
export type ImageSpokeSubnet = keyof ImageSpokeSpec['network']['subnets'];
export type ClusterSubnet = keyof ClusterSubnetsSpec;

/** The default plans of a profile. */
export interface AddressPlans {
  readonly hub: NetworkPlan<HubSubnet>;
  readonly imageSpoke: ProfilePlan<ImageSpokeSubnet>;
  readonly cluster: ProfilePlan<ClusterSubnet>;
}

const nodes = {
  longest: 27,
  because:
    'each node and each node that stands in during an upgrade takes an address: a /27 has 27 of them for three zones',
};
const pods = {
  longest: 24,
  because:
    'every node takes pod addresses in blocks of 16 (Azure CNI, dynamic allocation): a /24 has 15 blocks, for three nodes and their replacements',
};

/** Sources of the limits: Microsoft's pages on Azure Firewall, VPN Gateway and Bastion configuration settings. */
export const hubPlan: NetworkPlan<HubSubnet> = {
  space: '10.200.0.0/24',
  length: 24,
  subnets: {
    firewall: {
      azureName: 'AzureFirewallSubnet',
      range: '10.200.0.0/26',
      longest: 26,
      because: 'Azure Firewall needs a /26 to grow',
      purpose: 'Azure Firewall.',
    },
    gateway: {
      azureName: 'GatewaySubnet',
      range: '10.200.0.64/27',
      longest: 27,
      because: 'Azure asks for a /27 or more for VPN and ExpressRoute gateways',
      purpose: 'A later VPN or ExpressRoute gateway.',
    },
    bastion: {
      azureName: 'AzureBastionSubnet',
      range: '10.200.0.128/26',
      longest: 26,
      because: 'Azure refuses Bastion in a subnet smaller than /26',
      purpose: 'Azure Bastion.',
    },
  },
};

export const imageSpokePlan: NetworkPlan<ImageSpokeSubnet> = {
  space: '10.241.0.0/26',
  length: 26,
  subnets: {
    build: {
      azureName: 'snet-imagebuilder',
      range: '10.241.0.0/27',
      longest: 28,
      because: 'builds run side by side, and Azure keeps five addresses',
      purpose: 'The machines that build images.',
    },
    containers: {
      azureName: 'snet-imagebuilder-containers',
      range: '10.241.0.32/27',
      longest: 28,
      because: 'each build runs in a container group of its own, and Azure keeps five addresses',
      purpose: 'The container groups that drive the builds.',
    },
  },
};

/** Sources of the limits: Microsoft's pages on API server VNet integration, Azure CNI pod subnets, Application Gateway and private link for Azure Monitor. */
export const clusterPlan: NetworkPlan<ClusterSubnet> = {
  space: '10.240.0.0/16',
  length: 16,
  subnets: {
    managementOps: {
      azureName: 'snet-management-ops',
      range: '10.240.1.0/28',
      longest: 28,
      because: 'two jump boxes and their replacements, and Azure keeps five addresses',
      purpose: 'Jump boxes.',
    },
    managementAgents: {
      azureName: 'snet-management-agents',
      range: '10.240.2.0/26',
      longest: 28,
      because: 'deployment agents run side by side, and Azure keeps five addresses',
      purpose: 'Deployment agents.',
    },
    apiServer: {
      azureName: 'snet-cluster-apiserver',
      range: '10.240.3.0/28',
      longest: 28,
      because: 'API server VNet integration needs a /28',
      purpose: 'The API server; delegated to AKS.',
    },
    ingressServices: {
      azureName: 'snet-cluster-ingressservices',
      range: '10.240.4.0/28',
      longest: 29,
      because: 'a /29 is the smallest subnet of Azure, which keeps five of its eight addresses',
      purpose: 'The internal load balancer in front of the ingress.',
    },
    applicationGateway: {
      azureName: 'snet-applicationgateway',
      range: '10.240.5.0/24',
      longest: 26,
      because:
        'Application Gateway v2 takes an address an instance: a /24 holds all 125, a /26 holds 58 and is the least that leaves room for scaling and upgrades',
      purpose: 'Application Gateway; /24 recommended.',
    },
    systemNodePool: {
      azureName: 'snet-cluster-systemnodepool',
      range: '10.240.8.0/24',
      ...nodes,
      purpose: 'Nodes of the system pool.',
    },
    platformNodePool: {
      azureName: 'snet-cluster-platformnodepool',
      range: '10.240.9.0/24',
      ...nodes,
      purpose: 'Nodes of the platform pool (Flux, the control plane of the mesh).',
    },
    inScopeNodePools: {
      azureName: 'snet-cluster-inscopenodepools',
      range: '10.240.12.0/24',
      ...nodes,
      purpose: 'Nodes of the in-scope pools.',
    },
    outOfScopeNodePools: {
      azureName: 'snet-cluster-outofscopenodepools',
      range: '10.240.16.0/24',
      ...nodes,
      purpose: 'Nodes of the out-of-scope pools.',
    },
    podsSystem: {
      azureName: 'snet-pods-system',
      range: '10.240.32.0/20',
      ...pods,
      purpose: 'Pods of the system pool.',
    },
    podsPlatform: {
      azureName: 'snet-pods-platform',
      range: '10.240.48.0/20',
      ...pods,
      purpose: 'Pods of the platform pool.',
    },
    podsInScope: {
      azureName: 'snet-pods-inscope',
      range: '10.240.64.0/18',
      ...pods,
      purpose: 'Pods of the in-scope pools.',
    },
    podsOutOfScope: {
      azureName: 'snet-pods-outofscope',
      range: '10.240.128.0/18',
      ...pods,
      purpose: 'Pods of the out-of-scope pools.',
    },
    privateLinkEndpoints: {
      azureName: 'snet-privatelinkendpoints',
      range: '10.240.250.0/26',
      longest: 27,
      because:
        'the private link scope of Azure Monitor alone takes eleven addresses or more, and Azure supports it from /27',
      purpose: 'Private endpoints of vault, registries and monitoring.',
    },
    acrAgents: {
      azureName: 'snet-management-acragents',
      range: '10.240.251.0/28',
      longest: 28,
      because: "the registry's agents run side by side, and Azure keeps five addresses",
      purpose: "The registries' build agents.",
    },
  },
};

/** A range that the code itself gives. */
export function prefixOf(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (prefix === undefined) throw new Error(`${text} is no address range`);
  return prefix;
}

/** Where the default plan puts a subnet in a network of the default length. */
export function plannedRange(plan: { readonly space: string }, space: Prefix, subnet: SubnetPlan): Prefix {
  const range = prefixOf(subnet.range);
  const offset = space.first - prefixOf(plan.space).first;
  return { family: range.family, first: range.first + offset, last: range.last + offset, length: range.length };
}
