/** An alert on metrics of clusters, in the language of Prometheus. */
export interface MetricAlert {
  readonly alert: string;
  readonly summary: string;
  readonly expression: string;
  readonly for: string;
  readonly severity: 1 | 2 | 3;
}

const ofContainers = 'container!="",container!="POD"';

/** After the set that Microsoft recommends for AKS ("Recommended alert rules for Kubernetes clusters"); each of the original's has one. */
export const metricAlerts: readonly MetricAlert[] = [
  {
    alert: 'NodeCpuHigh',
    summary: 'A node has been busy above 80 percent for five minutes.',
    expression: '100 * (1 - avg by (cluster, instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))) > 80',
    for: 'PT5M',
    severity: 3,
  },
  {
    alert: 'NodeMemoryHigh',
    summary: 'A node has less than 20 percent of its memory left.',
    expression: '100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes) > 80',
    for: 'PT5M',
    severity: 3,
  },
  {
    alert: 'NodeDiskHigh',
    summary: 'A disk of a node is more than 80 percent full.',
    expression:
      '100 * (1 - node_filesystem_avail_bytes{fstype!~"tmpfs|overlay"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay"}) > 80',
    for: 'PT5M',
    severity: 3,
  },
  {
    alert: 'NodeNotReady',
    summary: 'A node is not ready.',
    expression: 'sum by (cluster, node) (kube_node_status_condition{condition="Ready",status="true"}) == 0',
    for: 'PT5M',
    severity: 1,
  },
  {
    alert: 'PodsFailed',
    summary: 'Pods have failed.',
    expression: 'sum by (cluster, namespace) (kube_pod_status_phase{phase="Failed"}) > 0',
    for: 'PT5M',
    severity: 3,
  },
  {
    alert: 'PodsNotReady',
    summary: 'Less than 80 percent of the pods of a controller are ready.',
    expression:
      'sum by (cluster, namespace, deployment) (kube_deployment_status_replicas_ready) / sum by (cluster, namespace, deployment) (kube_deployment_spec_replicas) < 0.8',
    for: 'PT5M',
    severity: 2,
  },
  {
    alert: 'ContainerOutOfMemory',
    summary: 'A container was killed for want of memory.',
    expression:
      'sum by (cluster, namespace, container) (kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} * on (namespace, pod, container) group_left () increase(kube_pod_container_status_restarts_total[10m])) > 0',
    for: 'PT1M',
    severity: 3,
  },
  {
    alert: 'ContainerRestarts',
    summary: 'A container keeps restarting.',
    expression: 'sum by (cluster, namespace, container) (increase(kube_pod_container_status_restarts_total[1h])) > 3',
    for: 'PT15M',
    severity: 3,
  },
  {
    alert: 'ContainerCpuHigh',
    summary: 'A container uses more than 90 percent of its CPU limit.',
    expression: `100 * sum by (cluster, namespace, pod, container) (rate(container_cpu_usage_seconds_total{${ofContainers}}[5m])) / sum by (cluster, namespace, pod, container) (kube_pod_container_resource_limits{resource="cpu"}) > 90`,
    for: 'PT5M',
    severity: 3,
  },
  {
    alert: 'ContainerMemoryHigh',
    summary: 'A container uses more than 90 percent of its memory limit.',
    expression: `100 * sum by (cluster, namespace, pod, container) (container_memory_working_set_bytes{${ofContainers}}) / sum by (cluster, namespace, pod, container) (kube_pod_container_resource_limits{resource="memory"}) > 90`,
    for: 'PT5M',
    severity: 3,
  },
  {
    alert: 'JobsStale',
    summary: 'A job finished more than six hours ago and is still there.',
    expression: 'count by (cluster, namespace) (time() - kube_job_status_completion_time > 21600) > 0',
    for: 'PT15M',
    severity: 3,
  },
  {
    alert: 'VolumeHigh',
    summary: 'A volume is more than 80 percent full.',
    expression: '100 * kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes > 80',
    for: 'PT15M',
    severity: 3,
  },
];
