import type { ResourceTypeProvider } from '../contract.ts';
import { listOf, membersOf, numberOf, textOf, textsOf } from '../members.ts';
import { resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, withIdentity } from '../service-checks.ts';
import { checkActionGroups, checkScopes, minutesOf } from './alert-checks.ts';

const type = 'Microsoft.Insights/scheduledQueryRules';
const frequencies = [1, 5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440];

/**
 * Alerts on log queries (REST reference, Scheduled Query Rules). Queries are not run and not checked against tables: Azure refuses one
 * that names a table which is not there, unless `skipQueryValidation` is set.
 */
export const scheduledQueryRules: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2026-03-01',
    '2025-01-01-preview',
    '2023-12-01',
    '2023-03-15-preview',
    '2022-08-01-preview',
    '2022-06-15',
    '2021-08-01',
    '2021-02-01-preview',
  ],
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkScopes(textsOf(properties.scopes), context);
    const isAlert = envelope.kind !== 'LogToMetric';
    const every = minutesOf(properties.evaluationFrequency);
    const window = minutesOf(properties.windowSize);
    if (isAlert && (every === undefined || !frequencies.includes(every))) {
      throw badRequest(
        'BadRequest',
        `The evaluation frequency '${String(properties.evaluationFrequency)}' is not valid.`,
      );
    }
    if (isAlert && (window === undefined || window > 2880))
      throw badRequest(
        'BadRequest',
        `The window size '${String(properties.windowSize)}' is not valid: 2 days at most.`,
      );
    const severity = numberOf(properties.severity);
    if (isAlert && (severity === undefined || severity < 0 || severity > 4))
      throw badRequest('BadRequest', `The severity must be 0 to 4, not ${String(properties.severity)}.`);
    const criteria = listOf(membersOf(properties.criteria).allOf).map(membersOf);
    if (criteria.length === 0) throw badRequest('BadRequest', 'A scheduled query rule has at least one criterion.');
    for (const { query, failingPeriods } of criteria) {
      const { minFailingPeriodsToAlert, numberOfEvaluationPeriods } = membersOf(failingPeriods);
      const [least, of] = [numberOf(minFailingPeriodsToAlert) ?? 1, numberOf(numberOfEvaluationPeriods) ?? 1];
      if (textOf(query) === undefined && envelope.kind !== 'LogToMetric')
        throw badRequest('BadRequest', 'A criterion has a query.');
      if (least > of || of > 6)
        throw badRequest('BadRequest', `At most 6 evaluation periods, of which at most all fail: ${least} of ${of}.`);
    }
    checkActionGroups(listOf(membersOf(properties.actions).actionGroups), context);
    const rule = resourceOf(
      type,
      input,
      { kind: 'LogAlert', ...withIdentity(input.id, envelope, context) },
      {
        ...properties,
        displayName: properties.displayName ?? input.name,
        enabled: properties.enabled ?? true,
        autoMitigate: properties.autoMitigate ?? properties.muteActionsDuration === undefined,
        createdWithApiVersion: input.apiVersion,
        isLegacyLogAnalyticsRule: false,
        isWorkspaceAlertsStorageConfigured: false,
      },
    );
    return { put: [rule], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
