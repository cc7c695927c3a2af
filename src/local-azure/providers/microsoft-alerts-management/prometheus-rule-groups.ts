import type { ResourceTypeProvider } from '../contract.ts';
import { listOf, membersOf, textOf, textsOf } from '../members.ts';
import { actionGroupIds, checkActionGroups, minutesOf } from '../microsoft-insights/alert-checks.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, requireFound } from '../service-checks.ts';

const type = 'Microsoft.AlertsManagement/prometheusRuleGroups';

/** Recording and alert rules on Prometheus metrics (learn.microsoft.com, Azure Monitor managed Prometheus: 20 rules a group, 1 to 15 minutes). */
export const prometheusRuleGroups: ResourceTypeProvider = {
  type,
  apiVersions: ['2023-09-01-preview', '2023-03-01', '2021-07-22-preview'],
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const scopes = textsOf(properties.scopes);
    const [account] = scopes;
    requireFound(context, account, 'Microsoft.Monitor/accounts');
    for (const scope of scopes.slice(1)) requireFound(context, scope, 'Microsoft.ContainerService/managedClusters');
    const every = minutesOf(properties.interval ?? 'PT1M');
    if (every === undefined || every < 1 || every > 15)
      throw badRequest('BadRequest', `The interval '${String(properties.interval)}' must be 1 to 15 minutes.`);
    const rules = listOf(properties.rules).map(membersOf);
    if (rules.length === 0 || rules.length > 20)
      throw badRequest('BadRequest', `A rule group has 1 to 20 rules, not ${rules.length}.`);
    for (const rule of rules) {
      const kinds = [textOf(rule.alert), textOf(rule.record)].filter((name) => name !== undefined);
      if (kinds.length !== 1) throw badRequest('BadRequest', 'A rule is an alert or a recording.');
      checkActionGroups(actionGroupIds(rule.actions), context);
    }
    const group = resourceOf(type, input, envelope, {
      ...properties,
      enabled: properties.enabled ?? true,
      interval: properties.interval ?? 'PT1M',
    });
    return { put: [group], delete: [] };
  },
};
