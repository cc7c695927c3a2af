import { resourceRule, setting, wants } from './resource-rule.ts';

export const meshesNeedNoRightsInPods = resourceRule({
  id: 'meshes-need-no-rights-in-pods',
  statement: 'Pods need no rights on their network to join the mesh',
  controls: ['2.2.4', '7.2.5'],
  type: 'Microsoft.ContainerService/managedClusters',
  about: (cluster) => setting(cluster, 'properties.serviceMeshProfile.mode') === 'Istio',
  faults: (cluster) => [
    wants(cluster, 'properties.serviceMeshProfile.istio.components.proxyRedirectionMechanism', 'CNIChaining'),
  ],
});
