import type { WireObject } from '../../src/local-azure/types/wire-types.ts';
import {
  diagnosticSettingsSupplement,
  identitySupplement,
  networkSupplement,
  privateDnsSupplement,
  workspaceSupplement,
} from './supplements.ts';

/** One Microsoft package and the resource types that are taken from it. */
export interface TypePackage {
  readonly name: string;
  /** Inside the package. */
  readonly mappers: string;
  readonly declarations: string;
  /** Of the client that the types belong to. */
  readonly apiVersion: string;
  /** Below `src/local-azure/types/data/`. */
  readonly output: string;
  /** Resource type → model of the package. */
  readonly types: Readonly<Record<string, string>>;
  readonly supplement?: Supplement;
}

/** What later API versions have and the package does not. */
export interface Supplement {
  /** Where the facts are from, one line each. */
  readonly sources: readonly string[];
  /** Object name → members to add. */
  readonly objects: Readonly<Record<string, WireObject['properties']>>;
  readonly enums: Readonly<Record<string, { readonly values: readonly string[]; readonly open: boolean }>>;
}

const network = (type: string): string => `Microsoft.Network/${type}`;
const recordSets = ['A', 'AAAA', 'CNAME', 'MX', 'PTR', 'SOA', 'SRV', 'TXT'];

export const typePackages: readonly TypePackage[] = [
  {
    name: '@azure/arm-network',
    mappers: 'dist/esm/models/mappers.js',
    declarations: 'dist/esm/models/index.d.ts',
    apiVersion: '2025-05-01',
    output: 'network.generated.json',
    types: {
      [network('applicationSecurityGroups')]: 'ApplicationSecurityGroup',
      [network('azureFirewalls')]: 'AzureFirewall',
      [network('bastionHosts')]: 'BastionHost',
      [network('ddosProtectionPlans')]: 'DdosProtectionPlan',
      [network('firewallPolicies')]: 'FirewallPolicy',
      [network('firewallPolicies/ruleCollectionGroups')]: 'FirewallPolicyRuleCollectionGroup',
      [network('ipGroups')]: 'IpGroup',
      [network('natGateways')]: 'NatGateway',
      [network('networkInterfaces')]: 'NetworkInterface',
      [network('networkSecurityGroups')]: 'NetworkSecurityGroup',
      [network('networkSecurityGroups/securityRules')]: 'SecurityRule',
      [network('networkWatchers')]: 'NetworkWatcher',
      [network('privateEndpoints')]: 'PrivateEndpoint',
      [network('privateEndpoints/privateDnsZoneGroups')]: 'PrivateDnsZoneGroup',
      [network('publicIPAddresses')]: 'PublicIPAddress',
      [network('routeTables')]: 'RouteTable',
      [network('routeTables/routes')]: 'Route',
      [network('virtualNetworks')]: 'VirtualNetwork',
      [network('virtualNetworks/subnets')]: 'Subnet',
      [network('virtualNetworks/virtualNetworkPeerings')]: 'VirtualNetworkPeering',
    },
    supplement: networkSupplement,
  },
  {
    name: '@azure/arm-privatedns',
    mappers: 'dist-esm/src/models/mappers.js',
    declarations: 'types/arm-privatedns.d.ts',
    apiVersion: '2020-06-01',
    output: 'private-dns.generated.json',
    types: {
      [network('privateDnsZones')]: 'PrivateZone',
      [network('privateDnsZones/virtualNetworkLinks')]: 'VirtualNetworkLink',
      ...Object.fromEntries(recordSets.map((record) => [network(`privateDnsZones/${record}`), 'RecordSet'])),
    },
    supplement: privateDnsSupplement,
  },
  {
    name: '@azure/arm-operationalinsights',
    mappers: 'dist-esm/src/models/mappers.js',
    declarations: 'types/arm-operationalinsights.d.ts',
    apiVersion: '2022-10-01',
    output: 'operational-insights.generated.json',
    types: { 'Microsoft.OperationalInsights/workspaces': 'Workspace' },
    supplement: workspaceSupplement,
  },
  {
    name: '@azure/arm-msi',
    mappers: 'dist/esm/models/mappers.js',
    declarations: 'dist/esm/models/index.d.ts',
    apiVersion: '2024-11-30',
    output: 'managed-identity.generated.json',
    types: { 'Microsoft.ManagedIdentity/userAssignedIdentities': 'Identity' },
    supplement: identitySupplement,
  },
  {
    name: '@azure/arm-monitor',
    mappers: 'dist-esm/src/models/mappers.js',
    declarations: 'types/arm-monitor.d.ts',
    apiVersion: '2021-05-01-preview',
    output: 'monitor.generated.json',
    types: { 'Microsoft.Insights/diagnosticSettings': 'DiagnosticSettingsResource' },
    supplement: diagnosticSettingsSupplement,
  },
];
