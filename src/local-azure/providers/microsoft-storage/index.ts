import type { ResourceTypeProvider } from '../contract.ts';
import { immutabilityPolicies } from './immutability-policies.ts';
import { storageAccounts } from './storage-accounts.ts';
import { blobContainers } from './storage-accounts-blob-containers.ts';
import { blobServices } from './storage-accounts-blob-services.ts';
import { managementPolicies } from './storage-accounts-management-policies.ts';

export const storageProviders: readonly ResourceTypeProvider[] = [
  blobContainers,
  blobServices,
  immutabilityPolicies,
  managementPolicies,
  storageAccounts,
];
