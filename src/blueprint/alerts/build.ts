import type { Resource, Value } from '../../model/resource.ts';
import { stableId } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import { clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined, type PartDraft } from '../draft.ts';
import { idOf, subscriptionId } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import { type MonitoringRefs, monitoringRefs } from '../observability/refs.ts';
import { activityAlerts } from './activity-alerts.ts';
import { containerMetricAlerts } from './container-metric-alerts.ts';
import { alertDecisions, alertDecisionsOf2021 } from './decisions.ts';
import { incidentRules } from './incident-rules.ts';
import { logAlerts } from './log-alerts.ts';
import { logAlertsOf2021 } from './log-alerts-of-2021.ts';
import { metricAlerts } from './metric-alerts.ts';
import { savedSearches, savedSearchesOf2021 } from './searches.ts';
import { workbookText } from './workbook.ts';

type Audience = 'security' | 'operations';

/** Owners are told too where the spec names nobody. Source: Microsoft, "Azure built-in roles", Owner. */
const ownerRole = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/** Who hears what, and what is asked of the logs: in every region, and once for the subscription. */
export function buildAlerts(context: BuildContext): PartDraft {
  const regions = context.spec.hubs.map(({ region }, index) => alertsOf(context, region, index === 0));
  const { metrics } = context.spec.components;
  return { name: 'alerts', ...joined(...regions), decisions: questions[metrics].decisions, intents: [] };
}

/** What is asked of logs and of clusters, by what collects them. */
const questions = {
  'managed-prometheus': { logs: logAlerts, searches: savedSearches, decisions: alertDecisions },
  'container-insights': { logs: logAlertsOf2021, searches: savedSearchesOf2021, decisions: alertDecisionsOf2021 },
} as const;

type At = Pick<Resource, 'stage' | 'deployment' | 'scope'>;

function alertsOf(context: BuildContext, region: string, first: boolean): Built {
  const refs = monitoringRefs(context, region);
  const at: At = {
    stage: 'alerts',
    deployment: `alerts-${region}`,
    scope: { kind: 'resourceGroup', name: refs.placement.group },
  };
  return joined(
    actionGroup(context, refs, at, 'security'),
    actionGroup(context, refs, at, 'operations'),
    ...logAlertRules(context, refs, at),
    ...(context.spec.components.metrics === 'managed-prometheus'
      ? [metricAlertRules(context, refs, at)]
      : containerAlerts(context, refs, at)),
    ...(first ? activityAlertRules(context, refs, at) : []),
    ...searchesAndIncidents(context, region, at),
    workbook(context, refs, at),
  );
}

function actionGroup({ spec }: BuildContext, refs: MonitoringRefs, at: At, audience: Audience): Built {
  return claimed(
    {
      ...at,
      ...refs.actionGroups[audience],
      type: 'Microsoft.Insights/actionGroups',
      apiVersion: apiVersions.actionGroups,
      location: 'global',
      tags: refs.placement.tags,
      properties: {
        enabled: true,
        groupShortName: audience.slice(0, 12),
        emailReceivers: spec.contacts[audience].map((emailAddress, index) => ({
          name: `${audience}-${index + 1}`,
          emailAddress,
          useCommonAlertSchema: true,
        })),
        armRoleReceivers: [{ name: 'owners', roleId: ownerRole, useCommonAlertSchema: true }],
      },
    },
    'alerts-reach-people',
  );
}

function logAlertRules(context: BuildContext, refs: MonitoringRefs, at: At): readonly Built[] {
  const { workspace } = hubRefs(context, refs.region);
  return questions[context.spec.components.metrics].logs.map((alert) =>
    claimed(
      {
        ...at,
        key: `alerts/${refs.region}/${alert.name}`,
        type: 'Microsoft.Insights/scheduledQueryRules',
        apiVersion: apiVersions.scheduledQueryRules,
        name: context.naming.monitoring(`ar-${alert.name}`, refs.region),
        location: refs.region,
        tags: refs.placement.tags,
        kind: 'LogAlert',
        properties: {
          displayName: alert.title,
          description: `Decision ${alert.decision}`,
          severity: alert.severity,
          enabled: true,
          scopes: [idOf(workspace)],
          evaluationFrequency: alert.every,
          windowSize: alert.over,
          criteria: {
            allOf: [
              {
                criterionType: 'StaticThresholdCriterion',
                query: alert.query,
                timeAggregation: 'Count',
                operator: 'GreaterThan',
                threshold: alert.moreThan ?? 0,
                failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
              },
            ],
          },
          actions: { actionGroups: [idOf(refs.actionGroups[alert.tells])] },
          autoMitigate: false,
          // Tables appear with their first line; the rule must be there before.
          skipQueryValidation: true,
        },
      },
      alert.decision,
      'alerts-reach-people',
    ),
  );
}

function metricAlertRules(context: BuildContext, refs: MonitoringRefs, at: At): Built {
  return claimed(
    {
      ...at,
      key: `alerts/${refs.region}/clusters`,
      type: 'Microsoft.AlertsManagement/prometheusRuleGroups',
      apiVersion: apiVersions.prometheusRuleGroups,
      name: context.naming.monitoring('prg-clusters', refs.region),
      location: refs.region,
      tags: refs.placement.tags,
      properties: {
        description: 'Health of nodes, pods, containers and volumes. Decision health-is-told',
        enabled: true,
        scopes: [idOf(refs.metrics)],
        interval: 'PT1M',
        rules: metricAlerts.map(
          (alert): Value => ({
            alert: alert.alert,
            enabled: true,
            expression: alert.expression,
            for: alert.for,
            severity: alert.severity,
            annotations: { summary: alert.summary },
            resolveConfiguration: { autoResolved: true, timeToResolve: 'PT10M' },
            actions: [{ actionGroupId: idOf(refs.actionGroups.operations) }],
          }),
        ),
      },
    },
    'health-is-told',
    'alerts-reach-people',
  );
}

/** An alert for each metric of each cluster of the region: what Container insights measures is of the cluster itself. */
function containerAlerts(context: BuildContext, refs: MonitoringRefs, at: At): readonly Built[] {
  return context.spec.clusters
    .filter(({ region }) => region === refs.region)
    .flatMap((cluster) =>
      containerMetricAlerts.map((alert) =>
        claimed(
          {
            ...at,
            key: `alerts/${refs.region}/cluster-${cluster.name}-${alert.name}`,
            type: 'Microsoft.Insights/metricAlerts',
            apiVersion: apiVersions.metricAlerts,
            name: `${context.naming.cluster('ma', cluster.name)}-${alert.name}`,
            location: 'global',
            tags: refs.placement.tags,
            properties: {
              description: `${alert.summary} Decision health-is-told`,
              severity: 3,
              enabled: true,
              scopes: [idOf(clusterRefs(context, cluster).cluster)],
              evaluationFrequency: 'PT1M',
              windowSize: alert.window,
              targetResourceType: 'Microsoft.ContainerService/managedClusters',
              criteria: {
                'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria',
                allOf: [
                  {
                    criterionType: 'StaticThresholdCriterion',
                    name: alert.name,
                    metricNamespace: `Insights.Container/${alert.of}`,
                    metricName: alert.metric,
                    dimensions: Object.entries(alert.dimensions).map(([name, value]) => ({
                      name,
                      operator: 'Include',
                      values: [value],
                    })),
                    operator: alert.under === undefined ? 'GreaterThan' : 'LessThan',
                    threshold: alert.under ?? alert.over ?? 0,
                    timeAggregation: 'Average',
                    // Azure knows the metric once the agent has sent it.
                    skipMetricValidation: true,
                  },
                ],
              },
              actions: [{ actionGroupId: idOf(refs.actionGroups.operations) }],
            },
          },
          'health-is-told',
          'alerts-reach-people',
        ),
      ),
    );
}

function activityAlertRules(context: BuildContext, refs: MonitoringRefs, at: At): readonly Built[] {
  return activityAlerts.map((alert) =>
    claimed(
      {
        ...at,
        key: `alerts/${alert.name}`,
        type: 'Microsoft.Insights/activityLogAlerts',
        apiVersion: apiVersions.activityLogAlerts,
        name: `${context.naming.workload}-${alert.name}`,
        location: 'global',
        tags: refs.placement.tags,
        properties: {
          description: `${alert.title}. Decision ${alert.decision}`,
          enabled: true,
          scopes: [subscriptionId],
          condition: {
            allOf: [
              { field: 'category', equals: alert.category },
              ...(alert.operations === undefined
                ? []
                : [{ anyOf: alert.operations.map((one) => ({ field: 'operationName', equals: one })) }]),
            ],
          },
          actions: { actionGroups: [{ actionGroupId: idOf(refs.actionGroups[alert.tells]) }] },
        },
      },
      alert.decision,
      'alerts-reach-people',
    ),
  );
}

const workspaceType = 'Microsoft.OperationalInsights/workspaces';

function searchesAndIncidents(context: BuildContext, region: string, at: At): readonly Built[] {
  const { workspace, group } = hubRefs(context, region);
  const { metrics } = context.spec.components;
  const onWorkspace = { ...at, scope: { kind: 'resourceGroup', name: group } } as const;
  return [
    ...questions[metrics].searches.map(({ name, title, query }) =>
      claimed(
        {
          ...onWorkspace,
          key: `alerts/${region}/search-${name}`,
          type: `${workspaceType}/savedSearches`,
          apiVersion: apiVersions.workspaces,
          name: `${workspace.name}/${name}`,
          properties: { category: 'PCI DSS', displayName: title, query, version: 2 },
          oneAtATime: `alerts/${region}/searches`,
        },
        'assessors-find-their-questions',
      ),
    ),
    // In 2021 Sentinel is a solution on the workspace.
    ...(metrics === 'managed-prometheus' ? incidentRules : []).map((rule) =>
      claimed(
        {
          ...onWorkspace,
          key: `alerts/${region}/incident-${rule.name}`,
          type: `${workspaceType}/providers/alertRules`,
          apiVersion: apiVersions.sentinel,
          name: `${workspace.name}/Microsoft.SecurityInsights/${stableId(context, `${region}/${rule.name}`)}`,
          kind: 'Scheduled',
          properties: {
            displayName: rule.title,
            description: rule.description,
            enabled: true,
            severity: rule.severity,
            tactics: rule.tactics,
            query: rule.query,
            queryFrequency: 'PT1H',
            queryPeriod: 'PT5H',
            triggerOperator: 'GreaterThan',
            triggerThreshold: 0,
            suppressionEnabled: false,
            suppressionDuration: 'PT5H',
            incidentConfiguration: { createIncident: true },
          },
          oneAtATime: `alerts/${region}/incidents`,
        },
        'events-are-related',
      ),
    ),
  ];
}

function workbook(context: BuildContext, refs: MonitoringRefs, at: At): Built {
  const { searches, logs } = questions[context.spec.components.metrics];
  const { workspace } = hubRefs(context, refs.region);
  return claimed(
    {
      ...at,
      key: `alerts/${refs.region}/workbook`,
      type: 'Microsoft.Insights/workbooks',
      apiVersion: apiVersions.workbooks,
      // Workbooks are named by a UUID.
      name: stableId(context, `${refs.region}/workbook`),
      location: refs.region,
      tags: refs.placement.tags,
      kind: 'shared',
      properties: {
        displayName: `The record of ${context.naming.workload}, ${refs.region}`,
        category: 'sentinel',
        sourceId: idOf(workspace),
        serializedData: workbookText(searches, logs),
        version: '1.0',
      },
    },
    'assessors-find-their-questions',
  );
}
