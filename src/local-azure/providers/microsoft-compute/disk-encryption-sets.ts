import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { sameId } from '../ids.ts';
import { defined, membersOf, referenceOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict, requireFound, withIdentity } from '../service-checks.ts';
import { diskApiVersions } from './api-versions.ts';

const type = 'Microsoft.Compute/diskEncryptionSets';

/**
 * Keys for disks. The vault must have purge protection (learn.microsoft.com, server-side encryption: customer-managed keys). The codes
 * DiskEncryptionSetNeedsIdentity and DiskEncryptionSetInUse are named here, KeyVaultPurgeProtectionRequired too.
 */
export const diskEncryptionSets: ResourceTypeProvider = {
  type,
  apiVersions: diskApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const key = membersOf(properties.activeKey);
    if (!/^https:\/\/[^/]+\/keys\/[^/]+/.test(String(key.keyUrl)))
      throw badRequest('InvalidParameter', `The key URL '${String(key.keyUrl)}' is no Key Vault key.`);
    const vaultId = referenceOf(key.sourceVault);
    if (vaultId !== undefined) {
      const vault = requireFound(context, vaultId, 'Microsoft.KeyVault/vaults');
      if (propertiesOf(vault).enablePurgeProtection !== true) {
        throw badRequest(
          'KeyVaultPurgeProtectionRequired',
          `Key vault ${vault.name} needs purge protection to hold the key of a disk encryption set.`,
        );
      }
    }
    if (envelope.identity === undefined || membersOf(envelope.identity).type === 'None') {
      throw badRequest('DiskEncryptionSetNeedsIdentity', 'A disk encryption set needs a managed identity.');
    }
    const set = resourceOf(
      type,
      input,
      withIdentity(input.id, envelope, context),
      defined({
        ...properties,
        encryptionType: properties.encryptionType ?? 'EncryptionAtRestWithCustomerKey',
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [set], delete: [] };
  },
  delete(existing, context) {
    const [user] = usersOf(existing, context);
    if (user !== undefined)
      throw conflict(
        'DiskEncryptionSetInUse',
        `Disk encryption set ${existing.name} is used by ${user.id} and cannot be deleted.`,
      );
    return { put: [], delete: [] };
  },
};

function usersOf(set: ArmResource, context: ProviderContext): readonly ArmResource[] {
  const clusters = context.view
    .ofType('Microsoft.ContainerService/managedClusters')
    .filter((cluster) => sameId(textOf(propertiesOf(cluster).diskEncryptionSetID), set.id));
  const machines = context.view.ofType('Microsoft.Compute/virtualMachineScaleSets').filter((scaleSet) => {
    const storage = membersOf(membersOf(propertiesOf(scaleSet).virtualMachineProfile).storageProfile);
    return sameId(referenceOf(membersOf(membersOf(storage.osDisk).managedDisk).diskEncryptionSet), set.id);
  });
  return [...clusters, ...machines];
}
