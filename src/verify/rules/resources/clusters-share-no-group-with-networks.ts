import { ofType, resourceRule } from './resource-rule.ts';

/** What belongs to those who own the networks, and to those who read the records. */
const others = [
  'Microsoft.Network/virtualNetworks',
  'Microsoft.Network/azureFirewalls',
  'Microsoft.Network/firewallPolicies',
  'Microsoft.OperationalInsights/workspaces',
];

const groupOf = (id: string): string => /\/resourceGroups\/([^/]+)\//i.exec(id)?.[1]?.toLowerCase() ?? '';

export const clustersShareNoGroupWithNetworks = resourceRule({
  id: 'clusters-share-no-group-with-networks',
  statement:
    'Clusters stand in groups without networks, firewalls or log workspaces, so that a right on one is none on the other',
  controls: ['7.2.1', '7.2.2', '10.3.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster, state) =>
    others.flatMap((type) =>
      ofType(state, type)
        .filter(({ id }) => groupOf(id) === groupOf(cluster.id))
        .map(({ name }) => `shares its group with ${name}`),
    ),
});
