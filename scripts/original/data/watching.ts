import { type OriginalRow, rowsOf } from '../row.ts';

const stamp = rowsOf('resource', 'cluster-stamp');
const alert = rowsOf('alert', 'cluster-stamp');
const diagnostics = rowsOf('diagnostic setting', 'hub, spokes and cluster-stamp');
const rule = (name: string): string => `alerts/eastus2/clusters#${name}`;

/** The original’s own metrics, of the cluster itself. */
const in2021 = (name: string) => ({ in2021: [`alerts/eastus2/cluster-01-${name}`] });

const ofCluster =
  'An alert on managed Prometheus: the metrics that the original’s alerts read are no longer collected. In 2021 they were.';

const groups = {
  bastion: ['hub/eastus2/nsg-bastion/diagnostics'],
  imageBuilder: ['image-spoke/nsg-imagebuilder/diagnostics', 'image-spoke/nsg-imagebuilder-containers/diagnostics'],
  'management-ops': ['spoke-01/nsg-management-ops/diagnostics', 'spoke-01/nsg-management-agents/diagnostics'],
  'system-nodepools': ['spoke-01/nsg-cluster-systemnodepool/diagnostics'],
  'is-nodepools': ['spoke-01/nsg-cluster-inscopenodepools/diagnostics'],
  'oos-nodepools': ['spoke-01/nsg-cluster-outofscopenodepools/diagnostics'],
  privatelinkendpoints: ['spoke-01/nsg-privatelinkendpoints/diagnostics'],
  aksilbs: ['spoke-01/nsg-cluster-ingressservices/diagnostics'],
  appgw: ['spoke-01/nsg-applicationgateway/diagnostics'],
  acragents: ['spoke-01/nsg-management-acragents/diagnostics'],
} as const;

/** Workspace, searches, alerts and diagnostic settings of the original. */
export const watchingRows: readonly OriginalRow[] = [
  stamp(
    'la-aks-H',
    'a workspace of the cluster, 90 days, open to the Internet',
    'hub/eastus2/workspace',
    'One workspace a region: an assessor asks one place, and firewall and cluster can be related.',
  ),
  stamp(
    'la-aks-H/AllPrometheus',
    'saved search',
    'monitoring/eastus2/metrics',
    'Metrics are asked in PromQL, in a workspace of their own.',
    { in2021: ['alerts/eastus2/search-metrics-of-prometheus'] },
  ),
  stamp(
    'la-aks-H/ForbiddenReponsesOnIngress',
    'saved search: refusals at the ingress',
    'alerts/eastus2/web-firewall-blocks-one-source',
    'An alert instead of a search that somebody must think of. In 2021 both.',
    { in2021: ['alerts/eastus2/search-refusals-at-the-ingress', 'alerts/eastus2/web-firewall-blocks-one-source'] },
  ),
  stamp(
    'la-aks-H/NodeRebootRequested',
    'saved search: kured’s wishes',
    'decision:patches-come-by-themselves',
    'Nodes are replaced with patched ones in their window; nothing asks for a reboot. In 2021 kured does.',
    { in2021: ['alerts/eastus2/search-nodes-that-want-a-restart'] },
  ),
  stamp(
    'ContainerInsights(la-aks-H)',
    'solution',
    'monitoring/eastus2/collection-rule-containers',
    'By a collection rule.',
    { in2021: ['hub/eastus2/workspace/ContainerInsights'] },
  ),
  stamp('VMInsights(la-aks-H)', 'solution', 'monitoring/eastus2/collection-rule-machines', 'By a collection rule.', {
    in2021: ['hub/eastus2/workspace/VMInsights'],
  }),
  stamp('SecurityInsights(la-aks-H)', 'solution: Sentinel', 'hub/eastus2/workspace/sentinel', undefined, {
    in2021: ['hub/eastus2/workspace/SecurityInsights'],
  }),
  stamp(
    'KeyVaultAnalytics(la-aks-H)',
    'solution',
    'cluster-01/vault/diagnostics',
    'The solution is retired; the vault’s log is in tables of its own.',
  ),
  stamp('AKS Security', 'workbook of Sentinel', 'alerts/eastus2/workbook', 'A workbook with what assessors ask.'),

  alert(
    'Image Imported into ACR from source other than approved Quarantine',
    'query, every 10 minutes',
    'alerts/eastus2/image-from-elsewhere-imported',
  ),
  alert('PodFailedScheduledQuery', 'query, every 5 minutes', 'alerts/eastus2/pods-keep-failing'),
  alert('AllAzureAdvisorAlert', 'every recommendation of Advisor', 'alerts/azure-recommends'),
  alert('CI-1', 'CPU of nodes above 80 %', rule('NodeCpuHigh'), ofCluster, in2021('node-cpu-high')),
  alert('CI-2', 'memory of nodes above 80 %', rule('NodeMemoryHigh'), ofCluster, in2021('node-memory-high')),
  alert('CI-3', 'nodes not ready', rule('NodeNotReady'), ofCluster, in2021('node-not-ready')),
  alert('CI-4', 'failed pods', rule('PodsFailed'), ofCluster, in2021('pods-failed')),
  alert('CI-5', 'disks above 80 %', rule('NodeDiskHigh'), ofCluster, in2021('node-disk-high')),
  alert(
    'CI-6',
    'containers killed for want of memory',
    rule('ContainerOutOfMemory'),
    ofCluster,
    in2021('container-out-of-memory'),
  ),
  alert('CI-7', 'restarting containers', rule('ContainerRestarts'), ofCluster, in2021('container-restarts')),
  alert('CI-8', 'less than 80 % of pods ready', rule('PodsNotReady'), ofCluster, in2021('pods-not-ready')),
  alert('CI-9', 'CPU of containers above 90 %', rule('ContainerCpuHigh'), ofCluster, in2021('container-cpu-high')),
  alert(
    'CI-10',
    'memory of containers above 90 %',
    rule('ContainerMemoryHigh'),
    ofCluster,
    in2021('container-memory-high'),
  ),
  alert('CI-11', 'jobs done for six hours', rule('JobsStale'), ofCluster, in2021('jobs-stale')),
  alert('CI-18', 'volumes above 80 %, disabled', rule('VolumeHigh'), 'On.', in2021('volume-high')),
  alert(
    'action groups',
    'none: every alert is silent',
    ['monitoring/eastus2/action-group-security', 'monitoring/eastus2/action-group-operations'],
    'Every alert reaches people.',
  ),
  alert('security contacts', 'none', 'defender/contact'),

  ...Object.entries(groups).map(([name, current]) =>
    diagnostics(
      `security group ${name}`,
      'events and rule counters to the hub’s workspace',
      current,
      undefined,
      // In 2021 a build has one subnet.
      name === 'imageBuilder' ? { in2021: ['image-spoke/nsg-imagebuilder/diagnostics'] } : {},
    ),
  ),
  diagnostics('vnet-LOC-hub', 'metrics', 'hub/eastus2/virtual-network/diagnostics'),
  diagnostics('vnet-spoke-00', 'metrics', 'image-spoke/virtual-network/diagnostics'),
  diagnostics('vnet-spoke-01', 'metrics', 'spoke-01/virtual-network/diagnostics'),
  diagnostics('ab-LOC', 'audit logs', 'hub/eastus2/bastion/diagnostics'),
  diagnostics('fw-LOC', 'all logs, metrics', 'hub/eastus2/firewall/diagnostics'),
  diagnostics('stnflLOC', 'transactions', 'monitoring/eastus2/flow-log-storage/diagnostics'),
  diagnostics('stnflLOC/blobs', 'reads, writes, deletions', 'monitoring/eastus2/flow-log-storage/blobs/diagnostics'),
  diagnostics('kv-aks-H', 'audit events, metrics', 'cluster-01/vault/diagnostics'),
  diagnostics(
    'acraksH',
    'repository and login events, metrics',
    ['cluster-01/registry-live/diagnostics', 'cluster-01/registry-quarantine/diagnostics'],
    undefined,
    { in2021: ['cluster-01/registry/diagnostics'] },
  ),
  diagnostics('apw-aks-H', 'access, performance and firewall logs', 'gateway-01/gateway/diagnostics'),
  diagnostics(
    'aks-H',
    'autoscaler, controller manager, kube-audit-admin, guard',
    'cluster-01/cluster/diagnostics',
    'kube-audit in full and the API server, too: who read a secret is on record.',
  ),
  diagnostics('public addresses', 'none', 'hub/eastus2/public-address-firewall-01/diagnostics'),
  diagnostics('jump boxes', 'none (agent only)', 'jump-boxes-01/scale-set/diagnostics'),
  diagnostics('workspaces', 'none', 'hub/eastus2/workspace/diagnostics', 'Who asked the logs is logged.'),
  diagnostics('activity log of the subscription', 'none', 'subscription/activity-log'),
  diagnostics('private endpoints', 'none', [], 'They have no logs, only metrics of bytes; flow logs show the traffic.'),
];
