import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, listOf, membersOf, numberOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, conflict, withIdentity } from '../service-checks.ts';
import { backupApiVersions } from './api-versions.ts';

const type = 'Microsoft.DataProtection/backupVaults';

/** Backup vaults. Storage settings stay; locked immutability and always-on soft delete cannot be taken back. Codes are named here. */
export const backupVaults: ResourceTypeProvider = {
  type,
  apiVersions: backupApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    if (!/^[a-z][a-z0-9-]{1,49}$/i.test(nameIn(input.id))) {
      throw badRequest(
        'InvalidResourceName',
        `The backup vault name '${nameIn(input.id)}' is invalid: 2 to 50 letters, digits and hyphens, beginning with a letter.`,
      );
    }
    const storageSettings = listOf(properties.storageSettings);
    if (storageSettings.length === 0)
      throw badRequest('BMSUserErrorInvalidInput', 'A backup vault needs storage settings.');
    const before = propertiesOf(input.existing);
    if (
      before.storageSettings !== undefined &&
      JSON.stringify(before.storageSettings) !== JSON.stringify(storageSettings)
    ) {
      throw badRequest(
        'BMSUserErrorStorageSettingsCannotChange',
        'The storage settings of a backup vault cannot be changed.',
      );
    }
    const security = membersOf(properties.securitySettings);
    const held = membersOf(before.securitySettings);
    const state = membersOf(security.immutabilitySettings).state ?? 'Disabled';
    if (membersOf(held.immutabilitySettings).state === 'Locked' && state !== 'Locked') {
      throw badRequest(
        'BMSUserErrorImmutabilityLocked',
        'The immutability of the vault is locked and cannot be changed.',
      );
    }
    const soft = { state: 'On', retentionDurationInDays: 14, ...membersOf(security.softDeleteSettings) };
    const days = numberOf(soft.retentionDurationInDays) ?? 14;
    if (soft.state !== 'Off' && (days < 14 || days > 180))
      throw badRequest('BMSUserErrorInvalidInput', `Soft delete keeps 14 to 180 days, not ${days}.`);
    if (membersOf(held.softDeleteSettings).state === 'AlwaysOn' && soft.state !== 'AlwaysOn') {
      throw badRequest(
        'BMSUserErrorSoftDeleteAlwaysOn',
        'Soft delete of the vault is always on and cannot be changed.',
      );
    }
    const vault = resourceOf(
      type,
      input,
      withIdentity(input.id, envelope, context),
      defined({
        ...properties,
        storageSettings,
        securitySettings: { ...security, softDeleteSettings: soft, immutabilitySettings: { state } },
        secureScore: 'None',
        bcdrSecurityLevel: 'NotSupported',
        isVaultProtectedByResourceGuard: false,
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [vault], delete: [] };
  },
  delete(existing, context) {
    const [instance] = context.view.children(existing.id, 'backupInstances');
    if (instance !== undefined)
      throw conflict(
        'BMSUserErrorVaultHasBackupInstances',
        `Backup vault ${existing.name} has the backup instance ${instance.name} and cannot be deleted.`,
      );
    return { put: [], delete: [] };
  },
  read: (stored) => withEtag(stored, 'eTag'),
};
