import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { membersOf, numberOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { clusterApiVersions } from './api-versions.ts';
import { clusterError } from './cluster-errors.ts';

const type = 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations';

/** The names that the service knows (learn.microsoft.com, AKS planned maintenance). */
const scheduled = ['aksManagedAutoUpgradeSchedule', 'aksManagedNodeOSUpgradeSchedule'];

/** When AKS may work on a cluster: `default` in hours of the week, the two others as windows of 4 hours at least. */
export const maintenanceConfigurations: ResourceTypeProvider = {
  type,
  apiVersions: clusterApiVersions.filter((version) => version >= '2020-12-01'),
  location: 'none',
  longRunning: false,
  put(input) {
    const { properties } = takeIn(type, input.body);
    const given = nameIn(input.id);
    const invalid = (message: string): Error =>
      clusterError(
        'InvalidMaintenanceConfiguration',
        `Maintenance configuration '${given}': ${message}`,
        'maintenanceConfiguration',
        'InvalidParameter',
      );
    const name = ['default', ...scheduled].find((known) => known.toLowerCase() === given.toLowerCase());
    if (name === undefined) throw invalid(`the name must be default, ${scheduled.join(' or ')}.`);
    const window = properties.maintenanceWindow;
    if (name === 'default') {
      if (window !== undefined) throw invalid('maintenanceWindow is not for the name default.');
      return { put: [resourceOf(type, input, {}, properties)], delete: [] };
    }
    if (window === undefined) throw invalid('maintenanceWindow is required.');
    if (properties.timeInWeek !== undefined) throw invalid('timeInWeek is for the name default only.');
    const { durationHours, schedule, utcOffset } = membersOf(window);
    const hours = numberOf(durationHours) ?? 24;
    if (hours < 4 || hours > 24) throw invalid(`durationHours must be 4 to 24, not ${hours}.`);
    if (Object.values(membersOf(schedule)).filter((kind) => kind !== undefined).length !== 1) {
      throw invalid('the schedule must be one of daily, weekly, absoluteMonthly and relativeMonthly.');
    }
    const complete = {
      ...properties,
      maintenanceWindow: { ...membersOf(window), durationHours: hours, utcOffset: utcOffset ?? '+00:00' },
    };
    return { put: [resourceOf(type, input, {}, complete)], delete: [] };
  },
};
