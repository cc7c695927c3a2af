import type { ResourceTypeProvider } from '../contract.ts';
import { deletedVaults, deletedVaultsOfRegion } from './deleted-vaults.ts';
import { vaults } from './vaults.ts';
import { vaultKeys } from './vaults-keys.ts';
import { vaultSecrets } from './vaults-secrets.ts';

export const keyVaultProviders: readonly ResourceTypeProvider[] = [
  deletedVaults,
  deletedVaultsOfRegion,
  vaultKeys,
  vaultSecrets,
  vaults,
];
