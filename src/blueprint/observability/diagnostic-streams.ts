/** What a type of resource records, and how it is sent. */
export interface DiagnosticStreams {
  /** All of its logs; certain categories; or none, where it has metrics only. */
  readonly logs: 'all' | 'none' | readonly string[];
  readonly metrics: readonly string[];
  /** Whether the workspace gets a table for each category; where a service offers the choice. */
  readonly ownTables: boolean;
}

const all = (more: Partial<DiagnosticStreams> = {}): DiagnosticStreams => ({
  logs: 'all',
  metrics: ['AllMetrics'],
  ownTables: false,
  ...more,
});

/**
 * Every type of this landing zone that Azure lets diagnostic settings be put on and that says something. Source: Microsoft, "Supported
 * resource log categories" and "Supported metrics with Azure Monitor".
 */
export const diagnosticStreams: Readonly<Record<string, DiagnosticStreams>> = {
  'Microsoft.Network/azureFirewalls': all({ ownTables: true }),
  'Microsoft.Network/bastionHosts': all(),
  'Microsoft.Network/virtualNetworks': all(),
  'Microsoft.Network/networkSecurityGroups': all({ metrics: [] }),
  'Microsoft.Network/publicIPAddresses': all(),
  'Microsoft.Network/applicationGateways': all({ ownTables: true }),
  'Microsoft.OperationalInsights/workspaces': all(),
  'Microsoft.Insights/dataCollectionRules': all(),
  'Microsoft.Storage/storageAccounts': all({ logs: 'none', metrics: ['Transaction'] }),
  'Microsoft.Storage/storageAccounts/blobServices': all({ metrics: ['Transaction'] }),
  'Microsoft.KeyVault/vaults': all({ ownTables: true }),
  'Microsoft.ContainerRegistry/registries': all(),
  'Microsoft.Compute/virtualMachineScaleSets': all({ logs: 'none' }),
  'Microsoft.DataProtection/backupVaults': all({ ownTables: true, metrics: ['Health'] }),
  // All of the control plane. kube-audit holds what kube-audit-admin does, and who read a secret besides.
  'Microsoft.ContainerService/managedClusters': all({
    ownTables: true,
    logs: [
      'kube-apiserver',
      'kube-audit',
      'kube-controller-manager',
      'kube-scheduler',
      'cluster-autoscaler',
      'cloud-controller-manager',
      'guard',
      'csi-azuredisk-controller',
      'csi-azurefile-controller',
      'csi-snapshot-controller',
    ],
  }),
};
