/** Child collections that `GET /subscriptions/…/resources` leaves out although they are resources of their own, by lower-case type. */
const children: Readonly<Record<string, readonly string[]>> = {
  'microsoft.compute/galleries': ['images'],
  'microsoft.compute/galleries/images': ['versions'],
  'microsoft.compute/virtualmachinescalesets': ['extensions'],
  'microsoft.containerregistry/registries': ['agentPools', 'cacheRules', 'credentialSets', 'replications', 'tasks'],
  'microsoft.containerservice/managedclusters': [
    'agentPools',
    'maintenanceConfigurations',
    'trustedAccessRoleBindings',
  ],
  'microsoft.dataprotection/backupvaults': ['backupInstances', 'backupPolicies'],
  'microsoft.insights/privatelinkscopes': ['scopedResources'],
  'microsoft.keyvault/vaults': ['keys'],
  'microsoft.managedidentity/userassignedidentities': ['federatedIdentityCredentials'],
  'microsoft.network/firewallpolicies': ['ruleCollectionGroups'],
  'microsoft.network/networksecuritygroups': ['securityRules'],
  'microsoft.network/networkwatchers': ['flowLogs'],
  'microsoft.network/privatednszones': ['virtualNetworkLinks', 'A', 'SOA'],
  'microsoft.network/privateendpoints': ['privateDnsZoneGroups'],
  'microsoft.network/routetables': ['routes'],
  'microsoft.network/virtualnetworks': ['subnets', 'virtualNetworkPeerings'],
  'microsoft.operationalinsights/workspaces': ['dataExports', 'savedSearches', 'tables'],
  'microsoft.storage/storageaccounts': ['blobServices'],
  'microsoft.storage/storageaccounts/blobservices': ['containers'],
};

/** Children that can be asked for by their one name only. */
const singletons: Readonly<Record<string, readonly string[]>> = {
  'microsoft.storage/storageaccounts': ['managementPolicies/default'],
  'microsoft.storage/storageaccounts/blobservices/containers': ['immutabilityPolicies/default'],
};

/** What hangs on resources of a type, beside the diagnostic settings that hang on any. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  'microsoft.containerservice/managedclusters': [
    'Microsoft.ContainerService/deploymentSafeguards',
    'Microsoft.Insights/dataCollectionRuleAssociations',
    'Microsoft.KubernetesConfiguration/extensions',
    'Microsoft.KubernetesConfiguration/fluxConfigurations',
  ],
  'microsoft.compute/virtualmachinescalesets': ['Microsoft.Insights/dataCollectionRuleAssociations'],
  'microsoft.operationalinsights/workspaces': [
    'Microsoft.SecurityInsights/alertRules',
    'Microsoft.SecurityInsights/onboardingStates',
  ],
};

/** What hangs on a scope instead of lying in a group; asked for on each subscription. */
export const subscriptionCollections: readonly string[] = [
  'Microsoft.Authorization/policyAssignments',
  'Microsoft.Authorization/policyDefinitions',
  'Microsoft.Authorization/policySetDefinitions',
  'Microsoft.Authorization/policyExemptions',
  'Microsoft.Authorization/roleAssignments',
  'Microsoft.Authorization/roleDefinitions',
  'Microsoft.Authorization/locks',
  'Microsoft.Consumption/budgets',
  'Microsoft.Insights/diagnosticSettings',
  'Microsoft.Security/pricings',
  'Microsoft.Security/securityContacts',
];

export const childrenOf = (type: string): readonly string[] => children[type.toLowerCase()] ?? [];
export const singletonsOf = (type: string): readonly string[] => singletons[type.toLowerCase()] ?? [];
export const extensionsOf = (type: string): readonly string[] => [
  'Microsoft.Insights/diagnosticSettings',
  ...(extensions[type.toLowerCase()] ?? []),
];
