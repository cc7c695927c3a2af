import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const clustersPatchThemselves = resourceRule({
  id: 'clusters-patch-themselves',
  statement: 'Clusters patch themselves and their nodes, one node after the other',
  controls: ['6.3.3', '11.3.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [
    wants(cluster, 'properties.autoUpgradeProfile.upgradeChannel', 'patch', 'stable', 'rapid'),
    wants(cluster, 'properties.autoUpgradeProfile.nodeOSUpgradeChannel', 'SecurityPatch', 'NodeImage'),
    ...list(cluster, 'properties.agentPoolProfiles').map((pool) =>
      setting(pool, 'upgradeSettings.maxSurge') === undefined || setting(pool, 'upgradeSettings.maxUnavailable') !== '0'
        ? `takes nodes of ${String(setting(pool, 'name'))} away before others stand in`
        : undefined,
    ),
  ],
});
