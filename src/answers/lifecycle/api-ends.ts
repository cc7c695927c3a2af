/** That versions of a provider's API before one of them go away on a day. */
export interface ApiEnd {
  readonly provider: string;
  /** The first version that stays. */
  readonly before: string;
  /** Last day, ISO date. */
  readonly until: string;
  readonly source: string;
}

/** Only what has been announced with a day. */
export const apiEnds: readonly ApiEnd[] = [
  {
    provider: 'Microsoft.KeyVault',
    before: '2026-02-01',
    until: '2027-02-27',
    source: 'Microsoft, "Key Vault control plane API versions", 2026-04-10',
  },
];
