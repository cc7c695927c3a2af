/** A question that an investigator or assessor asks again and again, kept beside the logs. */
export interface SavedSearch {
  readonly name: string;
  readonly title: string;
  readonly query: string;
}

export const savedSearches: readonly SavedSearch[] = [
  {
    name: 'who-was-given-what',
    title: 'Who was given which right (7.2.4)',
    query: `AzureActivity
| where OperationNameValue =~ 'Microsoft.Authorization/roleAssignments/write' and ActivityStatusValue =~ 'Success'
| project TimeGenerated, Caller, CallerIpAddress, ResourceGroup, Properties`,
  },
  {
    name: 'who-changed-the-network',
    title: 'Who changed the network’s controls (1.2.2)',
    query: `AzureActivity
| where OperationNameValue startswith 'MICROSOFT.NETWORK/' and ActivityStatusValue =~ 'Success'
| where OperationNameValue has_any ('WRITE', 'DELETE')
| project TimeGenerated, Caller, OperationNameValue, _ResourceId`,
  },
  {
    name: 'what-left-the-network',
    title: 'What left through the firewall, by name (1.3.2)',
    query: `AZFWApplicationRule
| summarize requests = count() by SourceIp, Fqdn, Action, Rule
| order by requests desc`,
  },
  {
    name: 'flows-into-scope',
    title: 'Flows into the networks in scope (11.4.5)',
    query: `NTANetAnalytics
| where SubType == 'FlowLog'
| summarize flows = sum(CompletedFlows), denied = sum(DeniedInFlows) by SrcIp, DestIp, DestPort, FlowStatus`,
  },
  {
    name: 'sessions-on-jump-boxes',
    title: 'Sessions on jump boxes (8.2.1, 10.2.1.2)',
    query: `Syslog
| where Facility in ('auth', 'authpriv') and SyslogMessage has_any ('session opened', 'session closed', 'Accepted')
| project TimeGenerated, Computer, SyslogMessage`,
  },
  {
    name: 'who-asked-the-logs',
    title: 'Who asked which logs (10.2.1.3)',
    query: 'LAQueryLogs | project TimeGenerated, AADEmail, QueryText, ResponseRowCount',
  },
];
