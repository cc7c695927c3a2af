import type { ResourceTypeProvider } from '../contract.ts';
import { applicationGateways } from './application-gateways.ts';
import { applicationSecurityGroups } from './application-security-groups.ts';
import { azureFirewalls } from './azure-firewalls.ts';
import { bastionHosts } from './bastion-hosts.ts';
import { ddosProtectionPlans } from './ddos-protection-plans.ts';
import { firewallPolicies } from './firewall-policies.ts';
import { ruleCollectionGroups } from './firewall-policies-rule-collection-groups.ts';
import { ipGroups } from './ip-groups.ts';
import { loadBalancers } from './load-balancers.ts';
import { natGateways } from './nat-gateways.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { networkSecurityGroups } from './network-security-groups.ts';
import { securityRules } from './network-security-groups-security-rules.ts';
import { networkWatchers } from './network-watchers.ts';
import { flowLogs } from './network-watchers-flow-logs.ts';
import { privateDnsZones } from './private-dns-zones.ts';
import { privateDnsRecords } from './private-dns-zones-records.ts';
import { privateDnsZoneLinks } from './private-dns-zones-virtual-network-links.ts';
import { privateEndpoints } from './private-endpoints.ts';
import { privateDnsZoneGroups } from './private-endpoints-private-dns-zone-groups.ts';
import { publicIpAddresses } from './public-ip-addresses.ts';
import { routeTables } from './route-tables.ts';
import { routes } from './route-tables-routes.ts';
import { virtualNetworks } from './virtual-networks.ts';
import { subnets } from './virtual-networks-subnets.ts';
import { virtualNetworkPeerings } from './virtual-networks-virtual-network-peerings.ts';
import { webApplicationFirewallPolicies } from './web-application-firewall-policies.ts';

export const networkProviders: readonly ResourceTypeProvider[] = [
  applicationGateways,
  applicationSecurityGroups,
  azureFirewalls,
  bastionHosts,
  ddosProtectionPlans,
  firewallPolicies,
  flowLogs,
  ipGroups,
  loadBalancers,
  natGateways,
  networkInterfaces,
  networkSecurityGroups,
  networkWatchers,
  privateDnsZoneLinks,
  privateDnsZones,
  ...privateDnsRecords,
  privateDnsZoneGroups,
  privateEndpoints,
  publicIpAddresses,
  routeTables,
  routes,
  ruleCollectionGroups,
  securityRules,
  subnets,
  virtualNetworkPeerings,
  virtualNetworks,
  webApplicationFirewallPolicies,
];
