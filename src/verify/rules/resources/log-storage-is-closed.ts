import { ofType, resourceRule, setting, wants } from './resource-rule.ts';

const accountType = 'Microsoft.Storage/storageAccounts';

export const logStorageIsClosed = resourceRule({
  id: 'log-storage-is-closed',
  statement:
    'Storage accounts take no keys, no anonymous readers and no other network, are encrypted twice, outlive a zone, and give back what was deleted',
  controls: ['10.3.1', '10.3.2', '10.3.3', '1.3.1'],
  type: accountType,
  faults: (account, state) => [
    wants(account, 'properties.allowSharedKeyAccess', false),
    wants(account, 'properties.allowBlobPublicAccess', false),
    wants(account, 'properties.supportsHttpsTrafficOnly', true),
    wants(account, 'properties.minimumTlsVersion', 'TLS1_2', 'TLS1_3'),
    wants(account, 'properties.networkAcls.defaultAction', 'Deny'),
    wants(account, 'properties.allowCrossTenantReplication', false),
    ...['isLocalUserEnabled', 'isSftpEnabled', 'isNfsV3Enabled'].map((door) =>
      setting(account, `properties.${door}`) === true ? `has ${door} on` : undefined,
    ),
    wants(account, 'properties.encryption.requireInfrastructureEncryption', true),
    /_(ZRS|GZRS|RAGZRS)$/.test(String(setting(account, 'sku.name'))) ? undefined : 'lies in one data centre',
    ofType(state, `${accountType}/blobServices`).some(
      (service) =>
        service.id.toLowerCase().startsWith(`${account.id.toLowerCase()}/`) &&
        setting(service, 'properties.deleteRetentionPolicy.enabled') === true &&
        Number(setting(service, 'properties.deleteRetentionPolicy.days')) >= 365,
    )
      ? undefined
      : 'does not give back for a year what was deleted',
  ],
});
