import type { IdHandle } from '../../model/handle.ts';
import type { Resource, Value } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined, type PartDraft } from '../draft.ts';
import { subscriptionDecisions } from './decisions.ts';
import { networkWatcherGroup, resourceGroups } from './groups.ts';

/** The resource groups that other parts put something into or refer to, and the budget. */
export function buildSubscription(context: BuildContext, others: readonly Built[]): PartDraft {
  const used = usedGroups(others.flatMap(({ resources }) => resources));
  const groups = resourceGroups(context).filter(({ key, name }) => used.has(key) || used.has(name));
  return {
    name: 'subscription',
    ...joined(
      ...groups.map((resource) =>
        claimed(
          resource,
          'groups-follow-duties',
          ...(resource.name === networkWatcherGroup ? ['watchers-where-azure-puts-them'] : []),
        ),
      ),
    ),
    decisions: subscriptionDecisions,
    intents: [],
  };
}

/** Names of groups that resources go to, and keys of groups that they refer to. */
function usedGroups(resources: readonly Resource[]): ReadonlySet<string> {
  const ids = (value: Value | undefined): readonly string[] => {
    if (typeof value !== 'object' || value === null) return [];
    if (Array.isArray(value)) return value.flatMap(ids);
    if ('$handle' in value) return value.$handle === 'id' ? [(value as IdHandle).resource] : [];
    return Object.values(value as Readonly<Record<string, Value>>).flatMap(ids);
  };
  return new Set(
    resources.flatMap(({ scope, properties }) => [
      ...(scope.kind === 'resourceGroup' ? [scope.name] : []),
      ...ids(properties),
    ]),
  );
}

/** Shares of the month's amount at which people are told, and whether the amount is spent or foreseen. */
const thresholds = [
  { name: 'eighty-percent-spent', percent: 80, type: 'Actual' },
  { name: 'all-spent', percent: 100, type: 'Actual' },
  { name: 'more-than-all-foreseen', percent: 110, type: 'Forecasted' },
] as const;

/**
 * Tells people before the month's cost is a surprise. It needs the day: Azure takes a budget only from the first of the current month.
 */
export function buildBudget({ spec, naming, month }: BuildContext): PartDraft {
  const name = `budget-${naming.workload}`;
  const budget: Resource = {
    key: 'subscription/budget',
    stage: 'subscription',
    deployment: 'subscription',
    type: 'Microsoft.Consumption/budgets',
    apiVersion: apiVersions.budgets,
    name,
    scope: { kind: 'subscription' },
    properties: {
      category: 'Cost',
      amount: spec.budget.monthly,
      timeGrain: 'Monthly',
      timePeriod: { startDate: `${month}T00:00:00Z` },
      notifications: Object.fromEntries(
        thresholds.map((one) => [
          one.name,
          {
            enabled: true,
            operator: 'GreaterThan',
            threshold: one.percent,
            thresholdType: one.type,
            contactEmails: spec.contacts.operations,
            contactRoles: ['Owner'],
          },
        ]),
      ),
    },
  };
  return {
    name: 'budget',
    ...(month === undefined ? joined() : claimed(budget, 'cost-is-watched')),
    decisions: [
      {
        id: 'cost-is-watched',
        title: 'A monthly budget tells operations and owners at 80 percent, and when more than all is foreseen',
        because:
          'A cost that rises without a change of ours is often the first sign of misuse: machines that mine, logs that flood, data that leaves. Nothing is switched off by it.',
        alternatives: [
          {
            option: 'A spending limit that stops resources',
            whyNot: 'It would stop the systems that detect and record along with the rest.',
          },
          {
            option: 'Cost anomaly alerts alone',
            whyNot: 'They learn from weeks of history that a new subscription lacks.',
          },
        ],
        controls: ['pci-dss-4.0.1:10.4.1', 'pci-dss-4.0.1:12.10.5'],
        provedBy: ['budgets-tell-somebody'],
      },
    ],
    intents: [],
  };
}
