import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { defined } from '../members.ts';
import { propertiesOf, resourceOf } from '../resource-form.ts';
import { badRequest, refusal, subscriptionOf } from '../service-checks.ts';
import { vaultApiVersions } from './api-versions.ts';

const type = 'Microsoft.KeyVault/deletedVaults';

/** Vaults that were deleted and can be recovered: they keep their name until they are purged. Listed by subscription. */
export const deletedVaults: ResourceTypeProvider = {
  type,
  apiVersions: vaultApiVersions,
  location: 'none',
  longRunning: false,
  put: () => {
    throw refusal(405, 'HttpMethodNotSupported', 'Deleted vaults cannot be written.');
  },
};

/** The same by region, which is where each one's id lies; `purge` ends it. */
export const deletedVaultsOfRegion: ResourceTypeProvider = {
  ...deletedVaults,
  type: 'Microsoft.KeyVault/locations/deletedVaults',
  delete(existing) {
    checkPurge(existing);
    return { put: [], delete: [] };
  },
};

function checkPurge(vault: ArmResource): void {
  if (propertiesOf(vault).purgeProtectionEnabled !== true) return;
  throw badRequest(
    'DeletedVaultPurge',
    `Operation 'DeletedVaultPurge' is not allowed: purge protection is enabled for the vault '${vault.name}'.`,
  );
}

/** What a vault leaves behind. When it goes for good is not said: resources hold no times. */
export function deletedVaultOf(vault: ArmResource): ArmResource {
  const { enablePurgeProtection } = propertiesOf(vault);
  const location = String(vault.location);
  const id = `${subscriptionOf(vault.id)}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${vault.name}`;
  return resourceOf(
    type,
    { id },
    {},
    defined({
      vaultId: vault.id,
      location,
      tags: vault.tags,
      purgeProtectionEnabled: enablePurgeProtection === true ? true : undefined,
    }),
  );
}

/** A deleted vault of a name, in whichever subscription. */
export function deletedVaultNamed(name: string, context: ProviderContext): ArmResource | undefined {
  return context.view.ofType(type).find((vault) => vault.name.toLowerCase() === name.toLowerCase());
}
