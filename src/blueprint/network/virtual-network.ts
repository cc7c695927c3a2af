import { formatPrefix, type Prefix } from '../../kernel/address.ts';
import type { Resource, Value } from '../../model/resource.ts';
import { idOf } from '../handles.ts';
import { networkResource, type Placement } from '../placement.ts';

export interface SubnetDraft {
  readonly name: string;
  readonly prefix: Prefix;
  readonly securityGroup?: Pick<Resource, 'key'>;
  readonly routeTable?: Pick<Resource, 'key'>;
  /** The service that may put its own things here, e.g. `Microsoft.ContainerService/managedClusters`. */
  readonly delegatedTo?: string;
  /** Whether security groups and routes apply to private endpoints too. @default false */
  readonly endpointPolicies?: boolean;
}

const ofSubnets = (setting: string): readonly string[] => [`properties.subnets.properties.${setting}`];

/** The settings of every virtual network that follow the decisions about networks. */
export const networkSettings = {
  'no-default-outbound-access': ofSubnets('defaultOutboundAccess'),
  'deny-by-default': ofSubnets('networkSecurityGroup'),
} as const;

/** Those of a spoke besides. */
export const spokeNetworkSettings = {
  ...networkSettings,
  'dns-through-the-hub': ['properties.dhcpOptions'],
  'egress-through-firewall': ofSubnets('routeTable'),
} as const;

/** A virtual network with its subnets inside, so that redeploying it never takes one away and brings it back. */
export function virtualNetwork(
  placement: Placement,
  at: { readonly key: string; readonly name: string },
  network: {
    readonly space: Prefix;
    /** @default Azure's own resolver */
    readonly dnsServer?: Value;
    readonly subnets: readonly SubnetDraft[];
  },
): Resource {
  return networkResource(placement, {
    ...at,
    type: 'virtualNetworks',
    properties: {
      addressSpace: { addressPrefixes: [formatPrefix(network.space)] },
      ...(network.dnsServer === undefined ? {} : { dhcpOptions: { dnsServers: [network.dnsServer] } }),
      subnets: network.subnets.map(subnet),
    },
  });
}

function subnet(draft: SubnetDraft): Value {
  const { name, prefix, securityGroup, routeTable, delegatedTo, endpointPolicies = false } = draft;
  return {
    name,
    properties: {
      addressPrefix: formatPrefix(prefix),
      ...(securityGroup === undefined ? {} : { networkSecurityGroup: { id: idOf(securityGroup) } }),
      ...(routeTable === undefined ? {} : { routeTable: { id: idOf(routeTable) } }),
      ...(delegatedTo === undefined
        ? {}
        : { delegations: [{ name: 'delegation', properties: { serviceName: delegatedTo } }] }),
      defaultOutboundAccess: false,
      privateEndpointNetworkPolicies: endpointPolicies ? 'Enabled' : 'Disabled',
    },
  };
}
