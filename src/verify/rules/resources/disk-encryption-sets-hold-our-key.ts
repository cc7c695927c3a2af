import { since } from '../offers.ts';
import { has, resourceRule, wants } from './resource-rule.ts';

export const diskEncryptionSetsHoldOurKey = resourceRule({
  id: 'disk-encryption-sets-hold-our-key',
  statement: 'Disk encryption sets hold a key of ours beside the platform’s, and follow its newest version',
  controls: ['3.5.1', '3.6.1', '3.7.4'],
  type: 'Microsoft.Compute/diskEncryptionSets',
  faults: (resource) => [
    wants(resource, 'properties.encryptionType', 'EncryptionAtRestWithPlatformAndCustomerKeys'),
    has(resource, 'properties.activeKey.keyUrl'),
    wants(resource, 'properties.rotationToLatestKeyVersionEnabled', true),
    has(resource, 'identity.type'),
    ...since('identities of encryption sets', wants(resource, 'identity.type', 'UserAssigned')),
  ],
});
