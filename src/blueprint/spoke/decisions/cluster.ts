import type { DecisionText } from '../../draft.ts';

/** What AKS itself needs on its subnets. */
export const clusterDecisions: readonly DecisionText[] = [
  {
    id: 'nodes-open-to-each-other',
    title: 'Nodes of one cluster are open to each other, on every port',
    because:
      'Microsoft does not support blocking traffic within a cluster’s own node network. Scopes are separated between pod subnets instead, and by network policy and the mesh above them. Nothing outside the cluster reaches a node.',
    alternatives: [
      { option: 'Rules between node pools', whyNot: 'Unsupported: the cluster may stop working after any upgrade.' },
      {
        option: 'A cluster for each scope',
        whyNot: 'The strongest separation; the list of clusters in the spec is the way to it.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
    provedBy: ['nodes-reach-each-other', 'nodes-are-reached-by-the-cluster-only'],
  },
  {
    id: 'nodes-reach-pods',
    title: 'Nodes reach pods of the cluster',
    because:
      'Kubelets probe pods of their own node without leaving it, but components on the host’s network speak to pods elsewhere. Since it cannot be told which will, all nodes may: nodes of the out-of-scope pool are thereby connected to in-scope pods, and are assessed as such. The way back is closed but for metrics.',
    alternatives: [
      {
        option: 'Only nodes of the same pool',
        whyNot:
          'It would rest on knowledge of add-ons that Microsoft does not give, and it is the node that must be trusted anyway.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
    provedBy: ['nodes-reach-pods', 'nodes-are-reached-by-the-cluster-only', 'in-scope-pods-are-reached-by-few'],
    assumptions: ['Workload pods use no host network: admission denies it.'],
  },
  {
    id: 'api-server-in-the-network',
    title: 'The API server stands in a delegated subnet of the network',
    because:
      'Nodes reach it without a tunnel and without leaving the network, and its way to nodes and webhooks can be limited like any other. Only AKS may put anything into the subnet.',
    alternatives: [
      {
        option: 'Private link',
        whyNot:
          'The API server reaches nodes through a tunnel that no rule sees into, and encryption with a private vault is not possible.',
      },
      { option: 'Public endpoint with allowed addresses', whyNot: 'Still a door to the Internet.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: [
      'api-server-is-reached',
      'api-server-is-reached-by-the-cluster-only',
      'internet-reaches-the-gateway-only',
    ],
  },
  {
    id: 'cluster-reaches-its-api-server',
    title: 'Nodes and pods of the cluster reach the API server on 443 and 4443',
    because:
      'Both ports are documented for an API server in the network. Pods need it too: controllers, sidecars and admission.',
    alternatives: [
      { option: 'Nodes only', whyNot: 'Pods come from subnets of their own, and controllers would fail.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5'],
    provedBy: ['cluster-reaches-its-api-server', 'api-server-takes-its-ports-only'],
  },
  {
    id: 'api-server-calls-kubelets',
    title: 'The API server calls kubelets on 10250',
    because: 'Logs, metrics and shells into containers go that way.',
    alternatives: [{ option: 'Closed', whyNot: 'kubectl logs would fail, for incident response too.' }],
    controls: ['pci-dss-4.0.1:1.2.5'],
    provedBy: ['api-server-calls-kubelets', 'api-server-calls-named-ports-only'],
    assumptions: ['With an API server in the network, its calls to kubelets come from its subnet.'],
  },
  {
    id: 'api-server-calls-webhooks',
    title: 'The API server calls webhooks and aggregated services of service pods, on named ports',
    because:
      'Admission control, workload identity, the metrics API and the mesh’s injection answer the API server from pods. Without the way there, admission fails open or the cluster stands still. No workload pod is called.',
    alternatives: [
      { option: 'Every port of every pod', whyNot: 'The API server could then be used as a proxy into the workload.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
    provedBy: [
      'api-server-calls-webhooks',
      'api-server-calls-the-mesh',
      'api-server-calls-webhook-ports-only',
      'api-server-does-not-call-workloads',
    ],
    assumptions: ['The metrics API listens on 4443, Gatekeeper on 8443, workload identity on 9443, the mesh on 15017.'],
  },
  {
    id: 'api-server-instances-share-a-subnet',
    title: 'Within its subnet the API server is not limited',
    because: 'The subnet holds the internal load balancer and the instances behind it, all AKS’s own.',
    alternatives: [
      { option: 'Deny within the subnet', whyNot: 'How the instances speak to their load balancer is not documented.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5'],
    provedBy: ['api-server-instances-reach-each-other', 'api-server-is-reached-by-the-cluster-only'],
    assumptions: ['Instances of the API server and their load balancer speak to each other inside the subnet.'],
  },
  {
    id: 'load-balancer-probes',
    title: 'Azure’s load balancer probes nodes and the API server',
    because:
      'Without an answer to its probes the load balancer takes nodes out of service. Probes come from Azure’s own address only; services with local traffic policy have a health port of their own each.',
    alternatives: [
      { option: 'Every port from the load balancer', whyNot: 'Its tag carries probes only, but the ports are known.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5'],
    provedBy: [
      'load-balancer-probes-nodes',
      'load-balancer-probes-nodes-on-few-ports',
      'load-balancer-probes-the-api-server',
      'load-balancer-probes-the-api-server-on-one-port',
    ],
    assumptions: ['Probes go to 10256 and to health ports in the range of node ports.'],
  },
];
