import { resourceRule, wants } from './resource-rule.ts';

export const workspacesTakeNoKeys = resourceRule({
  id: 'workspaces-take-no-keys',
  statement: 'Log workspaces take data from Entra identities only, not from whoever has their key',
  controls: ['8.6.2', '10.3.2'],
  type: 'Microsoft.OperationalInsights/workspaces',
  faults: (workspace) => [wants(workspace, 'properties.features.disableLocalAuth', true)],
});
