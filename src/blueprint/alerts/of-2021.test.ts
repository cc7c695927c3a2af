import { expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { partOf } from '../test-parts.ts';
import { dayOf2021, specOf2021 } from '../test-spec.ts';
import { containerMetricAlerts } from './container-metric-alerts.ts';
import { logAlertsOf2021 } from './log-alerts-of-2021.ts';
import { savedSearchesOf2021 } from './searches.ts';

/** Source: original-azure 4.5: the twelve metric alerts of the reference implementation, by namespace and window. */
test('the twelve metric alerts of the original, in its namespaces', () => {
  const by = (of: string) => containerMetricAlerts.filter((one) => one.of === of).length;
  expect([by('nodes'), by('pods'), by('containers'), by('persistentvolumes')]).toEqual([4, 5, 2, 1]);
  const quick = containerMetricAlerts.filter(({ window }) => window === 'PT1M').map(({ metric }) => metric);
  expect(quick).toEqual(['oomKilledContainerCount', 'restartingContainerCount', 'completedJobsCount']);
});

test('nothing asks a table that came after 2021', () => {
  // Tables of single services: Microsoft, "Azure Monitor Logs table reference"; they replaced AzureDiagnostics from 2022 on.
  const later = /\b(AZFW\w+|AGW\w+|AKS(Audit|AuditAdmin|ControlPlane)|AZKV\w+|NTANetAnalytics)\b/;
  const asked = [...logAlertsOf2021, ...savedSearchesOf2021];
  expect(asked.filter(({ query }) => later.test(query)).map(({ name }) => name)).toEqual([]);
  expect(logAlertsOf2021.length).toBeGreaterThan(10);
});

/** Original-azure C11: no alert of the original told anybody. */
test('each cluster has every alert, and each tells somebody', () => {
  const { resources } = partOf(buildBlueprint(specOf2021, { today: dayOf2021 }), 'alerts');
  const ofCluster = resources.filter(({ type }) => type === 'Microsoft.Insights/metricAlerts');
  expect(ofCluster).toHaveLength(containerMetricAlerts.length);
  for (const { key, type, properties } of resources.filter((one) => /Alerts|QueryRules/.test(one.type))) {
    expect(JSON.stringify(properties), `${type} ${key}`).toContain('monitoring/eastus2/action-group-');
  }
});
