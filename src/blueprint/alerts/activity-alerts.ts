/** An operation on the subscription that somebody hears of whenever it is done, by whomever. */
export interface ActivityAlert {
  readonly name: string;
  readonly title: string;
  readonly category: 'Administrative' | 'Policy' | 'Security' | 'ServiceHealth' | 'Recommendation';
  /** Operations, any of them; absent for categories that have none. */
  readonly operations?: readonly string[];
  readonly tells: 'security' | 'operations';
  readonly decision: string;
}

/** Operations: Microsoft, "Azure resource provider operations". */
export const activityAlerts: readonly ActivityAlert[] = [
  {
    name: 'a-right-was-given',
    title: 'Somebody was given a right, or a role was changed',
    category: 'Administrative',
    operations: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      'Microsoft.Authorization/roleDefinitions/write',
      'Microsoft.Authorization/elevateAccess/action',
    ],
    tells: 'security',
    decision: 'changes-of-controls-are-told',
  },
  {
    name: 'a-policy-was-changed',
    title: 'A policy was taken away, exempted or changed',
    category: 'Administrative',
    operations: [
      'Microsoft.Authorization/policyAssignments/write',
      'Microsoft.Authorization/policyAssignments/delete',
      'Microsoft.Authorization/policyExemptions/write',
      'Microsoft.Authorization/policyDefinitions/write',
    ],
    tells: 'security',
    decision: 'changes-of-controls-are-told',
  },
  {
    name: 'network-controls-were-changed',
    title: 'A firewall rule, security group, route or peering was changed',
    category: 'Administrative',
    operations: [
      'Microsoft.Network/networkSecurityGroups/write',
      'Microsoft.Network/networkSecurityGroups/delete',
      'Microsoft.Network/networkSecurityGroups/securityRules/write',
      'Microsoft.Network/networkSecurityGroups/securityRules/delete',
      'Microsoft.Network/routeTables/write',
      'Microsoft.Network/routeTables/routes/write',
      'Microsoft.Network/firewallPolicies/write',
      'Microsoft.Network/firewallPolicies/ruleCollectionGroups/write',
      'Microsoft.Network/azureFirewalls/delete',
      'Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write',
    ],
    tells: 'security',
    decision: 'changes-of-controls-are-told',
  },
  {
    name: 'recording-was-changed',
    title: 'A log was turned off, or its storage changed',
    category: 'Administrative',
    operations: [
      'Microsoft.Insights/diagnosticSettings/delete',
      'Microsoft.Network/networkWatchers/flowLogs/delete',
      'Microsoft.OperationalInsights/workspaces/delete',
      'Microsoft.OperationalInsights/workspaces/purge/action',
      'Microsoft.Storage/storageAccounts/delete',
      'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/delete',
      'Microsoft.Security/pricings/write',
    ],
    tells: 'security',
    decision: 'changes-of-controls-are-told',
  },
  {
    name: 'keys-were-changed',
    title: 'A vault or its access was changed',
    category: 'Administrative',
    operations: [
      'Microsoft.KeyVault/vaults/write',
      'Microsoft.KeyVault/vaults/delete',
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
    ],
    tells: 'security',
    decision: 'changes-of-controls-are-told',
  },
  {
    name: 'defender-found-something',
    title: 'Defender found something',
    category: 'Security',
    tells: 'security',
    decision: 'attacks-are-told',
  },
  {
    name: 'azure-has-trouble',
    title: 'Azure has trouble, or announces work, where this landing zone runs',
    category: 'ServiceHealth',
    tells: 'operations',
    decision: 'health-is-told',
  },
  {
    name: 'azure-recommends',
    title: 'Azure Advisor recommends something',
    category: 'Recommendation',
    tells: 'operations',
    decision: 'health-is-told',
  },
];
