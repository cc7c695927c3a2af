import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const workspacesTakeNoKeys = resourceRule({
  id: 'workspaces-take-no-keys',
  statement: 'Log workspaces take data from Entra identities only, not from whoever has their key',
  controls: ['8.6.2', '10.3.2'],
  type: 'Microsoft.OperationalInsights/workspaces',
  // The agent of clusters sent with the workspace's key until then.
  faults: (workspace) =>
    since('logs sent with an identity', wants(workspace, 'properties.features.disableLocalAuth', true)),
});
