import type { Prefix } from '../kernel/address.ts';
import type { Place } from '../kernel/place.ts';
import type { Days } from '../kernel/units.ts';
import type { Components, Profile } from './components.ts';

/** The spec after loading: checked, every default filled in, every range parsed. What the blueprint reads. */
export interface Spec {
  readonly profile: Profile;
  /** What the profile chose for each slot. */
  readonly components: Components;
  readonly organization: {
    /** Lower case letters, digits, hyphens; part of resource names. */
    readonly name: string;
    /** Four digits, `0001`. */
    readonly businessUnit: string;
    readonly application: string;
  };
  readonly environment: 'production' | 'staging' | 'test' | 'development';
  readonly azure: {
    readonly tenantId: string;
    readonly subscriptionId: string;
    /** Object id of the Entra group that administers the clusters. */
    readonly clusterAdminGroupId: string;
  };
  readonly domains: {
    /** What card holders' browsers ask for, at the Application Gateway. */
    readonly public: string;
    /** Parent of the names between gateway and ingress. */
    readonly ingress: string;
  };
  /** At least one; one a region. */
  readonly hubs: readonly [HubSpec, ...HubSpec[]];
  readonly imageSpoke: ImageSpokeSpec;
  /** At least one. */
  readonly clusters: readonly [ClusterSpec, ...ClusterSpec[]];
  readonly gitops: {
    /** PEM of the authority whose signatures Flux accepts; without it Flux applies nothing. */
    readonly signer?: string;
  };
  /** What may leave beyond what the platform needs. */
  readonly egress: readonly EgressSpec[];
  readonly cardholderData: {
    readonly flows: readonly CardholderFlowSpec[];
    readonly components: readonly ComponentScopeSpec[];
  };
  readonly workload: {
    /** The one component that the ingress hands requests to; nobody comes in when absent. */
    readonly entrance?: string;
    /** Which component calls which. */
    readonly calls: readonly CallSpec[];
  };
  /** Digests of images by name, where they are not those that are known. */
  readonly images: readonly { readonly name: string; readonly digest: string }[];
  readonly retention: {
    /** Kept in all. PCI DSS 10.5.1: at least 12 months. */
    readonly logs: Days;
    /** Of these, at once searchable: at least three months. */
    readonly interactive: Days;
  };
  readonly budget: {
    /** A month's cost, in the currency of the subscription's bill, beyond which people are told. */
    readonly monthly: number;
  };
  readonly tags: Readonly<Record<string, string>>;
  readonly contacts: {
    readonly security: readonly string[];
    readonly operations: readonly string[];
  };
  /** Where each value stands in the user's file, by path (`clusters[0].network.addressSpace`); absent for defaults. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface HubSpec {
  readonly region: string;
  /** A hub that somebody else owns: nothing is made in it. `network` then says which ranges it has. */
  readonly existing?: ExistingHubSpec;
  readonly network: {
    readonly addressSpace: Prefix;
    readonly subnets: { readonly firewall: Prefix; readonly gateway: Prefix; readonly bastion: Prefix };
  };
}

export interface ExistingHubSpec {
  /** Resource id of its virtual network. */
  readonly virtualNetworkId: string;
  /** Resource id of the policy of its Azure Firewall. */
  readonly firewallPolicyId: string;
  /** Where its firewall answers inside, for routes and names. */
  readonly firewallAddress: string;
}

export interface ImageSpokeSpec {
  /** Region of the hub that it hangs on. */
  readonly region: string;
  readonly network: {
    readonly addressSpace: Prefix;
    /** Builds are driven from container groups; in profile `2021` from a machine beside the build. */
    readonly subnets: { readonly build: Prefix; readonly containers?: Prefix };
  };
}

export interface ClusterSpec {
  /** Two digits by default, `01`; part of resource names. */
  readonly name: string;
  readonly region: string;
  readonly network: {
    readonly addressSpace: Prefix;
    readonly subnets: ClusterSubnetsSpec;
    /** Fixed address of the internal load balancer in front of the ingress, inside `ingressServices`. */
    readonly ingressAddress: string;
    /** Kubernetes service range; not routed on the network. */
    readonly services: Prefix;
    readonly dnsServiceAddress: string;
  };
  readonly kubernetes: {
    /** Minor version; the newest that fits the day when absent. */
    readonly version?: string;
    readonly support: 'long-term' | 'standard';
    readonly tier: 'premium' | 'standard';
  };
  readonly nodePools: NodePoolsSpec;
  /** Instances of Application Gateway. */
  readonly gateway: { readonly minimum: number; readonly maximum: number };
}

export interface NodePoolsSpec extends Readonly<Record<'system' | 'inScope' | 'outOfScope', NodePoolSpec>> {
  /** Absent where the platform's services have no pool of their own. */
  readonly platform?: NodePoolSpec;
}

export interface NodePoolSpec {
  /** A size of virtual machine, e.g. `Standard_D4ds_v5`. */
  readonly size: string;
  /** Nodes. */
  readonly minimum: number;
  readonly maximum: number;
  /** GiB of the system disk of its nodes. */
  readonly systemDisk: number;
}

/** Names and defaults: design, landing-zone.md section 4. Those that may be absent are absent in profile `2021`. */
export interface ClusterSubnetsSpec {
  readonly managementOps: Prefix;
  readonly managementAgents: Prefix;
  readonly apiServer?: Prefix;
  readonly ingressServices: Prefix;
  readonly applicationGateway: Prefix;
  readonly systemNodePool: Prefix;
  readonly platformNodePool?: Prefix;
  readonly inScopeNodePools: Prefix;
  readonly outOfScopeNodePools: Prefix;
  readonly podsSystem?: Prefix;
  readonly podsPlatform?: Prefix;
  readonly podsInScope?: Prefix;
  readonly podsOutOfScope?: Prefix;
  readonly privateLinkEndpoints: Prefix;
  readonly acrAgents: Prefix;
}

/** An allowance for traffic to leave through the firewall, with who answers for it and until when. */
export interface EgressSpec {
  readonly name: string;
  /** The cluster's name; every cluster when absent. */
  readonly cluster?: string;
  readonly from: 'in-scope' | 'out-of-scope' | 'platform' | 'system' | 'jump-boxes' | 'build-agents';
  /** Host names for `https` and `http`; `*.example.com` for its subdomains. */
  /** The one component of the workload that may send; every one of the pool when absent. */
  readonly component?: string;
  readonly to: readonly string[];
  readonly protocol: 'https' | 'http';
  readonly port: number;
  readonly reason: string;
  readonly owner: string;
  /** ISO date; after it the allowance is not synthesized and is reported. */
  readonly expires: string;
}

/** A way that cardholder data takes: data-flow diagrams (PCI DSS 1.2.4) cannot come from infrastructure alone. */
export interface CardholderFlowSpec {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly data: string;
  /** Whether the data comes to rest at `to`. */
  readonly stored: boolean;
}

export interface ComponentScopeSpec {
  readonly name: string;
  readonly scope: 'in-scope' | 'connected-to' | 'out-of-scope';
  readonly because: string;
}

/** One component calls another, over mutual TLS on the workload's port. */
export interface CallSpec {
  readonly from: string;
  readonly to: string;
}
