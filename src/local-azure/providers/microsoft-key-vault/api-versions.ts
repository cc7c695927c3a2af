/** Versions of the vault types (Azure/azure-rest-api-specs, specification/keyvault/resource-manager). */
export const vaultApiVersions: readonly string[] = [
  '2026-02-01',
  '2025-05-01',
  '2024-12-01-preview',
  '2024-11-01',
  '2023-07-01',
  '2023-02-01',
  '2022-11-01',
  '2022-07-01',
  '2021-11-01-preview',
  '2021-10-01',
  '2021-06-01-preview',
  '2019-09-01',
  '2018-02-14',
  '2016-10-01',
  '2015-06-01',
];

/** From this version on a vault uses role-based access unless it says otherwise. */
export const rbacByDefaultSince = '2026-02-01';

/** The day on which every version before `rbacByDefaultSince` goes (learn.microsoft.com, Key Vault API version migration). */
export const olderVersionsEnd = '2027-02-27';
