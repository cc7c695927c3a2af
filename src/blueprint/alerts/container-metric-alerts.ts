/** An alert on what Container insights measures of a cluster. */
export interface ContainerMetricAlert {
  readonly name: string;
  readonly summary: string;
  /** `Insights.Container/<of>`. */
  readonly of: 'nodes' | 'pods' | 'containers' | 'persistentvolumes';
  readonly metric: string;
  readonly over?: number;
  readonly under?: number;
  /** A dimension with the values that count; `*` is each by itself. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly window: 'PT1M' | 'PT5M';
}

const node = { host: '*' } as const;
const controller = { 'kubernetes namespace': '*', controllerName: '*' } as const;

/**
 * The twelve of the reference implementation, which are Microsoft's recommended set. Metrics and dimensions: Microsoft, "Metric alert
 * rules in Container insights"; they were retired when managed Prometheus took their place.
 */
export const containerMetricAlerts: readonly ContainerMetricAlert[] = [
  {
    name: 'node-cpu-high',
    summary: 'A node has been busy above 80 percent for five minutes.',
    of: 'nodes',
    metric: 'cpuUsagePercentage',
    over: 80,
    dimensions: node,
    window: 'PT5M',
  },
  {
    name: 'node-memory-high',
    summary: 'A node has less than 20 percent of its memory left.',
    of: 'nodes',
    metric: 'memoryWorkingSetPercentage',
    over: 80,
    dimensions: node,
    window: 'PT5M',
  },
  {
    name: 'node-not-ready',
    summary: 'A node is not ready.',
    of: 'nodes',
    metric: 'nodesCount',
    over: 0,
    dimensions: { status: 'NotReady' },
    window: 'PT5M',
  },
  {
    name: 'pods-failed',
    summary: 'Pods have failed.',
    of: 'pods',
    metric: 'podCount',
    over: 0,
    dimensions: { phase: 'Failed' },
    window: 'PT5M',
  },
  {
    name: 'node-disk-high',
    summary: 'A disk of a node is more than 80 percent full.',
    of: 'nodes',
    metric: 'DiskUsedPercentage',
    over: 80,
    dimensions: { host: '*', device: '*' },
    window: 'PT5M',
  },
  {
    name: 'container-out-of-memory',
    summary: 'A container was killed for want of memory.',
    of: 'pods',
    metric: 'oomKilledContainerCount',
    over: 0,
    dimensions: controller,
    window: 'PT1M',
  },
  {
    name: 'container-restarts',
    summary: 'A container keeps restarting.',
    of: 'pods',
    metric: 'restartingContainerCount',
    over: 0,
    dimensions: controller,
    window: 'PT1M',
  },
  {
    name: 'pods-not-ready',
    summary: 'Less than 80 percent of the pods of a controller are ready.',
    of: 'pods',
    metric: 'PodReadyPercentage',
    under: 80,
    dimensions: controller,
    window: 'PT5M',
  },
  {
    name: 'container-cpu-high',
    summary: 'A container uses more than 90 percent of its CPU limit.',
    of: 'containers',
    metric: 'cpuExceededPercentage',
    over: 90,
    dimensions: controller,
    window: 'PT5M',
  },
  {
    name: 'container-memory-high',
    summary: 'A container uses more than 90 percent of its memory limit.',
    of: 'containers',
    metric: 'memoryWorkingSetExceededPercentage',
    over: 90,
    dimensions: controller,
    window: 'PT5M',
  },
  {
    name: 'jobs-stale',
    summary: 'A job finished more than six hours ago and is still there.',
    of: 'pods',
    metric: 'completedJobsCount',
    over: 0,
    dimensions: controller,
    window: 'PT1M',
  },
  {
    name: 'volume-high',
    summary: 'A volume is more than 80 percent full.',
    of: 'persistentvolumes',
    metric: 'pvUsageExceededPercentage',
    over: 80,
    dimensions: { podName: '*', kubernetesNamespace: '*' },
    window: 'PT5M',
  },
];
