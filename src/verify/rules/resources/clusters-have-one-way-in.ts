import { resourceRule, wants } from './resource-rule.ts';

export const clustersHaveOneWayIn = resourceRule({
  id: 'clusters-have-one-way-in',
  statement: 'Clusters have no routing add-on and no gateways by interface',
  controls: ['1.3.1', '2.2.4'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) => [
    wants(resource, 'properties.ingressProfile.webAppRouting.enabled', false),
    wants(resource, 'properties.ingressProfile.gatewayAPI.installation', 'Disabled'),
  ],
});
