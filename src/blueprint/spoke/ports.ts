/**
 * Ports inside a cluster's network. Those of AKS's own: azure-aks-docs `api-server-vnet-integration` and
 * `outbound-rules-control-egress`; the others are listening ports of the components named, which the decisions mark as assumptions.
 */
export const ports = {
  https: '443',
  ssh: '22',
  dns: '53',
  time: '123',
  apiServer: ['443', '4443'],
  apiServerProbe: '9988',
  kubelet: '10250',
  /** Aggregated metrics API, admission of Gatekeeper, of workload identity. */
  webhooks: ['4443', '8443', '9443'],
  meshWebhook: '15017',
  meshControl: '15012',
  /** Envoy's and the application's metrics together. */
  meshMetrics: '15020',
  /** Flux, CoreDNS, the mesh's control plane, Envoy. */
  serviceMetrics: ['8080', '9153', '15014', '15020'],
  /** Kubelet, Cilium agent, Hubble, node exporter. */
  nodeMetrics: ['10250', '9962', '9965', '19100'],
  /** kube-proxy's health, and the health ports of services with local traffic policy. */
  loadBalancerProbes: ['10256', '30000-32767'],
  /** Where the workload listens. */
  workload: '8080',
  /** Where the ingress gateway's pods listen: a Gateway's pods have the ports of its listeners. */
  ingressPods: '443',
  gatewayManagement: '65200-65535',
} as const;
