import { notModelled } from '../../service-errors.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { membersOf, numberOf, textOf } from '../members.ts';
import { minutesOf } from '../microsoft-insights/alert-checks.ts';
import { resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, requireFound, scopeOf } from '../service-checks.ts';

const type = 'Microsoft.SecurityInsights/alertRules';
const longest = 14 * 1440;

/**
 * Analytics rules of Sentinel on a workspace. Rules that ask a query by schedule are modelled; other kinds are refused by name.
 * Queries are not run. Limits: learn.microsoft.com, "Create scheduled analytics rules"; required: Microsoft.SecurityInsights/alertRules.
 */
export const alertRules: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2025-09-01',
    '2025-07-01-preview',
    '2025-06-01',
    '2025-03-01',
    '2024-09-01',
    '2024-03-01',
    '2023-11-01',
    '2023-02-01',
    '2022-11-01',
  ],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    if (envelope.kind !== 'Scheduled') throw notModelled(`an alert rule of kind '${String(envelope.kind)}'`);
    requireSentinel(scopeOf(input.id), context);
    for (const name of ['displayName', 'query', 'severity', 'triggerOperator', 'suppressionDuration']) {
      if (textOf(properties[name]) === undefined)
        throw badRequest('BadRequest', `Invalid data model. [${name}: Required]`);
    }
    for (const name of ['enabled', 'suppressionEnabled']) {
      if (typeof properties[name] !== 'boolean')
        throw badRequest('BadRequest', `Invalid data model. [${name}: Required]`);
    }
    const every = span('queryFrequency', properties.queryFrequency, 5);
    const period = span('queryPeriod', properties.queryPeriod, 5);
    if (period < every)
      throw badRequest('BadRequest', 'The query period must be as long as the query frequency or longer.');
    const threshold = numberOf(properties.triggerThreshold) ?? -1;
    if (threshold < 0 || threshold > 10_000)
      throw badRequest('BadRequest', `The trigger threshold must be 0 to 10000, not ${threshold}.`);
    const incidents = membersOf(properties.incidentConfiguration);
    const rule = resourceOf(
      type,
      input,
      { kind: 'Scheduled' },
      {
        ...properties,
        incidentConfiguration: { createIncident: true, ...incidents },
        eventGroupingSettings: properties.eventGroupingSettings ?? { aggregationKind: 'SingleAlert' },
      },
    );
    return { put: [rule], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

function requireSentinel(workspace: string, context: ProviderContext): void {
  requireFound(context, workspace, 'Microsoft.OperationalInsights/workspaces');
  const state = `${workspace}/providers/Microsoft.SecurityInsights/onboardingStates/default`;
  const [root, name = ''] = workspace.split('/providers/Microsoft.OperationalInsights/workspaces/');
  const solution = `${root}/providers/Microsoft.OperationsManagement/solutions/SecurityInsights(${name})`;
  if (context.view.get(state) !== undefined || context.view.get(solution) !== undefined) return;
  throw badRequest('BadRequest', `The workspace '${name}' is not onboarded to Microsoft Sentinel.`);
}

function span(name: string, given: unknown, least: number): number {
  const minutes = minutesOf(given);
  if (minutes !== undefined && minutes >= least && minutes <= longest) return minutes;
  throw badRequest('BadRequest', `'${name}' must be 5 minutes to 14 days, not '${String(given)}'.`);
}
