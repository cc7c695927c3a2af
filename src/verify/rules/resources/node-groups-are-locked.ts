import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const nodeGroupsAreLocked = resourceRule({
  id: 'node-groups-are-locked',
  statement: 'What AKS makes for nodes cannot be changed by others',
  controls: ['1.2.8', '2.2.1', '6.5.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) =>
    since('locked node groups', wants(resource, 'properties.nodeResourceGroupProfile.restrictionLevel', 'ReadOnly')),
});
