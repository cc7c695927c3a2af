import { fields } from '../../arm-view.ts';
import { list, resourceRule, setting } from './resource-rule.ts';

export const poolsKeepScopesApart = resourceRule({
  id: 'pools-keep-scopes-apart',
  statement:
    'Pools carry the scope of their pods, and refuse pods of another; the system’s takes nothing else if another pool can',
  controls: ['2.2.3', '1.3.1', '12.5.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster) =>
    list(cluster, 'properties.agentPoolProfiles').map((pool, _index, all) => {
      const name = String(setting(pool, 'name'));
      if (!all.some((one) => setting(one, 'mode') === 'System')) return 'has no system pool';
      const scope = fields(setting(pool, 'nodeLabels'))['pci-scope'];
      const taints = list(pool, 'nodeTaints').map(String);
      if (scope === undefined) return `has a pool ${name} without a scope`;
      if (setting(pool, 'mode') === 'System') {
        // Add-ons that tolerate nothing have to run somewhere: where no other pool takes them, this one must.
        const needed = all.every((one) => one === pool || list(one, 'nodeTaints').length > 0);
        return taints.includes('CriticalAddonsOnly=true:NoSchedule') || needed
          ? undefined
          : `lets anything run in its system pool ${name}, although another takes what tolerates nothing`;
      }
      if (scope === 'in-scope' || scope === 'out-of-scope') {
        return taints.includes(`pci-scope=${scope}:NoSchedule`) ? undefined : `lets anything run in its pool ${name}`;
      }
      return undefined;
    }),
});
