/** What a provider has said of the end of its api-versions. Dates are the first day on which requests may fail. */
export interface ApiVersionEnds {
  /** In lower case. */
  readonly namespace: string;
  /** Where it says so. */
  readonly source: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Everything older than this version, and when. */
  readonly before?: { readonly version: string; readonly end: string };
}

/** Only what Microsoft has published with a date. A version that is not here may have ended all the same. */
export const apiVersionEnds: readonly ApiVersionEnds[] = [
  {
    namespace: 'microsoft.containerservice',
    source: 'https://learn.microsoft.com/azure/aks/concepts-preview-api-life-cycle',
    versions: {
      '2018-08-01-preview': '2023-06-01',
      '2021-11-01-preview': '2023-07-01',
      '2022-01-02-preview': '2023-09-01',
      '2022-02-02-preview': '2023-08-01',
      '2022-03-02-preview': '2023-09-01',
      '2022-04-02-preview': '2023-09-01',
      '2022-05-02-preview': '2023-09-01',
      '2022-06-02-preview': '2023-09-01',
      '2022-07-02-preview': '2024-02-14',
      '2022-08-02-preview': '2024-06-20',
      '2022-08-03-preview': '2024-06-20',
      '2022-09-02-preview': '2024-06-20',
      '2022-10-02-preview': '2024-06-20',
      '2022-11-02-preview': '2024-06-20',
      '2023-01-02-preview': '2024-06-20',
      '2023-02-02-preview': '2024-06-20',
      '2023-03-02-preview': '2025-02-03',
      '2023-04-02-preview': '2025-02-10',
      '2023-05-02-preview': '2025-02-17',
      '2023-06-02-preview': '2025-02-24',
      '2023-07-02-preview': '2025-03-03',
      '2023-08-02-preview': '2025-03-10',
    },
  },
  {
    namespace: 'microsoft.apimanagement',
    source: 'https://learn.microsoft.com/azure/api-management/breaking-changes/api-version-retirement-sep-2023',
    versions: {},
    before: { version: '2021-08-01', end: '2024-06-01' },
  },
  {
    namespace: 'microsoft.app',
    source: 'https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.ContainerApp.APIVersion',
    versions: { '2022-06-01-preview': '2023-11-16', '2022-11-01-preview': '2023-11-16' },
  },
  {
    namespace: 'microsoft.app',
    source: 'https://azure.microsoft.com/updates/retirement-azure-container-apps-preview-api-versions-20230401preview/',
    versions: { '2023-04-01-preview': '2024-03-06' },
  },
];
