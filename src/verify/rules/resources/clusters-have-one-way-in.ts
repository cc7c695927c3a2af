import { since } from '../offers.ts';
import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const clustersHaveOneWayIn = resourceRule({
  id: 'clusters-have-one-way-in',
  statement: 'Clusters have one way in: no routing add-on, and gateways by interface only in place of the mesh’s own',
  controls: ['1.3.1', '2.2.4'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) => [
    ...since('application routing', wants(resource, 'properties.ingressProfile.webAppRouting.enabled', false)),
    setting(resource, 'properties.addonProfiles.httpApplicationRouting.enabled') === true
      ? 'has the add-on for HTTP application routing'
      : undefined,
    list(resource, 'properties.serviceMeshProfile.istio.components.ingressGateways').some(
      (gateway) => setting(gateway, 'enabled') === true,
    )
      ? wants(resource, 'properties.ingressProfile.gatewayAPI.installation', 'Disabled')
      : undefined,
  ],
});
