import { since } from '../offers.ts';
import { resourceRule, setting, wants } from './resource-rule.ts';

export const clustersEnforceNetworkPolicy = resourceRule({
  id: 'clusters-enforce-network-policy',
  statement:
    'Clusters enforce network policy with Cilium, host names included, and leave packets readable for security groups',
  controls: ['1.2.5', '1.3.1', '1.3.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [
    // Azure's own and Calico's enforced policies before Cilium was there.
    wants(cluster, 'properties.networkProfile.networkPolicy', 'cilium', 'azure', 'calico'),
    ...since(
      'Cilium',
      wants(cluster, 'properties.networkProfile.networkDataplane', 'cilium'),
      wants(cluster, 'properties.networkProfile.networkPolicy', 'cilium'),
    ),
    ...since(
      'network policies with host names',
      wants(cluster, 'properties.networkProfile.advancedNetworking.enabled', true),
      wants(cluster, 'properties.networkProfile.advancedNetworking.security.enabled', true),
      wants(cluster, 'properties.networkProfile.advancedNetworking.security.advancedNetworkPolicies', 'FQDN'),
    ),
    String(setting(cluster, 'properties.networkProfile.advancedNetworking.security.transitEncryption.type')) ===
    'WireGuard'
      ? 'encrypts between nodes, so that security groups see one port only'
      : undefined,
  ],
});
