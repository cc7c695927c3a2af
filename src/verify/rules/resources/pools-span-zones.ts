import { list, resourceRule, setting } from './resource-rule.ts';

export const poolsSpanZones = resourceRule({
  id: 'pools-span-zones',
  statement: 'Pools span three zones, grow by themselves, and are never taken back',
  controls: ['10.7.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) =>
    list(cluster, 'properties.agentPoolProfiles').map((pool) => {
      const name = String(setting(pool, 'name'));
      if (list(pool, 'availabilityZones').length < 3) return `has a pool ${name} in fewer than three zones`;
      if (setting(pool, 'enableAutoScaling') !== true) return `has a pool ${name} that does not grow`;
      return setting(pool, 'scaleSetPriority') === 'Regular'
        ? undefined
        : `has a pool ${name} that Azure may take back`;
    }),
});
