import { resourceRule, wants } from './resource-rule.ts';

export const vaultsArePrivate = resourceRule({
  id: 'vaults-are-private',
  statement: 'Vaults have no public endpoint',
  controls: ['1.4.2', '1.4.4', '3.6.1'],
  type: 'Microsoft.KeyVault/vaults',
  faults: (resource) => [
    wants(resource, 'properties.publicNetworkAccess', 'Disabled'),
    wants(resource, 'properties.networkAcls.defaultAction', 'Deny'),
  ],
});
