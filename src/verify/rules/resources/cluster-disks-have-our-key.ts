import { has, resourceRule } from './resource-rule.ts';

export const clusterDisksHaveOurKey = resourceRule({
  id: 'cluster-disks-have-our-key',
  statement: 'Disks of clusters are encrypted through a set of ours',
  controls: ['3.5.1', '3.6.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [has(cluster, 'properties.diskEncryptionSetID')],
});
