import { type Fault, since } from '../offers.ts';
import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const clustersPatchThemselves = resourceRule({
  id: 'clusters-patch-themselves',
  statement: 'Clusters patch themselves and their nodes, one node after the other',
  controls: ['6.3.3', '11.3.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [
    wants(cluster, 'properties.autoUpgradeProfile.upgradeChannel', 'patch', 'stable', 'rapid'),
    ...since(
      'patches of nodes',
      wants(cluster, 'properties.autoUpgradeProfile.nodeOSUpgradeChannel', 'SecurityPatch', 'NodeImage'),
    ),
    ...list(cluster, 'properties.agentPoolProfiles').flatMap((pool): readonly Fault[] => {
      const fault = `takes nodes of ${String(setting(pool, 'name'))} away before others stand in`;
      return [
        setting(pool, 'upgradeSettings.maxSurge') === undefined ? fault : undefined,
        ...since(
          'upgrades without a node less',
          setting(pool, 'upgradeSettings.maxUnavailable') === '0' ? undefined : fault,
        ),
      ];
    }),
  ],
});
