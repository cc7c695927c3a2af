import { resourceRule, wants } from './resource-rule.ts';

export const clustersTakeNoCommandsThroughAzure = resourceRule({
  id: 'clusters-take-no-commands-through-azure',
  statement: 'Commands cannot be sent to clusters through Azure',
  controls: ['1.3.1', '2.2.7', '8.4.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) => [wants(resource, 'properties.apiServerAccessProfile.disableRunCommand', true)],
});
