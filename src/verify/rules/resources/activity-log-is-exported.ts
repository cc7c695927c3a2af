import { missingRule } from './missing-rule.ts';
import { list, setting } from './resource-rule.ts';

const ofSubscription = /^\/subscriptions\/[^/]+\/providers\/microsoft\.insights\/diagnosticsettings\//;
const anywhere = '/providers/microsoft.insights/diagnosticsettings/';
const needed = ['Administrative', 'Security', 'Policy', 'Alert'];

export const activityLogIsExported = missingRule({
  id: 'activity-log-is-exported',
  statement: 'The activity log of the subscription is kept in a workspace',
  controls: ['10.2.1', '10.5.1'],
  about: (state) => state.resources.some(({ id }) => id.toLowerCase().includes(anywhere)),
  things: () => needed,
  fault(category, state) {
    const sent = state.resources
      .filter(({ id }) => ofSubscription.test(id.toLowerCase()))
      .filter((one) => setting(one, 'properties.workspaceId') !== undefined)
      .flatMap((one) => list(one, 'properties.logs'))
      .some(
        (log) =>
          setting(log, 'enabled') === true &&
          (setting(log, 'category') === category || setting(log, 'categoryGroup') === 'allLogs'),
      );
    return sent ? undefined : `${category} events of the subscription are not kept.`;
  },
});
