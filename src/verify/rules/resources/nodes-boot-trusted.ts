import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const nodesBootTrusted = resourceRule({
  id: 'nodes-boot-trusted',
  statement: 'Nodes boot signed software only',
  controls: ['2.2.1', '2.2.4', '11.5.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) =>
    list(cluster, 'properties.agentPoolProfiles').flatMap((pool) =>
      [
        wants(pool, 'securityProfile.enableSecureBoot', true),
        wants(pool, 'securityProfile.enableVTPM', true),
        wants(pool, 'osSKU', 'AzureLinux3', 'AzureContainerLinux'),
      ].map((fault) => (fault === undefined ? undefined : `has a pool ${String(setting(pool, 'name'))} that ${fault}`)),
    ),
});
