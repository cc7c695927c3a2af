import type { ResourceTypeProvider } from '../contract.ts';
import { listOf, membersOf, numberOf, textsOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, withIdentity } from '../service-checks.ts';
import { actionGroupIds, checkActionGroups, checkScopes, minutesOf } from './alert-checks.ts';

const type = 'Microsoft.Insights/metricAlerts';

const frequencies = [1, 5, 15, 30, 60];
const windows = [1, 5, 15, 30, 60, 360, 720, 1440];

/** Alerts on metrics (REST reference, Metric Alerts: frequency and window values). Which metrics a resource has is not checked. */
export const metricAlerts: ResourceTypeProvider = {
  type,
  apiVersions: ['2026-01-01', '2024-03-01-preview', '2018-03-01'],
  location: 'global',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkScopes(textsOf(properties.scopes), context);
    const every = minutesOf(properties.evaluationFrequency);
    const window = minutesOf(properties.windowSize ?? properties.evaluationFrequency);
    if (every === undefined || !frequencies.includes(every))
      throw badRequest(
        'BadRequest',
        `The evaluation frequency '${String(properties.evaluationFrequency)}' is not valid.`,
      );
    if (window === undefined || !windows.includes(window) || window < every) {
      throw badRequest(
        'BadRequest',
        `The window size '${String(properties.windowSize)}' is not valid: it is at least the frequency.`,
      );
    }
    const severity = numberOf(properties.severity);
    if (severity === undefined || severity < 0 || severity > 4)
      throw badRequest('BadRequest', `The severity must be 0 to 4, not ${String(properties.severity)}.`);
    const criteria = listOf(membersOf(properties.criteria).allOf).map(membersOf);
    const names = criteria.map(({ name }) => String(name).toLowerCase());
    if (criteria.length === 0 || criteria.length > 5 || new Set(names).size < names.length) {
      throw badRequest('BadRequest', 'A metric alert has 1 to 5 criteria with names of their own.');
    }
    checkActionGroups(actionGroupIds(properties.actions), context);
    const alert = resourceOf(type, input, withIdentity(input.id, envelope, context), {
      ...properties,
      autoMitigate: properties.autoMitigate ?? true,
      actions: properties.actions ?? [],
    });
    return { put: [alert], delete: [] };
  },
};
