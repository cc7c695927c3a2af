import { resourceRule } from './resource-rule.ts';

export const networkWatchersStandWhereAzurePutsThem = resourceRule({
  id: 'network-watchers-stand-where-azure-puts-them',
  statement: 'Network watchers are those that Azure would make: one a region, in the group NetworkWatcherRG',
  controls: ['10.2.1'],
  type: 'Microsoft.Network/networkWatchers',
  faults: ({ id, name, location }) => [
    /\/resourceGroups\/NetworkWatcherRG\//i.test(id) ? undefined : 'stands in another group than NetworkWatcherRG',
    name.toLowerCase() === `networkwatcher_${location}`.toLowerCase() ? undefined : 'has another name than Azure gives',
  ],
});
