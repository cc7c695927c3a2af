/** The API of a resource type as the reference implementation of December 2021 used it. */
export interface VersionOf2021 {
  readonly apiVersion: string;
  /** Settings that this version does not know: paths below the resource; a step into a list means each of its members. */
  readonly without?: readonly string[];
}

const network: VersionOf2021 = { apiVersion: '2020-05-01' };

/**
 * Every type of profile `2021`. Versions: the templates of the reference implementation (v1.21.2.3); where they have none for a
 * type, the newest stable one that Azure had on 2021-12-14. What a version does not know: Microsoft's published types of it.
 */
export const versionsOf2021: Readonly<Record<string, VersionOf2021>> = {
  'Microsoft.Resources/resourceGroups': { apiVersion: '2020-10-01' },
  'Microsoft.Network/virtualNetworks': {
    ...network,
    without: ['properties.subnets.properties.defaultOutboundAccess'],
  },
  'Microsoft.Network/virtualNetworks/virtualNetworkPeerings': network,
  'Microsoft.Network/networkSecurityGroups': network,
  'Microsoft.Network/routeTables': network,
  'Microsoft.Network/publicIPAddresses': { ...network, without: ['sku.tier'] },
  'Microsoft.Network/azureFirewalls': network,
  'Microsoft.Network/ipGroups': network,
  'Microsoft.Network/bastionHosts': { apiVersion: '2021-05-01' },
  'Microsoft.Network/networkWatchers': { apiVersion: '2021-05-01' },
  'Microsoft.Network/networkWatchers/flowLogs': network,
  'Microsoft.Network/privateDnsZones': { apiVersion: '2020-06-01' },
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks': {
    apiVersion: '2020-06-01',
    without: ['properties.resolutionPolicy'],
  },
  'Microsoft.Network/privateEndpoints': {
    apiVersion: '2020-11-01',
    without: ['properties.customNetworkInterfaceName'],
  },
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups': { apiVersion: '2020-11-01' },
  'Microsoft.Network/applicationGateways': {
    apiVersion: '2020-11-01',
    without: [
      'properties.requestRoutingRules.properties.priority',
      'properties.backendHttpSettingsCollection.properties.validateCertChainAndExpiry',
      'properties.backendHttpSettingsCollection.properties.validateSNI',
      'properties.backendHttpSettingsCollection.properties.sniName',
    ],
  },
  'Microsoft.OperationalInsights/workspaces': { apiVersion: '2020-08-01' },
  'Microsoft.OperationsManagement/solutions': { apiVersion: '2015-11-01-preview' },
  // Newer than the original's: the first that keeps copies in the tenant and knows OAuth as default (azure-mgmt-storage 19.0.0, 2021-09-14).
  'Microsoft.Storage/storageAccounts': {
    apiVersion: '2021-06-01',
    without: ['properties.allowedCopyScope', 'properties.isLocalUserEnabled', 'properties.isSftpEnabled'],
  },
  'Microsoft.Storage/storageAccounts/blobServices': {
    apiVersion: '2021-06-01',
    without: ['properties.deleteRetentionPolicy.allowPermanentDelete'],
  },
  'Microsoft.Insights/privateLinkScopes': { apiVersion: '2021-09-01' },
  'Microsoft.Insights/privateLinkScopes/scopedResources': { apiVersion: '2021-09-01' },
  'Microsoft.ManagedIdentity/userAssignedIdentities': { apiVersion: '2018-11-30', without: ['properties'] },
  'Microsoft.Authorization/roleDefinitions': { apiVersion: '2018-01-01-preview' },
  'Microsoft.Authorization/roleAssignments': { apiVersion: '2020-04-01-preview' },
  'Microsoft.Authorization/policyDefinitions': { apiVersion: '2021-06-01' },
  'Microsoft.Authorization/policySetDefinitions': { apiVersion: '2021-06-01' },
  'Microsoft.Authorization/policyAssignments': { apiVersion: '2021-06-01' },
  // Newer than the original's: the first that closes the public endpoint (azure-mgmt-keyvault 9.2.0, 2021-10-15).
  'Microsoft.KeyVault/vaults': { apiVersion: '2021-10-01' },
  // Keys that renew themselves came in 2022.
  'Microsoft.KeyVault/vaults/keys': { apiVersion: '2021-10-01', without: ['properties.rotationPolicy'] },
  // The newest whose sets follow the newest version of a key (azure-mgmt-compute 20.0.0, 2021-04-06).
  'Microsoft.Compute/diskEncryptionSets': { apiVersion: '2021-04-01' },
  'Microsoft.ContainerRegistry/registries': { apiVersion: '2020-11-01-preview' },
  'Microsoft.ContainerRegistry/registries/agentPools': { apiVersion: '2019-06-01-preview' },
  // Newer than the original's: the first stable one that refuses commands (azure-mgmt-containerservice 16.2.0, 2021-09-09).
  'Microsoft.ContainerService/managedClusters': { apiVersion: '2021-08-01' },
  'Microsoft.ContainerService/managedClusters/maintenanceConfigurations': { apiVersion: '2021-08-01' },
  'Microsoft.Security/pricings': { apiVersion: '2018-06-01', without: ['properties.enforce'] },
  'Microsoft.Security/securityContacts': {
    apiVersion: '2020-01-01-preview',
    without: ['properties.isEnabled', 'properties.notificationsSources'],
  },
  'Microsoft.Consumption/budgets': { apiVersion: '2021-10-01' },
  // The first with endpoints, through which agents send inside a private link scope.
  'Microsoft.Insights/dataCollectionEndpoints': { apiVersion: '2021-09-01-preview' },
  'Microsoft.Insights/dataCollectionRules': { apiVersion: '2021-09-01-preview' },
  'Microsoft.Insights/dataCollectionRuleAssociations': { apiVersion: '2021-09-01-preview' },
  // The first whose galleries give back what was deleted (azure-mgmt-compute 23.0.0, 2021-09-02).
  'Microsoft.Compute/galleries': { apiVersion: '2021-07-01' },
  'Microsoft.Compute/galleries/images': { apiVersion: '2021-07-01', without: ['properties.architecture'] },
  'Microsoft.Compute/virtualMachineScaleSets': {
    apiVersion: '2020-12-01',
    without: ['properties.automaticRepairsPolicy.repairAction'],
  },
  // Checks of an image, a group of ours to build in, and builds by themselves came in 2022 and later.
  'Microsoft.VirtualMachineImages/imageTemplates': {
    apiVersion: '2021-10-01',
    without: [
      'properties.validate',
      'properties.stagingResourceGroup',
      'properties.errorHandling',
      'properties.autoRun',
      'properties.distribute.versioning',
      'properties.distribute.targetRegions',
    ],
  },
  'Microsoft.Insights/actionGroups': { apiVersion: '2021-09-01' },
  'Microsoft.Insights/scheduledQueryRules': {
    apiVersion: '2021-08-01',
    without: ['properties.criteria.allOf.criterionType'],
  },
  'Microsoft.Insights/activityLogAlerts': { apiVersion: '2020-10-01' },
  'Microsoft.Insights/metricAlerts': { apiVersion: '2018-03-01' },
  'Microsoft.Insights/workbooks': { apiVersion: '2020-10-20' },
  'Microsoft.OperationalInsights/workspaces/savedSearches': { apiVersion: '2020-08-01' },
  'Microsoft.Insights/diagnosticSettings': { apiVersion: '2021-05-01-preview' },
};
