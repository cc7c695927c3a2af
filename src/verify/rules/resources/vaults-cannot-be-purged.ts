import { resourceRule, wants } from './resource-rule.ts';

export const vaultsCannotBePurged = resourceRule({
  id: 'vaults-cannot-be-purged',
  statement: 'What is deleted from a vault can be restored for 90 days',
  controls: ['3.7.2', '3.6.1'],
  type: 'Microsoft.KeyVault/vaults',
  faults: (resource) => [
    wants(resource, 'properties.enablePurgeProtection', true),
    wants(resource, 'properties.enableSoftDelete', true),
    wants(resource, 'properties.softDeleteRetentionInDays', 90),
  ],
});
