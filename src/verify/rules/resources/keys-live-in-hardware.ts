import { has, resourceRule, setting, wants } from './resource-rule.ts';

export const keysLiveInHardware = resourceRule({
  id: 'keys-live-in-hardware',
  statement: 'Keys are made in hardware and never leave it',
  controls: ['3.6.1', '3.7.1'],
  type: 'Microsoft.KeyVault/vaults/keys',
  faults: (resource) => [
    wants(resource, 'properties.kty', 'RSA-HSM', 'EC-HSM'),
    ...(String(setting(resource, 'properties.kty')).startsWith('EC')
      ? []
      : [wants(resource, 'properties.keySize', 3072, 4096)]),
    wants(resource, 'properties.attributes.exportable', false),
    has(resource, 'properties.keyOps'),
  ],
});
