/** The newest stable version of each resource provider that the templates use. */
export const apiVersions = {
  network: '2025-09-01',
  privateDns: '2024-06-01',
  resourceGroups: '2025-04-01',
  workspaces: '2026-03-01',
} as const;
