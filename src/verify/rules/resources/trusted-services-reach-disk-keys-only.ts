import { ofType, resourceRule, setting, wants } from './resource-rule.ts';

export const trustedServicesReachDiskKeysOnly = resourceRule({
  id: 'trusted-services-reach-disk-keys-only',
  statement: 'Trusted services of Azure reach only vaults that disks are encrypted from',
  controls: ['1.4.2', '3.6.1'],
  type: 'Microsoft.KeyVault/vaults',
  faults: (vault, state) => {
    const ofDisks = ofType(state, 'Microsoft.Compute/diskEncryptionSets').some(
      (set) => String(setting(set, 'properties.activeKey.sourceVault.id')).toLowerCase() === vault.id.toLowerCase(),
    );
    return [wants(vault, 'properties.networkAcls.bypass', ofDisks ? 'AzureServices' : 'None')];
  },
});
