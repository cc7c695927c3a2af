import { since } from '../offers.ts';
import { has, list, resourceRule, setting, wants } from './resource-rule.ts';

export const clustersAreSupportedForLong = resourceRule({
  id: 'clusters-are-supported-for-long',
  statement: 'Clusters run a version that is named, on all their nodes, in a tier and on a plan that are supported',
  controls: ['6.3.3', '12.3.4'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [
    // Standard was called Paid before the API of 2023-02-01.
    wants(cluster, 'sku.tier', 'Premium', 'Standard', 'Paid'),
    ...since('support plans', wants(cluster, 'properties.supportPlan', 'AKSLongTermSupport', 'KubernetesOfficial')),
    has(cluster, 'properties.kubernetesVersion'),
    ...list(cluster, 'properties.agentPoolProfiles').map((pool) =>
      setting(pool, 'orchestratorVersion') === setting(cluster, 'properties.kubernetesVersion')
        ? undefined
        : `has a pool ${String(setting(pool, 'name'))} of another version`,
    ),
  ],
});
