import type { AddressRange } from '../../kernel/address.ts';
import type { Labels, Selector } from './labels.ts';

/**
 * What runs in a cluster and what its policies say, as plain values, without a word of YAML. Policies of every kind (NetworkPolicy, the
 * cluster-wide tiers, Cilium's, the mesh's) have one form here; which comes before which is their stage.
 */
export interface ClusterModel {
  /** Its name, where the state tells; intents may put it before a namespace. */
  readonly name?: string;
  /** `unknown` leaves open what Kubernetes leaves to the network plugin. */
  readonly dataplane: Dataplane;
  /** Most plugins leave pods that share their node's network out of selectors; a few do not (statement 19). */
  readonly hostNetworkPods: 'as-node' | 'as-pod';
  readonly namespaces: readonly Namespace[];
  /** In a fixed order: a workload is spoken of by its position. */
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly policies: readonly Policy[];
  /** Subnets' prefixes in which pods live, where the state tells: an address in them may be any pod's. */
  readonly podRanges: readonly AddressRange[];
  /** The same for nodes. */
  readonly nodeRanges: readonly AddressRange[];
  /** How many Kubernetes objects were looked at. */
  readonly objects: number;
}

export type Dataplane = 'cilium' | 'azure' | 'calico' | 'unknown';

export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
  /** False where only workloads speak of it: then only its name is known of its labels. */
  readonly known: boolean;
}

/** Pods that are alike: a pod of its own, or what a controller makes from its template. */
export interface Workload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Names of its controllers, by which it may be called too. */
  readonly owners: readonly string[];
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  /** Lives in its node's network and has the node's address (statement 19). */
  readonly hostNetwork: boolean;
  readonly serviceAccount: string;
  /** Whether a proxy of the mesh stands before it. */
  readonly mesh: 'yes' | 'no' | 'open';
  /** What the mesh asks of who connects, by the object that says so: workloads with the same text are asked the same. */
  readonly mtls?: string;
  readonly place?: Place;
}

export interface ContainerPort {
  readonly name?: string;
  readonly protocol: number;
  readonly port: number;
}

/** Where in the Azure network a workload is. */
export interface Place {
  /** Subnets in which its pods may be: ids of the network model. */
  readonly subnets: readonly string[];
  /** Its own addresses, where the state has them; else it may have any of its subnets'. */
  readonly addresses: readonly AddressRange[];
  /** Pods have addresses of a range of their own; the subnets are their nodes', whose address they take when they leave the cluster. */
  readonly overlay?: boolean;
  /** What passes between nodes is encrypted: security groups do not see which pods talk. */
  readonly encrypted?: boolean;
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  /** `headless`: names resolve to pod addresses, and nothing is translated. */
  readonly kind: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'headless' | 'ExternalName';
  readonly externalName?: string;
  /** Undefined: no selector, and its endpoints are not in the state. */
  readonly selector: Selector | undefined;
  readonly ports: readonly ServicePort[];
  /** `Cluster` rewrites the source of what comes from outside to a node's (statement 93). */
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
}

export interface ServicePort {
  readonly name?: string;
  readonly protocol: number;
  readonly port: number;
  /** A number, or the name of a port of the pod's. */
  readonly target: number | string;
}

export type PolicyLayer =
  | 'network-policy'
  | 'cluster-network-policy'
  | 'admin-network-policy'
  | 'baseline-admin-network-policy'
  | 'cilium-policy'
  | 'authorization-policy'
  | 'peer-authentication'
  | 'sidecar';

/** The order of judgement: admin tier, what namespaces say, baseline tier; the mesh judges by itself, at the pods' proxies. */
export type Stage = 'admin' | 'namespace' | 'baseline' | 'mesh';

export interface Policy {
  /** Kind and name, as hops show it: `NetworkPolicy shop/web`. */
  readonly id: string;
  readonly layer: PolicyLayer;
  readonly stage: Stage;
  /** Within the stages `admin` and `baseline`: lower first. */
  readonly priority: number;
  readonly subject: PodTerm;
  readonly ingress?: PolicySide;
  readonly egress?: PolicySide;
}

export interface PolicySide {
  /** Whether what no rule allows is denied for the pods that the policy selects. */
  readonly isolates: boolean;
  /** What its default deny holds for, where it does not hold for everything: then what it would stop is open. */
  readonly isolatesOnlyIf?: string;
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  /** `ingress[0]`, or the name that its author gave it. */
  readonly name: string;
  readonly effect: 'allow' | 'deny' | 'pass';
  /** Any of them; undefined: everybody, in the cluster and outside. */
  readonly peers: readonly Peer[] | undefined;
  /** Any of them; undefined: every protocol and port. */
  readonly ports: readonly PortTerm[] | undefined;
  /** A further condition that is not modelled (an HTTP method, a claim): the rule may match, and surely matches nothing. */
  readonly dependsOn?: string;
  /** Host names that the rule lets its pods resolve through the data plane's own proxy (statement 40). */
  readonly resolves?: readonly string[];
}

/** Pods by namespace and labels. */
export interface PodTerm {
  readonly namespaces: NamespaceTerm;
  readonly pods: Selector;
  /** Never pods in the network of their node, whatever plugins make of those (statement 35). */
  readonly neverNodes?: boolean;
}

export type NamespaceTerm =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'selected'; readonly selector: Selector };

export type Peer =
  | { readonly kind: 'pods'; readonly term: PodTerm }
  | {
      readonly kind: 'block';
      readonly range: AddressRange;
      readonly except: readonly AddressRange[];
      /** Whether pods and nodes with such an address are matched; `open`: the plugin's affair (statements 11, 36). */
      readonly inside: 'yes' | 'no' | 'open';
    }
  /** Host names of what is outside the cluster. `resolved`: only where the pods' DNS goes through the proxy. */
  | { readonly kind: 'names'; readonly patterns: readonly NamePattern[]; readonly resolved: boolean }
  /** Nodes and what shares their network. */
  | { readonly kind: 'nodes'; readonly sure: boolean }
  /** Every address that is no pod's and no node's. */
  | { readonly kind: 'outside' }
  /** Some addresses that the state does not tell, pods' not among them: the API server's, a group of a cloud. */
  | { readonly kind: 'addresses'; readonly what: string }
  /** Who a proxy of the mesh takes the other side for. */
  | { readonly kind: 'identity'; readonly identity: Identity }
  /** Something that the state does not hold: may match anything, surely matches nothing. */
  | { readonly kind: 'unknown'; readonly what: string };

/** A pattern of host names: `depth` `one` lets `*` stand for one label only (Cilium), `many` for any number. */
export interface NamePattern {
  readonly pattern: string;
  readonly depth: 'one' | 'many';
}

/** All conditions that are given must hold. Texts may begin or end with `*`. */
export interface Identity {
  /** Whether the source must have a proxy (and so a certificate). */
  readonly inMesh?: boolean;
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly notNamespaces?: readonly string[];
  readonly blocks?: readonly AddressRange[];
  readonly notBlocks?: readonly AddressRange[];
}

export type PortTerm =
  /** Inclusive. `surely`: ports of the range that every plugin lets through, where some do not know ranges (statement 16). */
  | {
      readonly kind: 'numbers';
      readonly protocols: readonly number[];
      readonly from: number;
      readonly to: number;
      readonly surely?: { readonly from: number; readonly to: number };
    }
  | { readonly kind: 'named'; readonly protocols: readonly number[]; readonly name: string }
  /** Whole protocols, whatever their ports. */
  | { readonly kind: 'protocols'; readonly protocols: readonly number[] };
