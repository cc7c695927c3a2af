import type { ResourceTypeProvider } from './contract.ts';
import { prometheusRuleGroups } from './microsoft-alerts-management/prometheus-rule-groups.ts';
import { authorizationProviders } from './microsoft-authorization/index.ts';
import { computeProviders } from './microsoft-compute/index.ts';
import { budgets } from './microsoft-consumption/budgets.ts';
import { registryProviders } from './microsoft-container-registry/index.ts';
import { containerServiceProviders } from './microsoft-container-service/index.ts';
import { dataProtectionProviders } from './microsoft-data-protection/index.ts';
import { insightsProviders } from './microsoft-insights/index.ts';
import { keyVaultProviders } from './microsoft-key-vault/index.ts';
import { kubernetesConfigurationProviders } from './microsoft-kubernetes-configuration/index.ts';
import { federatedIdentityCredentials } from './microsoft-managed-identity/federated-identity-credentials.ts';
import { userAssignedIdentities } from './microsoft-managed-identity/user-assigned-identities.ts';
import { monitorAccounts } from './microsoft-monitor/accounts.ts';
import { networkProviders } from './microsoft-network/index.ts';
import { dataExports } from './microsoft-operational-insights/data-exports.ts';
import { savedSearches } from './microsoft-operational-insights/saved-searches.ts';
import { tables } from './microsoft-operational-insights/tables.ts';
import { workspaces } from './microsoft-operational-insights/workspaces.ts';
import { solutions } from './microsoft-operations-management/solutions.ts';
import { pricings } from './microsoft-security/pricings.ts';
import { securityContacts } from './microsoft-security/security-contacts.ts';
import { alertRules } from './microsoft-security-insights/alert-rules.ts';
import { onboardingStates } from './microsoft-security-insights/onboarding-states.ts';
import { storageProviders } from './microsoft-storage/index.ts';
import { imageTemplates } from './microsoft-virtual-machine-images/image-templates.ts';

/** Every resource type that local Azure models, resource groups apart. */
export const providers: readonly ResourceTypeProvider[] = [
  ...authorizationProviders,
  ...computeProviders,
  ...containerServiceProviders,
  ...dataProtectionProviders,
  ...insightsProviders,
  ...keyVaultProviders,
  ...kubernetesConfigurationProviders,
  ...networkProviders,
  ...registryProviders,
  ...storageProviders,
  alertRules,
  budgets,
  dataExports,
  federatedIdentityCredentials,
  imageTemplates,
  monitorAccounts,
  onboardingStates,
  pricings,
  prometheusRuleGroups,
  savedSearches,
  securityContacts,
  solutions,
  tables,
  userAssignedIdentities,
  workspaces,
];
