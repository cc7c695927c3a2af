import { has, resourceRule, setting } from './resource-rule.ts';

export const meshesHaveOurAuthority = resourceRule({
  id: 'meshes-have-our-authority',
  statement: 'Meshes sign with an authority from a vault of ours',
  controls: ['4.2.1.1', '3.6.1', '3.7.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  about: (cluster) => setting(cluster, 'properties.serviceMeshProfile.mode') === 'Istio',
  faults: (cluster) =>
    ['keyVaultId', 'rootCertObjectName', 'certObjectName', 'keyObjectName', 'certChainObjectName'].map((name) =>
      has(cluster, `properties.serviceMeshProfile.istio.certificateAuthority.plugin.${name}`),
    ),
});
