import { list, resourceRule, setting } from './resource-rule.ts';

export const meshesRunOneRevision = resourceRule({
  id: 'meshes-run-one-revision',
  statement: 'Meshes run one revision that is named',
  controls: ['6.3.3', '12.3.4'],
  type: 'Microsoft.ContainerService/managedClusters',
  about: (cluster) => setting(cluster, 'properties.serviceMeshProfile.mode') === 'Istio',
  faults: (cluster) => [
    list(cluster, 'properties.serviceMeshProfile.istio.revisions').length === 1
      ? undefined
      : 'runs several revisions of its mesh, or one that is not named',
  ],
});
