import { since } from '../offers.ts';
import { resourceRule, setting, wants } from './resource-rule.ts';

export const oldImagesAreRemoved = resourceRule({
  id: 'old-images-are-removed',
  statement: 'Images that nothing runs are removed from nodes',
  controls: ['6.3.3', '2.2.4'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) =>
    since(
      'image cleaner',
      wants(cluster, 'properties.securityProfile.imageCleaner.enabled', true),
      Number(setting(cluster, 'properties.securityProfile.imageCleaner.intervalHours')) <= 168
        ? undefined
        : 'removes old images less often than once a week',
    ),
});
