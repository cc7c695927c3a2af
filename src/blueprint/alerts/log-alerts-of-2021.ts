import { type LogAlert, logAlerts } from './log-alerts.ts';

/** Alerts that ask tables which were there in 2021: activity, heartbeats, the workspace's own troubles, pods. */
const unchanged = ['machine-fell-silent', 'workspace-has-trouble', 'pods-keep-failing'];

/** What services logged stood in one table then, by category; tables of their own came later. */
const diagnostics = (category: string): string => `AzureDiagnostics\n| where Category == '${category}'`;

const audited = (verbs: readonly string[], condition: string): string => `${diagnostics('kube-audit')}
| extend event = parse_json(log_s)
| where tostring(event.verb) in (${verbs.map((one) => `'${one}'`).join(', ')}) and ${condition}
| where toint(event.responseStatus.code) < 400`;

/** Those of today, by name, with the question as it could be asked in 2021. */
const queries: Readonly<Record<string, string>> = {
  'image-from-elsewhere-imported': `AzureActivity
| where OperationNameValue =~ 'MICROSOFT.CONTAINERREGISTRY/REGISTRIES/IMPORTIMAGE/ACTION' and ActivityStatusValue =~ 'Success'
| extend request = tostring(Properties_d.requestbody)
| where request has 'live/' and request !has 'quarantine/'`,
  'firewall-met-known-evil': `AzureDiagnostics
| where Category in ('AzureFirewallApplicationRule', 'AzureFirewallNetworkRule') and msg_s has 'ThreatIntel'
| summarize count() by msg_s`,
  'egress-denied-again-and-again': `${diagnostics('AzureFirewallApplicationRule')}
| parse msg_s with * 'request from ' Source ':' * 'Action: ' Action '.' *
| where Action =~ 'Deny'
| summarize denied = count() by Source
| where denied > 50`,
  'web-firewall-blocks-one-source': `${diagnostics('ApplicationGatewayFirewallLog')}
| where action_s =~ 'Blocked'
| summarize blocked = count(), rules = make_set(ruleId_s, 20) by clientIp_s
| where blocked > 20`,
  'vault-refuses-somebody': `AzureDiagnostics
| where ResourceProvider == 'MICROSOFT.KEYVAULT' and Category == 'AuditEvent'
| where httpStatusCode_d in (401, 403)
| summarize refused = count() by CallerIPAddress, _ResourceId
| where refused > 10`,
  'somebody-entered-a-container': `${audited(['create', 'get'], "tostring(event.objectRef.subresource) in ('exec', 'attach', 'portforward')")}
| project TimeGenerated, User = tostring(event.user.username), Namespace = tostring(event.objectRef.namespace), Pod = tostring(event.objectRef.name)`,
  'somebody-read-secrets': `${audited(['get', 'list', 'watch'], "tostring(event.objectRef.resource) == 'secrets'")}
| where tostring(event.user.username) !startswith 'system:' and tostring(event.user.username) != 'aksService'
| summarize count() by User = tostring(event.user.username), Namespace = tostring(event.objectRef.namespace)`,
  'cluster-admin-was-given': `${audited(['create', 'update', 'patch'], "tostring(event.objectRef.resource) in ('clusterrolebindings', 'rolebindings')")}
| where tostring(event.requestObject) has 'cluster-admin'
| project TimeGenerated, User = tostring(event.user.username), Binding = tostring(event.objectRef.name)`,
  'policy-add-on-refuses': `${diagnostics('kube-audit')}
| extend event = parse_json(log_s)
| where toint(event.responseStatus.code) == 403 and tostring(event.responseStatus.message) has 'admission webhook'
| summarize refused = count() by User = tostring(event.user.username), Namespace = tostring(event.objectRef.namespace)
| where refused > 5`,
  'logs-stopped-arriving': `AzureDiagnostics
| where TimeGenerated > ago(1d) and Category in ('AzureFirewallApplicationRule', 'AzureFirewallNetworkRule', 'ApplicationGatewayAccessLog', 'kube-audit')
| summarize last = max(TimeGenerated) by Category
| where last < ago(1h)`,
  'backends-are-unwell': `${diagnostics('ApplicationGatewayAccessLog')}
| summarize failed = countif(httpStatus_d >= 500), all = count() by bin(TimeGenerated, 5m)
| where all > 20 and failed * 100 / all > 5`,
};

/** Alerts on the workspace of each region in 2021. The firewall had no intrusion detection, and vaults told nobody of ends. */
export const logAlertsOf2021: readonly LogAlert[] = logAlerts.flatMap((alert) => {
  if (unchanged.includes(alert.name)) return [alert];
  const query = queries[alert.name];
  return query === undefined ? [] : [{ ...alert, query }];
});
