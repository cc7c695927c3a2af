import { fields } from '../../arm-view.ts';
import { type Fault, since } from '../offers.ts';
import { list, resourceRule, setting } from './resource-rule.ts';

export const poolsOfDifferentScopeShareNoSubnet = resourceRule({
  id: 'pools-of-different-scope-share-no-subnet',
  statement: 'Pools of different scope share no subnet, for nodes or for pods',
  controls: ['1.2.5', '1.3.1', '1.3.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) => {
    const taken = new Map<string, unknown>();
    return list(cluster, 'properties.agentPoolProfiles').flatMap((pool) => {
      const scope = fields(setting(pool, 'nodeLabels'))['pci-scope'];
      const name = String(setting(pool, 'name'));
      if (setting(cluster, 'properties.networkProfile.networkPlugin') !== 'azure') {
        return ['gives pods addresses that are none of the network'];
      }
      return ['vnetSubnetID', 'podSubnetID'].flatMap((member): readonly Fault[] => {
        const subnet = setting(pool, member);
        if (typeof subnet !== 'string') {
          // Without it pods stand in the subnet of their nodes, which is looked at besides.
          const without = `has a pool ${name} without ${member}`;
          return member === 'podSubnetID' ? since('subnets for pods', without) : [without];
        }
        const other = taken.get(subnet.toLowerCase());
        if (other !== undefined && other !== scope) return [`has pools of different scope in ${subnet}`];
        taken.set(subnet.toLowerCase(), scope);
        return [undefined];
      });
    });
  },
});
