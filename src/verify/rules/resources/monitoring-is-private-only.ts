import { resourceRule, together, wants } from './resource-rule.ts';

const about = {
  statement: 'Logs and metrics are sent and read over private link, to what is ours only',
  controls: ['10.3.1', '10.3.2', '1.3.2'],
} as const;
const id = 'monitoring-is-private-only';

export const monitoringIsPrivateOnly = together(
  resourceRule({
    id,
    ...about,
    type: 'Microsoft.Insights/privateLinkScopes',
    faults: (scope) => [
      wants(scope, 'properties.accessModeSettings.ingestionAccessMode', 'PrivateOnly'),
      wants(scope, 'properties.accessModeSettings.queryAccessMode', 'PrivateOnly'),
    ],
  }),
  resourceRule({
    id,
    ...about,
    type: 'Microsoft.Insights/dataCollectionEndpoints',
    faults: (endpoint) => [wants(endpoint, 'properties.networkAcls.publicNetworkAccess', 'Disabled')],
  }),
  resourceRule({
    id,
    ...about,
    type: 'Microsoft.Monitor/accounts',
    faults: (account) => [wants(account, 'properties.publicNetworkAccess', 'Disabled')],
  }),
  resourceRule({
    id,
    ...about,
    type: 'Microsoft.OperationalInsights/workspaces',
    faults: (workspace) => [
      wants(workspace, 'properties.publicNetworkAccessForIngestion', 'Disabled'),
      wants(workspace, 'properties.publicNetworkAccessForQuery', 'Disabled'),
    ],
  }),
);
