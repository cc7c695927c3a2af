import type { Resource, Value } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import type { MonitoringRefs } from './refs.ts';

const endpointOf = ({ endpoint, placement }: MonitoringRefs): Resource => {
  const { stage, deployment, group, region, tags } = placement;
  return {
    ...endpoint,
    stage,
    deployment,
    scope: { kind: 'resourceGroup', name: group },
    location: region,
    tags,
    type: 'Microsoft.Insights/dataCollectionEndpoints',
    apiVersion: apiVersions.dataCollection,
    kind: 'Linux',
    properties: { networkAcls: { publicNetworkAccess: 'Disabled' } },
  };
};

/** A rule of what is sent, by way of the region's endpoint. */
function ruleOf(
  refs: MonitoringRefs,
  name: { readonly key: string; readonly name: string },
  properties: Readonly<Record<string, Value>>,
): Built {
  const endpoint = endpointOf(refs);
  const { stage, deployment, scope, location, tags } = endpoint;
  return claimed(
    {
      ...name,
      stage,
      deployment,
      scope,
      ...(location === undefined ? {} : { location }),
      ...(tags === undefined ? {} : { tags }),
      type: 'Microsoft.Insights/dataCollectionRules',
      apiVersion: apiVersions.dataCollection,
      kind: 'Linux',
      properties: { dataCollectionEndpointId: idOf(endpoint), ...properties },
    },
    'agents-send-by-rule',
  );
}

const toWorkspace = (context: BuildContext, { region }: MonitoringRefs): Value => ({
  logAnalytics: [{ name: 'logs', workspaceResourceId: idOf(hubRefs(context, region).workspace) }],
});

/** How machines of a region send what they see: an endpoint, and a rule. */
export function machineCollection(context: BuildContext, refs: MonitoringRefs): Built {
  return joined(
    claimed(endpointOf(refs), 'agents-send-by-rule', 'logs-over-private-link'),
    ruleOf(refs, refs.machineRule, {
      description: 'System log and load of machines',
      dataSources: {
        syslog: [
          {
            name: 'security',
            streams: ['Microsoft-Syslog'],
            // The API of 2021 knows no facility called audit.
            facilityNames: ['auth', 'authpriv', ...(context.spec.components.apiVersions === 'newest' ? ['audit'] : [])],
            logLevels: ['Debug', 'Info', 'Notice', 'Warning', 'Error', 'Critical', 'Alert', 'Emergency'],
          },
          {
            name: 'system',
            streams: ['Microsoft-Syslog'],
            facilityNames: ['cron', 'daemon', 'kern', 'syslog', 'user'],
            logLevels: ['Warning', 'Error', 'Critical', 'Alert', 'Emergency'],
          },
        ],
        performanceCounters: [
          {
            name: 'load',
            streams: ['Microsoft-Perf'],
            samplingFrequencyInSeconds: 60,
            counterSpecifiers: [
              'Processor(*)\\% Processor Time',
              'Memory(*)\\% Used Memory',
              'Logical Disk(*)\\% Used Space',
            ],
          },
        ],
      },
      destinations: toWorkspace(context, refs),
      dataFlows: [{ streams: ['Microsoft-Syslog', 'Microsoft-Perf'], destinations: ['logs'] }],
    }),
  );
}

/** How machines and clusters of a region send what they see: an endpoint, rules, and a place for metrics. */
export function collection(context: BuildContext, refs: MonitoringRefs): Built {
  const { stage, deployment, group, region, tags } = refs.placement;
  const at = { stage, deployment, scope: { kind: 'resourceGroup', name: group }, location: region, tags } as const;
  const metrics: Resource = {
    ...at,
    ...refs.metrics,
    type: 'Microsoft.Monitor/accounts',
    apiVersion: apiVersions.monitorAccounts,
    properties: { publicNetworkAccess: 'Disabled' },
  };
  return joined(
    machineCollection(context, refs),
    claimed(metrics, 'metrics-by-prometheus', 'logs-over-private-link'),
    ruleOf(refs, refs.containerRule, {
      description: 'Logs and inventory of containers',
      dataSources: {
        extensions: [
          {
            name: 'containers',
            extensionName: 'ContainerInsights',
            streams: containerStreams,
            extensionSettings: {
              dataCollectionSettings: {
                interval: '1m',
                namespaceFilteringMode: 'Off',
                enableContainerLogV2: true,
              },
            },
          },
        ],
      },
      destinations: toWorkspace(context, refs),
      dataFlows: [{ streams: containerStreams, destinations: ['logs'] }],
    }),
    ruleOf(refs, refs.prometheusRule, {
      description: 'Metrics of clusters',
      dataSources: { prometheusForwarder: [{ name: 'prometheus', streams: ['Microsoft-PrometheusMetrics'] }] },
      destinations: { monitoringAccounts: [{ name: 'metrics', accountResourceId: idOf(metrics) }] },
      dataFlows: [{ streams: ['Microsoft-PrometheusMetrics'], destinations: ['metrics'] }],
    }),
  );
}

/** Source: Microsoft, "Configure data collection in container insights using data collection rule", stream values. */
const containerStreams = [
  'Microsoft-ContainerLogV2',
  'Microsoft-KubeEvents',
  'Microsoft-KubePodInventory',
  'Microsoft-KubeNodeInventory',
  'Microsoft-InsightsMetrics',
];
