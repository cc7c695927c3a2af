/** A rule of Sentinel: what it finds becomes an incident that somebody closes. */
export interface IncidentRule {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly severity: 'High' | 'Medium';
  readonly tactics: readonly string[];
  readonly query: string;
}

export const incidentRules: readonly IncidentRule[] = [
  {
    name: 'right-then-secret',
    title: 'A right was given, and its holder read a vault within the hour',
    description: 'Giving oneself a right and using it at once is how a stolen account takes secrets.',
    severity: 'High',
    tactics: ['PrivilegeEscalation', 'CredentialAccess'],
    query: `let given = AzureActivity
| where OperationNameValue =~ 'Microsoft.Authorization/roleAssignments/write' and ActivityStatusValue =~ 'Success'
| project Given = TimeGenerated, Caller;
AZKVAuditLogs
| where OperationName in ('SecretGet', 'KeySign', 'KeyDecrypt', 'CertificateGet') and HttpStatusCode == 200
| extend Caller = tostring(Identity.claim.upn)
| join kind = inner given on Caller
| where TimeGenerated between (Given .. 1h)`,
  },
  {
    name: 'recording-off-then-change',
    title: 'Recording was turned off, and something was changed after it',
    description: 'Who covers tracks turns off the record before the deed.',
    severity: 'High',
    tactics: ['DefenseEvasion'],
    query: `let off = AzureActivity
| where OperationNameValue in~ ('Microsoft.Insights/diagnosticSettings/delete', 'Microsoft.Network/networkWatchers/flowLogs/delete') and ActivityStatusValue =~ 'Success'
| project Off = TimeGenerated, Caller;
AzureActivity
| where ActivityStatusValue =~ 'Success' and OperationNameValue endswith 'WRITE'
| join kind = inner off on Caller
| where TimeGenerated between (Off .. 4h)`,
  },
  {
    name: 'pod-looks-around',
    title: 'One pod is refused by the network in many directions',
    description: 'A pod that tries many addresses or ports looks for a way out of its scope.',
    severity: 'Medium',
    tactics: ['Discovery', 'LateralMovement'],
    query: `NTANetAnalytics
| where SubType == 'FlowLog' and FlowStatus == 'Denied'
| summarize targets = dcount(DestIp), ports = dcount(DestPort) by SrcIp
| where targets > 20 or ports > 20`,
  },
];
