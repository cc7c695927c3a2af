import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const nodesKeepNothing = resourceRule({
  id: 'nodes-keep-nothing',
  statement: 'System disks of nodes are local and encrypted at the host',
  controls: ['3.2.1', '3.5.1', '2.2.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) =>
    list(cluster, 'properties.agentPoolProfiles').flatMap((pool) =>
      [
        wants(pool, 'osDiskType', 'Ephemeral'),
        wants(pool, 'enableEncryptionAtHost', true),
        wants(pool, 'kubeletDiskType', 'OS'),
        wants(pool, 'scaleDownMode', 'Delete'),
      ].map((fault) => (fault === undefined ? undefined : `has a pool ${String(setting(pool, 'name'))} that ${fault}`)),
    ),
});
