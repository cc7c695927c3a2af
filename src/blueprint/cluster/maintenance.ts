import type { Value } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import { type Built, decided, joined } from '../draft.ts';
import { azureResource } from '../placement.ts';
import type { ClusterRefs } from './refs.ts';

/** Windows by their names, which AKS fixes: nodes' systems every week, Kubernetes after them, the rest of AKS's own changes. */
const windows: readonly { readonly name: string; readonly day: string }[] = [
  { name: 'aksManagedNodeOSUpgradeSchedule', day: 'Tuesday' },
  { name: 'aksManagedAutoUpgradeSchedule', day: 'Wednesday' },
];

function weekly(day: string): Value {
  return {
    maintenanceWindow: {
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek: day } },
      durationHours: 4,
      utcOffset: '+00:00',
      startTime: '02:00',
    },
  };
}

/** @param only names of windows, where AKS has no others */
export function maintenance(refs: ClusterRefs, only?: readonly string[]): Built {
  const draft = (name: string, properties: Value): Built =>
    decided(
      azureResource(refs.placements.cluster, {
        key: `${refs.cluster.key}/maintenance-${name}`,
        type: 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations',
        apiVersion: apiVersions.managedClusters,
        name: `${refs.cluster.name}/${name}`,
        properties,
        oneAtATime: `${refs.cluster.key}/writes`,
      }),
      { 'changes-have-a-window': [] },
    );
  return joined(
    ...windows.filter(({ name }) => only?.includes(name) ?? true).map(({ name, day }) => draft(name, weekly(day))),
    draft('default', { timeInWeek: [{ day: 'Tuesday', hourSlots: [2, 3, 4, 5] }] }),
  );
}
