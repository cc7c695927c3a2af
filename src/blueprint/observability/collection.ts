import type { Resource, Value } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import type { MonitoringRefs } from './refs.ts';

/** How machines and clusters of a region send what they see: an endpoint, rules, and a place for metrics. */
export function collection(context: BuildContext, refs: MonitoringRefs): Built {
  const { stage, deployment, group, region, tags } = refs.placement;
  const at = { stage, deployment, scope: { kind: 'resourceGroup', name: group }, location: region, tags } as const;
  const endpoint: Resource = {
    ...at,
    ...refs.endpoint,
    type: 'Microsoft.Insights/dataCollectionEndpoints',
    apiVersion: apiVersions.dataCollection,
    kind: 'Linux',
    properties: { networkAcls: { publicNetworkAccess: 'Disabled' } },
  };
  const metrics: Resource = {
    ...at,
    ...refs.metrics,
    type: 'Microsoft.Monitor/accounts',
    apiVersion: apiVersions.monitorAccounts,
    properties: { publicNetworkAccess: 'Disabled' },
  };
  const rule = (name: { readonly key: string; readonly name: string }, properties: Readonly<Record<string, Value>>) =>
    claimed(
      {
        ...at,
        ...name,
        type: 'Microsoft.Insights/dataCollectionRules',
        apiVersion: apiVersions.dataCollection,
        kind: 'Linux',
        properties: { dataCollectionEndpointId: idOf(endpoint), ...properties },
      },
      'agents-send-by-rule',
    );
  const logs = hubRefs(context, refs.region).workspace;
  const toWorkspace = { logAnalytics: [{ name: 'logs', workspaceResourceId: idOf(logs) }] };
  return joined(
    claimed(endpoint, 'agents-send-by-rule', 'logs-over-private-link'),
    claimed(metrics, 'metrics-by-prometheus', 'logs-over-private-link'),
    rule(refs.machineRule, {
      description: 'System log and load of machines',
      dataSources: {
        syslog: [
          {
            name: 'security',
            streams: ['Microsoft-Syslog'],
            facilityNames: ['auth', 'authpriv', 'audit'],
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
      destinations: toWorkspace,
      dataFlows: [{ streams: ['Microsoft-Syslog', 'Microsoft-Perf'], destinations: ['logs'] }],
    }),
    rule(refs.containerRule, {
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
      destinations: toWorkspace,
      dataFlows: [{ streams: containerStreams, destinations: ['logs'] }],
    }),
    rule(refs.prometheusRule, {
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
