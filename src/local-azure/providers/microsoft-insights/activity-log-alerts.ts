import type { ResourceTypeProvider } from '../contract.ts';
import { listOf, membersOf, textsOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { actionGroupIds, checkActionGroups, checkScopes } from './alert-checks.ts';

const type = 'Microsoft.Insights/activityLogAlerts';

/** Alerts on what is written to the activity log. */
export const activityLogAlerts: ResourceTypeProvider = {
  type,
  apiVersions: ['2026-01-01', '2023-01-01-preview', '2020-10-01', '2017-04-01'],
  location: 'global',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkScopes(textsOf(properties.scopes), context);
    const conditions = listOf(membersOf(properties.condition).allOf).map(membersOf);
    const hasCategory = conditions.some(
      ({ field, anyOf }) => field === 'category' || listOf(anyOf).some((item) => membersOf(item).field === 'category'),
    );
    if (conditions.length === 0 || !hasCategory) {
      throw badRequest('BadRequest', "The condition of an activity log alert must have the field 'category'.");
    }
    const { actionGroups } = membersOf(properties.actions);
    checkActionGroups(actionGroupIds(actionGroups), context);
    const alert = resourceOf(
      type,
      input,
      { ...envelope, location: 'global' },
      {
        ...properties,
        enabled: properties.enabled ?? true,
        actions: { actionGroups: actionGroups ?? [] },
      },
    );
    return { put: [alert], delete: [] };
  },
};
