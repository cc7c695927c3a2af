/** An alert on logs: a query that returns what should not be there. */
export interface LogAlert {
  readonly name: string;
  readonly title: string;
  readonly query: string;
  /** 0 is the worst. */
  readonly severity: 0 | 1 | 2 | 3;
  /** How often it is asked, and over how long: ISO 8601. */
  readonly every: string;
  readonly over: string;
  /** More rows than this. @default 0 */
  readonly moreThan?: number;
  readonly tells: 'security' | 'operations';
  readonly decision: string;
}

const often = { every: 'PT5M', over: 'PT5M' } as const;
const hourly = { every: 'PT1H', over: 'PT1H' } as const;

/** Names of what must report, as Heartbeat and tables know it; how long silence lasts before it is told. */
const silence = 'PT15M';

/** Alerts on the workspace of each region. Tables: Microsoft, "Azure Monitor Logs table reference". */
export const logAlerts: readonly LogAlert[] = [
  {
    name: 'image-from-elsewhere-imported',
    title: 'An image came into a registry from elsewhere than the quarantine',
    query: `AzureActivity
| where OperationNameValue =~ 'MICROSOFT.CONTAINERREGISTRY/REGISTRIES/IMPORTIMAGE/ACTION' and ActivityStatusValue =~ 'Success'
| where _ResourceId has 'live' and tostring(Properties_d.requestbody) !has 'quarantine'`,
    severity: 1,
    every: 'PT10M',
    over: 'PT10M',
    tells: 'security',
    decision: 'changes-of-controls-are-told',
  },
  {
    name: 'firewall-stopped-an-attack',
    title: 'The firewall’s intrusion detection stopped something',
    query: `AZFWIdpsSignature
| where Action has 'Deny' or Severity <= 2
| summarize count() by SourceIp, DestinationIp, SignatureId, Description`,
    severity: 1,
    ...often,
    tells: 'security',
    decision: 'attacks-are-told',
  },
  {
    name: 'firewall-met-known-evil',
    title: 'Traffic with an address that is known to be malicious',
    query: 'AZFWThreatIntel | summarize count() by SourceIp, DestinationIp, Fqdn, ThreatDescription',
    severity: 1,
    ...often,
    tells: 'security',
    decision: 'attacks-are-told',
  },
  {
    name: 'egress-denied-again-and-again',
    title: 'One source keeps asking for names that it may not reach',
    query: `AZFWApplicationRule
| where Action =~ 'Deny'
| summarize denied = count(), names = make_set(Fqdn, 20) by SourceIp
| where denied > 50`,
    severity: 2,
    every: 'PT15M',
    over: 'PT15M',
    tells: 'security',
    decision: 'attacks-are-told',
  },
  {
    name: 'web-firewall-blocks-one-source',
    title: 'The web application firewall blocks one source again and again',
    query: `AGWFirewallLogs
| where Action in~ ('Blocked', 'Matched')
| summarize blocked = countif(Action =~ 'Blocked'), rules = make_set(RuleId, 20) by ClientIp
| where blocked > 20`,
    severity: 2,
    every: 'PT15M',
    over: 'PT15M',
    tells: 'security',
    decision: 'attacks-are-told',
  },
  {
    name: 'vault-refuses-somebody',
    title: 'A vault refuses the same caller again and again',
    query: `AZKVAuditLogs
| where HttpStatusCode in (401, 403)
| summarize refused = count() by CallerIPAddress, tostring(Identity), _ResourceId
| where refused > 10`,
    severity: 2,
    every: 'PT15M',
    over: 'PT15M',
    tells: 'security',
    decision: 'attacks-are-told',
  },
  {
    name: 'somebody-entered-a-container',
    title: 'Somebody opened a shell in a container, or forwarded a port',
    query: `AKSAudit
| where Verb in ('create', 'get') and ObjectRef.resource == 'pods' and ObjectRef.subresource in ('exec', 'attach', 'portforward')
| where ResponseStatus.code < 400
| project TimeGenerated, User = tostring(User.username), Namespace = tostring(ObjectRef.namespace), Pod = tostring(ObjectRef.name)`,
    severity: 2,
    ...often,
    tells: 'security',
    decision: 'cluster-misuse-is-told',
  },
  {
    name: 'somebody-read-secrets',
    title: 'A person read secrets of a cluster',
    query: `AKSAudit
| where Verb in ('get', 'list', 'watch') and ObjectRef.resource == 'secrets' and ResponseStatus.code < 400
| where tostring(User.username) !startswith 'system:' and tostring(User.username) != 'aksService'
| summarize count() by User = tostring(User.username), Namespace = tostring(ObjectRef.namespace)`,
    severity: 1,
    ...often,
    tells: 'security',
    decision: 'cluster-misuse-is-told',
  },
  {
    name: 'cluster-admin-was-given',
    title: 'Somebody was made administrator of a cluster from inside it',
    query: `AKSAudit
| where Verb in ('create', 'update', 'patch') and ObjectRef.resource in ('clusterrolebindings', 'rolebindings')
| where tostring(RequestObject) has 'cluster-admin' and ResponseStatus.code < 400
| project TimeGenerated, User = tostring(User.username), Binding = tostring(ObjectRef.name)`,
    severity: 1,
    ...often,
    tells: 'security',
    decision: 'cluster-misuse-is-told',
  },
  {
    name: 'policy-add-on-refuses',
    title: 'A cluster keeps refusing what somebody deploys',
    query: `AKSAudit
| where ResponseStatus.code == 403 and tostring(ResponseStatus.message) has 'admission webhook'
| summarize refused = count() by User = tostring(User.username), Namespace = tostring(ObjectRef.namespace)
| where refused > 5`,
    severity: 3,
    every: 'PT15M',
    over: 'PT15M',
    tells: 'operations',
    decision: 'cluster-misuse-is-told',
  },
  {
    name: 'machine-fell-silent',
    title: 'A jump box or node has stopped reporting',
    query: `Heartbeat
| where TimeGenerated > ago(1d)
| summarize last = max(TimeGenerated) by _ResourceId, Computer
| where last < ago(15m) and last > ago(6h)`,
    severity: 1,
    every: silence,
    over: 'P1D',
    tells: 'operations',
    decision: 'silence-is-told',
  },
  {
    name: 'logs-stopped-arriving',
    title: 'A kind of log that always comes has stopped coming',
    query: `union withsource = Kind isfuzzy = true AZFWApplicationRule, AZFWNetworkRule, AGWAccessLogs, AKSAudit, NTANetAnalytics
| where TimeGenerated > ago(1d)
| summarize last = max(TimeGenerated) by Kind
| where last < ago(1h)`,
    severity: 1,
    every: silence,
    over: 'P1D',
    tells: 'security',
    decision: 'silence-is-told',
  },
  {
    name: 'workspace-has-trouble',
    title: 'The workspace drops or delays what it is sent',
    query: "_LogOperation | where Level in ('Warning', 'Error') | summarize count() by Category, Operation, Detail",
    severity: 2,
    ...hourly,
    tells: 'operations',
    decision: 'silence-is-told',
  },
  {
    name: 'pods-keep-failing',
    title: 'Pods fail',
    query: `KubePodInventory
| where PodStatus == 'Failed'
| summarize failed = dcount(Name) by ClusterName, Namespace
| where failed > 3`,
    severity: 3,
    ...often,
    tells: 'operations',
    decision: 'health-is-told',
  },
  {
    name: 'backends-are-unwell',
    title: 'The gateway’s users get errors of the ingress',
    query: `AGWAccessLogs
| summarize failed = countif(HttpStatus >= 500), all = count() by bin(TimeGenerated, 5m)
| where all > 20 and failed * 100 / all > 5`,
    severity: 2,
    ...often,
    tells: 'operations',
    decision: 'health-is-told',
  },
  {
    name: 'certificate-ends-soon',
    title: 'A certificate or key ends within thirty days',
    query: `AZKVAuditLogs
| where OperationName in~ ('CertificateNearExpiryEventGridNotification', 'KeyNearExpiryEventGridNotification', 'SecretNearExpiryEventGridNotification')
| summarize count() by OperationName, _ResourceId`,
    severity: 2,
    every: 'P1D',
    over: 'P1D',
    tells: 'operations',
    decision: 'health-is-told',
  },
];
