/** A question that an investigator or assessor asks again and again, kept beside the logs. */
export interface SavedSearch {
  readonly name: string;
  readonly title: string;
  readonly query: string;
}

/** What was asked otherwise in 2021, before services had tables of their own. */
const otherwise: Readonly<Record<string, string>> = {
  'what-left-the-network': `AzureDiagnostics
| where Category in ('AzureFirewallApplicationRule', 'AzureFirewallNetworkRule')
| summarize requests = count() by msg_s
| order by requests desc`,
  'flows-into-scope': `AzureNetworkAnalytics_CL
| where SubType_s == 'FlowLog'
| summarize flows = sum(AllowedInFlows_d), denied = sum(DeniedInFlows_d) by SrcIP_s, DestIP_s, DestPort_d, FlowStatus_s`,
};

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

/** Those of 2021, and the three of the reference implementation. */
export const savedSearchesOf2021: readonly SavedSearch[] = [
  ...savedSearches.map((one) => ({ ...one, query: otherwise[one.name] ?? one.query })),
  {
    name: 'metrics-of-prometheus',
    title: 'What was scraped from pods',
    query:
      "InsightsMetrics | where Namespace == 'prometheus' | summarize latest = arg_max(TimeGenerated, Val) by Name, Tags",
  },
  {
    name: 'refusals-at-the-ingress',
    title: 'Requests that the ingress refused (10.2.1.4)',
    query: `InsightsMetrics
| where Namespace == 'prometheus' and Name == 'nginx_ingress_controller_requests'
| where tostring(parse_json(Tags).status) == '403'
| summarize refused = max(Val) - min(Val) by bin(TimeGenerated, 5m), tostring(parse_json(Tags).ingress)`,
  },
  {
    name: 'nodes-that-want-a-restart',
    title: 'Nodes that wait for a restart (6.3.3)',
    query: `InsightsMetrics
| where Namespace == 'prometheus' and Name == 'kured_reboot_required'
| summarize arg_max(TimeGenerated, Val) by tostring(parse_json(Tags).node)
| where Val > 0`,
  },
];
