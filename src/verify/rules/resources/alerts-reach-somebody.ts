import type { ArmResource } from '../../../model/resource.ts';
import type { State } from '../../../model/state.ts';
import { idKey } from '../../arm-view.ts';
import { missingRule } from './missing-rule.ts';
import { list, ofType, setting } from './resource-rule.ts';

const alertTypes = [
  'Microsoft.Insights/scheduledQueryRules',
  'Microsoft.Insights/activityLogAlerts',
  'Microsoft.Insights/metricAlerts',
  'Microsoft.AlertsManagement/prometheusRuleGroups',
];

/** The ids of the action groups that an alert names, in any of the four ways in which types name them. */
function groupsOf(alert: ArmResource): readonly string[] {
  const named = [
    ...list(alert, 'properties.actions.actionGroups'),
    ...list(alert, 'properties.actions'),
    ...list(alert, 'properties.rules').flatMap((rule) => list(rule, 'actions')),
  ];
  return named.flatMap((one) => {
    const id = typeof one === 'string' ? one : setting(one, 'actionGroupId');
    return typeof id === 'string' ? [idKey(id)] : [];
  });
}

const hears = (group: ArmResource): boolean =>
  setting(group, 'properties.enabled') === true &&
  [
    'emailReceivers',
    'armRoleReceivers',
    'webhookReceivers',
    'logicAppReceivers',
    'eventHubReceivers',
    'smsReceivers',
  ].some((receivers) => list(group, `properties.${receivers}`).length > 0);

const alerts = (state: State): readonly ArmResource[] => alertTypes.flatMap((type) => ofType(state, type));

export const alertsReachSomebody = missingRule({
  id: 'alerts-reach-somebody',
  statement: 'Every alert is on and tells an action group in which somebody is',
  controls: ['10.4.1.1', '10.7.2', '12.10.5'],
  about: (state) => alerts(state).length > 0,
  things: (state) => alerts(state).map(({ id }) => id),
  fault(id, state) {
    const alert = alerts(state).find((one) => one.id === id) as ArmResource;
    if (setting(alert, 'properties.enabled') === false) return `Alert ${alert.name} is off.`;
    const known = new Map(ofType(state, 'Microsoft.Insights/actionGroups').map((group) => [idKey(group.id), group]));
    const groups = groupsOf(alert);
    const reached = groups.some((one) => {
      const group = known.get(one);
      return group !== undefined && hears(group);
    });
    return reached ? undefined : `Alert ${alert.name} tells nobody.`;
  },
});
