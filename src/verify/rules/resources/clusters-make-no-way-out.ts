import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const clustersMakeNoWayOut = resourceRule({
  id: 'clusters-make-no-way-out',
  statement: 'Clusters make no way out of their own',
  controls: ['1.3.2', '1.4.1', '1.4.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => [
    wants(cluster, 'properties.networkProfile.outboundType', 'userDefinedRouting', 'none', 'block'),
    wants(cluster, 'properties.networkProfile.loadBalancerSku', 'standard'),
    ...list(cluster, 'properties.agentPoolProfiles').map((pool) =>
      setting(pool, 'enableNodePublicIP') === false
        ? undefined
        : `may give public addresses to nodes of ${String(setting(pool, 'name'))}`,
    ),
  ],
});
