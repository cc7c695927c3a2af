import { type Fault, since } from '../offers.ts';
import { ofType, resourceRule } from './resource-rule.ts';

export const changesHaveAWindow = resourceRule({
  id: 'changes-have-a-window',
  statement: 'Changes of clusters and of nodes have a window',
  controls: ['6.5.1', '6.3.3'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster, state) =>
    ['aksManagedAutoUpgradeSchedule', 'aksManagedNodeOSUpgradeSchedule', 'default'].flatMap(
      (name): readonly Fault[] => {
        const fault = ofType(state, 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations').some(
          (one) => one.id.toLowerCase() === `${cluster.id}/maintenanceConfigurations/${name}`.toLowerCase(),
        )
          ? undefined
          : `has no window ${name}`;
        return name === 'default' ? [fault] : since('patches of nodes', fault);
      },
    ),
});
