/**
 * The tables that hold the audit trail: what they say is kept twice. Names: Microsoft, "Azure Monitor Logs table reference"; all of
 * them are among the tables that "Log Analytics workspace data export" supports.
 */
export const exportedTables = [
  'AKSAudit',
  'AKSControlPlane',
  'AZFWApplicationRule',
  'AZFWIdpsSignature',
  'AZFWNetworkRule',
  'AZFWThreatIntel',
  'AGWAccessLogs',
  'AGWFirewallLogs',
  'AzureActivity',
  'AzureDiagnostics',
  'ContainerLogV2',
  'LAQueryLogs',
  'SecurityAlert',
  'Syslog',
] as const;

/** The container that an export makes for a table. */
export function exportContainer(table: string): string {
  return `am-${table.toLowerCase()}`;
}

/**
 * Tables that fill fastest: searchable for the shorter time, kept for the longer. Every other table keeps what the workspace says.
 */
export const splitTables = ['AKSAudit', 'ContainerLogV2', 'AZFWNetworkRule', 'NTANetAnalytics'] as const;
