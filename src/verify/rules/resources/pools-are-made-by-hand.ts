import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const poolsAreMadeByHand = resourceRule({
  id: 'pools-are-made-by-hand',
  statement: 'No pool is made by itself, and nodes with local data are left alone',
  controls: ['1.2.5', '2.2.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) => [
    ...since('pools made by AKS', wants(resource, 'properties.nodeProvisioningProfile.mode', 'Manual')),
    wants(resource, 'properties.autoScalerProfile.skip-nodes-with-local-storage', 'true'),
  ],
});
