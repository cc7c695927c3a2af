import { list, resourceRule, wants } from './resource-rule.ts';

export const clustersKnowEntraIdentitiesOnly = resourceRule({
  id: 'clusters-know-entra-identities-only',
  statement: 'Clusters have no accounts of their own; Entra knows people and Azure roles say what they may',
  controls: ['7.2.1', '8.2.1', '2.2.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [
    wants(cluster, 'properties.disableLocalAccounts', true),
    wants(cluster, 'properties.enableRBAC', true),
    wants(cluster, 'properties.aadProfile.managed', true),
    wants(cluster, 'properties.aadProfile.enableAzureRBAC', true),
    list(cluster, 'properties.aadProfile.adminGroupObjectIDs').length > 0
      ? 'makes groups administrators outside Azure’s roles'
      : undefined,
  ],
});
