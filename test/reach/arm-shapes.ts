import type { Json } from '../../src/kernel/canonical-json.ts';
import type { ArmResource } from '../../src/model/resource.ts';
import type { State } from '../../src/model/state.ts';

/** Small makers of resources in the shape in which ARM's GET returns them (shapes: Microsoft's published types, 2025-09-01). */

const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net/providers/Microsoft.Network';

type Properties = { readonly [key: string]: Json | undefined };

export function idOf(type: string, name: string): string {
  return `${group}/${type}/${name}`;
}

function resource(type: string, name: string, properties: Properties): ArmResource {
  return { id: idOf(type, name), name, type: `Microsoft.Network/${type}`, location: 'eastus2', properties };
}

export interface SubnetShape {
  readonly name: string;
  readonly prefix: string;
  readonly nsg?: string;
  readonly table?: string;
  readonly more?: Properties;
}

export interface PeeringShape {
  readonly name: string;
  readonly to: string;
  readonly state?: 'Connected' | 'Initiated' | 'Disconnected';
  readonly access?: boolean;
  readonly forwarded?: boolean;
}

export function vnet(
  name: string,
  space: readonly string[],
  subnets: readonly SubnetShape[],
  peerings: readonly PeeringShape[] = [],
  dnsServers: readonly string[] = [],
): ArmResource {
  return resource('virtualNetworks', name, {
    addressSpace: { addressPrefixes: space },
    dhcpOptions: { dnsServers },
    subnets: subnets.map((subnet) => ({
      id: `${idOf('virtualNetworks', name)}/subnets/${subnet.name}`,
      name: subnet.name,
      properties: {
        addressPrefix: subnet.prefix,
        ...(subnet.nsg === undefined
          ? {}
          : { networkSecurityGroup: { id: idOf('networkSecurityGroups', subnet.nsg) } }),
        ...(subnet.table === undefined ? {} : { routeTable: { id: idOf('routeTables', subnet.table) } }),
        ...subnet.more,
      },
    })),
    virtualNetworkPeerings: peerings.map((peering) => ({
      id: `${idOf('virtualNetworks', name)}/virtualNetworkPeerings/${peering.name}`,
      name: peering.name,
      properties: {
        peeringState: peering.state ?? 'Connected',
        remoteVirtualNetwork: { id: idOf('virtualNetworks', peering.to) },
        allowVirtualNetworkAccess: peering.access ?? true,
        allowForwardedTraffic: peering.forwarded ?? false,
      },
    })),
  });
}

/** `[name, priority, In|Out, Allow|Deny, protocol, source, source ports, destination, destination ports]`; lists for augmented rules. */
export type NsgRuleShape = readonly [
  name: string,
  priority: number,
  direction: 'In' | 'Out',
  access: 'Allow' | 'Deny',
  protocol: string,
  source: string | readonly string[],
  destination: string | readonly string[],
  ports: string | readonly string[],
  sourcePorts?: string,
];

export function nsg(name: string, rules: readonly NsgRuleShape[]): ArmResource {
  const either = (property: string, value: string | readonly string[]): Properties =>
    typeof value === 'string' ? { [property]: value } : { [`${property}es`.replace('Rangees', 'Ranges')]: value };
  return resource('networkSecurityGroups', name, {
    securityRules: rules.map(
      ([rule, priority, direction, access, protocol, source, destination, ports, sourcePorts]) => ({
        id: `${idOf('networkSecurityGroups', name)}/securityRules/${rule}`,
        name: rule,
        properties: {
          priority,
          direction: direction === 'In' ? 'Inbound' : 'Outbound',
          access,
          protocol,
          sourcePortRange: sourcePorts ?? '*',
          ...either('sourceAddressPrefix', source),
          ...either('destinationAddressPrefix', destination),
          ...either('destinationPortRange', ports),
        },
      }),
    ),
  });
}

export function routeTable(
  name: string,
  routes: readonly (readonly [name: string, prefix: string, hop: string, address?: string])[],
): ArmResource {
  return resource('routeTables', name, {
    routes: routes.map(([route, addressPrefix, nextHopType, nextHopIpAddress]) => ({
      id: `${idOf('routeTables', name)}/routes/${route}`,
      name: route,
      properties: {
        addressPrefix,
        nextHopType,
        ...(nextHopIpAddress === undefined ? {} : { nextHopIpAddress }),
      },
    })),
  });
}

export function firewall(name: string, network: string, address: string | undefined, policy: string): ArmResource {
  return resource('azureFirewalls', name, {
    sku: { name: 'AZFW_VNet', tier: 'Premium' },
    firewallPolicy: { id: idOf('firewallPolicies', policy) },
    ipConfigurations: [
      {
        name: 'first',
        properties: {
          ...(address === undefined ? {} : { privateIPAddress: address }),
          subnet: { id: `${idOf('virtualNetworks', network)}/subnets/AzureFirewallSubnet` },
          publicIPAddress: { id: idOf('publicIPAddresses', `pip-${name}`) },
        },
      },
    ],
  });
}

export function policy(name: string, properties: Properties = {}): ArmResource {
  return resource('firewallPolicies', name, {
    threatIntelMode: 'Deny',
    dnsSettings: { enableProxy: true },
    ...properties,
  });
}

export interface CollectionShape {
  readonly name: string;
  readonly priority: number;
  readonly action: 'Allow' | 'Deny' | 'Dnat';
  readonly rules: readonly Properties[];
}

export function rules(
  ofPolicy: string,
  name: string,
  priority: number,
  collections: readonly CollectionShape[],
): ArmResource {
  const id = `${idOf('firewallPolicies', ofPolicy)}/ruleCollectionGroups/${name}`;
  return {
    id,
    name: `${ofPolicy}/${name}`,
    type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
    properties: {
      priority,
      ruleCollections: collections.map((collection) => ({
        ruleCollectionType:
          collection.action === 'Dnat' ? 'FirewallPolicyNatRuleCollection' : 'FirewallPolicyFilterRuleCollection',
        name: collection.name,
        priority: collection.priority,
        action: { type: collection.action },
        rules: collection.rules,
      })),
    },
  };
}

export function networkRule(
  name: string,
  protocol: string,
  source: readonly string[],
  destination: readonly string[],
  ports: readonly string[],
  more: Properties = {},
): Properties {
  return {
    ruleType: 'NetworkRule',
    name,
    ipProtocols: [protocol],
    sourceAddresses: source,
    destinationAddresses: destination,
    destinationPorts: ports,
    ...more,
  };
}

export function applicationRule(
  name: string,
  source: readonly string[],
  names: readonly string[],
  ports: readonly (readonly [type: string, port: number])[] = [['Https', 443]],
  more: Properties = {},
): Properties {
  return {
    ruleType: 'ApplicationRule',
    name,
    sourceAddresses: source,
    targetFqdns: names,
    protocols: ports.map(([protocolType, port]) => ({ protocolType, port })),
    ...more,
  };
}

export function ipGroup(name: string, addresses: readonly string[]): ArmResource {
  return resource('ipGroups', name, { ipAddresses: addresses });
}

export function card(
  name: string,
  subnetId: string,
  address: string,
  properties: Properties = {},
  asgs: readonly string[] = [],
): ArmResource {
  return resource('networkInterfaces', name, {
    ipConfigurations: [
      {
        name: 'first',
        properties: {
          privateIPAddress: address,
          subnet: { id: subnetId },
          applicationSecurityGroups: asgs.map((asg) => ({ id: idOf('applicationSecurityGroups', asg) })),
        },
      },
    ],
    ...properties,
  });
}

export function privateEndpoint(name: string, subnetId: string, address: string): ArmResource {
  return resource('privateEndpoints', name, {
    subnet: { id: subnetId },
    customDnsConfigs: [{ fqdn: `${name}.example.net`, ipAddresses: [address] }],
  });
}

export function stateOf(resources: readonly ArmResource[]): State {
  return { resources, objects: [], origin: 'test', assumptions: [] };
}
