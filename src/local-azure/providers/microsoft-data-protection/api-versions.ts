/** Versions of backup vaults (Azure/azure-rest-api-specs, specification/dataprotection). */
export const backupApiVersions: readonly string[] = [
  '2026-06-01',
  '2025-09-01',
  '2025-07-01',
  '2025-01-01',
  '2024-04-01',
  '2024-03-01',
  '2023-12-01',
  '2023-11-01',
  '2023-08-01-preview',
  '2023-05-01',
  '2023-01-01',
  '2022-12-01',
  '2022-05-01',
];
