import { since } from '../offers.ts';
import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const nodesBootTrusted = resourceRule({
  id: 'nodes-boot-trusted',
  statement: 'Nodes boot signed software only',
  controls: ['2.2.1', '2.2.4', '11.5.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) =>
    list(cluster, 'properties.agentPoolProfiles').flatMap((pool) => {
      const of = (fault: string | undefined) =>
        fault === undefined ? undefined : `has a pool ${String(setting(pool, 'name'))} that ${fault}`;
      return [
        ...since(
          'trusted launch of nodes',
          of(wants(pool, 'securityProfile.enableSecureBoot', true)),
          of(wants(pool, 'securityProfile.enableVTPM', true)),
        ),
        ...since('Azure Linux 3', of(wants(pool, 'osSKU', 'AzureLinux3', 'AzureContainerLinux'))),
      ];
    }),
});
