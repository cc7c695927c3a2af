import type { AddressRange, Prefix } from '../kernel/address.ts';
import type { ClusterModel } from './cluster/model.ts';

/**
 * A network as plain values, without a word of Azure Resource Manager. `id`s are whatever names things uniquely; they appear in
 * hops. References that lead nowhere are left out by the reader, which says so.
 */
export interface NetworkModel {
  readonly networks: readonly VirtualNetwork[];
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly routeTables: readonly RouteTable[];
  readonly firewalls: readonly Firewall[];
  readonly cards: readonly NetworkCard[];
  readonly privateEndpoints: readonly PrivateEndpoint[];
  /** Networks with a VPN or ExpressRoute gateway: what it announces is not in the model. */
  readonly gatewayNetworks: readonly string[];
  /** Private DNS zones. */
  readonly privateZones: readonly PrivateZone[];
  /** Frontends of load balancers, of ARM's and of services. */
  readonly frontends: readonly Frontend[];
  /** Gateways that end connections and make their own to what is behind them. */
  readonly gateways: readonly ApplicationGateway[];
  /** Security admin rules, which come before security groups. */
  readonly adminRules?: readonly AdminRule[];
  /** What runs in a cluster of the state, where it has Kubernetes objects. */
  readonly cluster?: ClusterModel;
  /** The other clusters of the state: seen from the first, their pods are addresses of their subnets. */
  readonly otherClusters?: readonly ClusterModel[];
  /** Everything with an id and a name in the state, for "did you mean" and for endpoints named by resource. */
  readonly named: readonly NamedResource[];
}

export interface NamedResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The addresses that it has, where the state tells. */
  readonly addresses: readonly AddressRange[];
}

export interface VirtualNetwork {
  readonly id: string;
  readonly name: string;
  readonly space: readonly Prefix[];
  readonly peerings: readonly Peering[];
  /** Addresses of custom DNS servers; empty: the platform's. */
  readonly dnsServers: readonly string[];
}

export interface Peering {
  readonly id: string;
  readonly name: string;
  readonly remote: string;
  readonly connected: boolean;
  readonly allowAccess: boolean;
  readonly allowForwarded: boolean;
  /** Offers its gateway to the other side. @default false */
  readonly offersGateway?: boolean;
  /** Uses the gateway of the other side. @default false */
  readonly usesRemoteGateway?: boolean;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly network: string;
  readonly prefixes: readonly Prefix[];
  readonly securityGroup?: string;
  readonly routeTable?: string;
  /** Named, but not in the state: what it would do is unknown, so every answer through it is bounded from both sides. */
  readonly missingSecurityGroup?: string;
  readonly missingRouteTable?: string;
  readonly serviceEndpoints: readonly string[];
  /** Name of the NAT gateway by which it leaves. */
  readonly natGateway?: string;
  readonly privateEndpointPolicies: { readonly securityGroup: boolean; readonly routeTable: boolean };
}

/** Who or where, in a rule. */
export type AddressTerm =
  | { readonly kind: 'any' }
  | { readonly kind: 'range'; readonly range: AddressRange }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'group'; readonly group: string }
  /** Something that the state does not hold (a missing IP group): may match anything, surely matches nothing. */
  | { readonly kind: 'unknown'; readonly what: string };

/** IP protocol numbers; `undefined`: every protocol. */
export type Protocols = readonly number[] | undefined;

/** Inclusive. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly SecurityRule[];
}

export interface PrivateZone {
  readonly id: string;
  /** Lower case. */
  readonly name: string;
  /** Networks whose resolvers it answers: ids. */
  readonly links: readonly string[];
  /** Addresses by host name, lower case. */
  readonly records: ReadonlyMap<string, readonly AddressRange[]>;
}

export interface Frontend {
  readonly id: string;
  readonly name: string;
  readonly subnet: string;
  readonly address: AddressRange;
  readonly rules: readonly FrontendRule[];
}

export interface FrontendRule {
  readonly name: string;
  readonly protocols: Protocols;
  /** Empty: every port. */
  readonly ports: readonly PortRange[];
  /** Undefined: the port that was dialled. */
  readonly backendPort: number | undefined;
  readonly floating: boolean;
  readonly backends: readonly AddressRange[];
  /** Subnets whose machines are backends, where single addresses are not in the state. */
  readonly backendSubnets: readonly string[];
}

export interface ApplicationGateway {
  readonly id: string;
  readonly name: string;
  readonly subnet: string;
  readonly listeners: readonly { readonly name: string; readonly port: number; readonly public: boolean }[];
  /** Where requests go on, each pool with each of the settings that send to it. */
  readonly backends: readonly {
    readonly pool: string;
    readonly settings: string;
    readonly port: number;
    readonly addresses: readonly AddressRange[];
    readonly names: readonly string[];
  }[];
}

/** A security admin rule, and the networks that it may hold for. */
export interface AdminRule extends SecurityRule {
  readonly id: string;
  readonly access: 'allow' | 'deny' | 'always';
  readonly networks: readonly string[];
}

export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: 'inbound' | 'outbound';
  readonly allow: boolean;
  readonly protocols: Protocols;
  readonly sources: readonly AddressTerm[];
  readonly destinations: readonly AddressTerm[];
  readonly sourcePorts: readonly PortRange[];
  readonly destinationPorts: readonly PortRange[];
}

export interface RouteTable {
  readonly id: string;
  readonly name: string;
  readonly routes: readonly UserRoute[];
  /** Keeps out the routes that gateways learn. @default false */
  readonly keepsLearnedOut?: boolean;
}

export type NextHop =
  | { readonly kind: 'network' }
  | { readonly kind: 'internet' }
  | { readonly kind: 'none' }
  | { readonly kind: 'gateway' }
  | { readonly kind: 'appliance'; readonly address: AddressRange };

export interface UserRoute {
  readonly name: string;
  readonly destination: Prefix | { readonly tag: string };
  readonly nextHop: NextHop;
}

/** A network interface, as far as it differs from its subnet: an own security group, membership of application groups. */
export interface NetworkCard {
  readonly id: string;
  readonly name: string;
  readonly subnet: string;
  readonly addresses: readonly AddressRange[];
  readonly securityGroup?: string;
  readonly missingSecurityGroup?: string;
  readonly applicationGroups: readonly string[];
}

export interface PrivateEndpoint {
  readonly id: string;
  readonly name: string;
  readonly subnet: string;
  readonly addresses: readonly AddressRange[];
}

export interface Firewall {
  readonly id: string;
  readonly name: string;
  readonly subnet: string;
  /** Where routes send packets. */
  readonly address: AddressRange;
  readonly publicAddresses: readonly AddressRange[];
  readonly dnsProxy: boolean;
  /** Servers that the proxy asks; none: the platform's resolver. */
  readonly dnsServers?: readonly string[];
  /** Destinations that keep the client's source address. */
  readonly unsourced: readonly AddressRange[];
  readonly collections: readonly RuleCollection[];
}

export interface RuleCollection {
  /** 0 for the topmost parent policy, then its child, and so on. */
  readonly level: number;
  readonly group: string;
  readonly groupPriority: number;
  readonly name: string;
  readonly priority: number;
  readonly allow: boolean;
  readonly rules: readonly FirewallRule[];
}

export type FirewallRule = NetworkRule | ApplicationRule | TranslationRule;

export interface NetworkRule {
  readonly kind: 'network';
  readonly name: string;
  readonly protocols: Protocols;
  readonly sources: readonly AddressTerm[];
  readonly destinations: readonly AddressTerm[];
  /** Host names as destinations: compared with the firewall's own DNS answers. */
  readonly destinationNames: readonly string[];
  readonly destinationPorts: readonly PortRange[];
}

export interface ApplicationRule {
  readonly kind: 'application';
  readonly name: string;
  readonly sources: readonly AddressTerm[];
  /** Empty: any. */
  readonly destinations: readonly AddressTerm[];
  readonly ports: readonly number[];
  /** `www.example.com`, `*.example.com`, `*`. */
  readonly names: readonly string[];
  /** FQDN tags and web categories: named sets of host names that the vendor keeps. */
  readonly nameTags: readonly string[];
  /** URLs (with TLS inspection): may match on these host names, surely matches nothing. */
  readonly mayNames: readonly string[];
}

export interface TranslationRule {
  readonly kind: 'translation';
  readonly name: string;
  readonly protocols: Protocols;
  readonly sources: readonly AddressTerm[];
  readonly destinations: readonly AddressTerm[];
  readonly destinationPorts: readonly PortRange[];
  /** Undefined where the rule translates to a host name, which is not modelled. */
  readonly translatedAddress: AddressRange | undefined;
  readonly translatedPort: number;
}
