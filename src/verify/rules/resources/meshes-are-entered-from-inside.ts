import { list, resourceRule, setting } from './resource-rule.ts';

export const meshesAreEnteredFromInside = resourceRule({
  id: 'meshes-are-entered-from-inside',
  statement: 'Meshes have internal ingresses only',
  controls: ['1.3.1', '1.4.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  about: (cluster) => setting(cluster, 'properties.serviceMeshProfile.mode') === 'Istio',
  faults: (cluster) => [
    ...list(cluster, 'properties.serviceMeshProfile.istio.components.ingressGateways').map((gateway) =>
      setting(gateway, 'enabled') === true && setting(gateway, 'mode') !== 'Internal'
        ? 'has an ingress with a public address'
        : undefined,
    ),
    // A gateway by the Gateway API is an object in the cluster, not a setting of it.
    setting(cluster, 'properties.ingressProfile.gatewayAPI.installation') === 'Standard' ||
    list(cluster, 'properties.serviceMeshProfile.istio.components.ingressGateways').some(
      (gateway) => setting(gateway, 'enabled') === true,
    )
      ? undefined
      : 'has a mesh without an ingress',
  ],
});
