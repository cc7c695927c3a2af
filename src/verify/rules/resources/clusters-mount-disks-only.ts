import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const clustersMountDisksOnly = resourceRule({
  id: 'clusters-mount-disks-only',
  statement: 'Clusters mount disks, and no shared files, blobs or snapshots',
  controls: ['2.2.4', '3.2.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) =>
    since(
      'choice of storage drivers',
      wants(resource, 'properties.storageProfile.fileCSIDriver.enabled', false),
      wants(resource, 'properties.storageProfile.blobCSIDriver.enabled', false),
      wants(resource, 'properties.storageProfile.snapshotController.enabled', false),
    ),
});
