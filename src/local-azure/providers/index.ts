import type { ResourceTypeProvider } from './contract.ts';
import { diagnosticSettings } from './microsoft-insights/diagnostic-settings.ts';
import { userAssignedIdentities } from './microsoft-managed-identity/user-assigned-identities.ts';
import { networkProviders } from './microsoft-network/index.ts';
import { workspaces } from './microsoft-operational-insights/workspaces.ts';

/** Every resource type that local Azure models, resource groups apart. */
export const providers: readonly ResourceTypeProvider[] = [
  ...networkProviders,
  diagnosticSettings,
  userAssignedIdentities,
  workspaces,
];
