/** Versions of data collection endpoints, rules and associations (Azure/azure-rest-api-specs, specification/monitor). */
export const dataCollectionApiVersions: readonly string[] = [
  '2024-03-11',
  '2023-03-11',
  '2022-06-01',
  '2021-09-01-preview',
  '2021-04-01',
  '2019-11-01-preview',
];
