import { since } from '../offers.ts';
import { has, resourceRule, setting, wants } from './resource-rule.ts';

export const apiServersArePrivate = resourceRule({
  id: 'api-servers-are-private',
  statement: 'API servers stand in our network, in a zone of ours, without a public name',
  controls: ['1.3.1', '1.4.2', '1.4.5'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [
    wants(cluster, 'properties.apiServerAccessProfile.enablePrivateCluster', true),
    wants(cluster, 'properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN', false),
    ...since(
      'API server in a network',
      wants(cluster, 'properties.apiServerAccessProfile.enableVnetIntegration', true),
      has(cluster, 'properties.apiServerAccessProfile.subnetId'),
    ),
    /\/privatednszones\//i.test(String(setting(cluster, 'properties.apiServerAccessProfile.privateDNSZone')))
      ? undefined
      : 'has its name in no zone of ours',
  ],
});
