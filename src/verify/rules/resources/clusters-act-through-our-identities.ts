import { has, resourceRule, wants } from './resource-rule.ts';

export const clustersActThroughOurIdentities = resourceRule({
  id: 'clusters-act-through-our-identities',
  statement: 'Clusters and their nodes act through identities that were there before',
  controls: ['7.2.5', '8.6.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [
    wants(cluster, 'identity.type', 'UserAssigned'),
    has(cluster, 'properties.identityProfile.kubeletidentity.resourceId'),
  ],
});
