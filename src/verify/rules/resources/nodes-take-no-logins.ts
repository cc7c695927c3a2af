import { since } from '../offers.ts';
import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const nodesTakeNoLogins = resourceRule({
  id: 'nodes-take-no-logins',
  statement: 'Nodes take no logins',
  controls: ['2.2.7', '8.2.2', '2.2.4'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) =>
    list(cluster, 'properties.agentPoolProfiles').flatMap((pool) =>
      [wants(pool, 'securityProfile.sshAccess', 'Disabled')].flatMap((fault) =>
        since(
          'nodes without logins',
          fault === undefined ? undefined : `has a pool ${String(setting(pool, 'name'))} that ${fault}`,
        ),
      ),
    ),
});
