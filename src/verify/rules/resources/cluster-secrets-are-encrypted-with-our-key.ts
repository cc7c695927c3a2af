import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const clusterSecretsAreEncryptedWithOurKey = resourceRule({
  id: 'cluster-secrets-are-encrypted-with-our-key',
  statement: 'Clusters encrypt their secrets with a key in a private vault of ours',
  controls: ['3.5.1', '3.6.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) =>
    since(
      'private vault for KMS',
      wants(resource, 'properties.securityProfile.azureKeyVaultKms.enabled', true),
      wants(resource, 'properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess', 'Private'),
    ),
});
