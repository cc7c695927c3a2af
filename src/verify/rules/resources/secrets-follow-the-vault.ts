import { resourceRule, wants } from './resource-rule.ts';

export const secretsFollowTheVault = resourceRule({
  id: 'secrets-follow-the-vault',
  statement: 'Pods see renewed secrets by themselves',
  controls: ['3.6.1', '3.7.4', '8.6.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) => [
    wants(resource, 'properties.addonProfiles.azureKeyvaultSecretsProvider.enabled', true),
    wants(resource, 'properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation', 'true'),
  ],
});
