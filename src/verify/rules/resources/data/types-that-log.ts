/**
 * Types that record something and on which Azure takes diagnostic settings. Source: Microsoft, "Supported resource log categories for
 * Azure Monitor"; those with metrics alone that matter to a landing zone are added. In lower case.
 */
export const typesThatLog: ReadonlySet<string> = new Set(
  [
    'Microsoft.Compute/virtualMachineScaleSets',
    'Microsoft.ContainerRegistry/registries',
    'Microsoft.ContainerService/managedClusters',
    'Microsoft.DataProtection/backupVaults',
    'Microsoft.EventHub/namespaces',
    'Microsoft.Insights/dataCollectionRules',
    'Microsoft.KeyVault/vaults',
    'Microsoft.Network/applicationGateways',
    'Microsoft.Network/azureFirewalls',
    'Microsoft.Network/bastionHosts',
    'Microsoft.Network/loadBalancers',
    'Microsoft.Network/networkSecurityGroups',
    'Microsoft.Network/publicIPAddresses',
    'Microsoft.Network/virtualNetworkGateways',
    'Microsoft.Network/virtualNetworks',
    'Microsoft.OperationalInsights/workspaces',
    'Microsoft.RecoveryServices/vaults',
    'Microsoft.Sql/servers/databases',
    'Microsoft.Storage/storageAccounts/blobServices',
    'Microsoft.Web/sites',
  ].map((type) => type.toLowerCase()),
);
