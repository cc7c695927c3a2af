import type { ResourceTypeProvider } from '../contract.ts';
import { backupInstances } from './backup-instances.ts';
import { backupPolicies } from './backup-policies.ts';
import { backupVaults } from './backup-vaults.ts';

export const dataProtectionProviders: readonly ResourceTypeProvider[] = [backupInstances, backupPolicies, backupVaults];
