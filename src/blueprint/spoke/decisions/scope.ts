import type { DecisionText } from '../../draft.ts';

/** How scopes are kept apart, and what leaves them. */
export const scopeDecisions: readonly DecisionText[] = [
  {
    id: 'one-spoke-a-cluster',
    title: 'Each cluster has a network of its own, with a subnet and a security group for each purpose',
    because:
      'What a subnet may do can then be read from its own group, and two clusters share nothing but the hub. Rules name ranges of the plan, never whole networks, so that a new subnet gets nothing by itself.',
    alternatives: [
      { option: 'One network for several clusters', whyNot: 'A mistake in one cluster’s rules opens the other.' },
      { option: 'One security group for all nodes', whyNot: 'It must allow what any of them needs.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.1', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.3'],
    provedBy: ['network-does-not-enter-other-spokes', 'spoke-does-not-enter-the-hub', 'gateway-reaches-the-ingress'],
  },
  {
    id: 'pods-in-subnets-of-their-own',
    title: 'Pods of each pool have a subnet, apart from nodes and from pods of other scopes',
    because:
      'Azure sees the addresses of pods only when they come from a subnet of the network. Then security groups can keep in-scope pods from out-of-scope ones, beneath and independent of what the cluster enforces itself. The subnets are delegated to AKS: it would do so itself, and a later deployment without it would try to take it away.',
    alternatives: [
      {
        option: 'Overlay network',
        whyNot: 'Pods of all pools share one range there, so that no security group can tell them apart.',
      },
      { option: 'Encryption between nodes', whyNot: 'Security groups would see only UDP between nodes.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.4', 'pci-dss-4.0.1:11.4.5'],
    provedBy: [
      'out-of-scope-pods-never-reach-in-scope-pods',
      'in-scope-pods-never-reach-out-of-scope-pods',
      'in-scope-pods-are-reached-by-few',
      'out-of-scope-pods-are-reached-by-few',
      'service-pods-are-reached-by-the-cluster-only',
    ],
    assumptions: ['AKS accepts pod subnets that are delegated to it before the cluster exists.'],
  },
  {
    id: 'workload-calls-cross-scopes-on-one-port',
    title: 'Calls of the workload that leave their scope pass on one port, in one direction',
    because:
      'The spec names each call between components. Where one goes from scope to scope, the security groups of both pod subnets let it through on the workload’s port, and network policies and the mesh narrow it to the two components, by label and by certificate. What calls an in-scope component is connected to the cardholder data environment: the evidence says so.',
    alternatives: [
      {
        option: 'All components in scope',
        whyNot: 'Then everything of theirs is assessed, and a hole in any of them lies next to card data.',
      },
      {
        option: 'Network policies alone',
        whyNot: 'Segmentation would hang on one mechanism, which anyone with rights in the cluster can change.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.4', 'pci-dss-4.0.1:11.4.5'],
    provedBy: [
      'workload-calls-in-scope-to-out-of-scope',
      'workload-calls-out-of-scope-to-in-scope',
      'out-of-scope-pods-never-reach-in-scope-pods',
      'in-scope-pods-never-reach-out-of-scope-pods',
    ],
    assumptions: ['The workload listens on 8080.'],
  },
  {
    id: 'pods-of-one-scope-share-a-subnet',
    title: 'Pods in one subnet reach each other as far as Azure is concerned',
    because:
      'They have one scope; which of them may talk is decided by network policies and the mesh, which know names and identities that a security group does not.',
    alternatives: [
      {
        option: 'A subnet for each service',
        whyNot: 'Pools, and with them subnets, would multiply with every service.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.1'],
    provedBy: ['pods-of-one-scope-reach-each-other'],
  },
  {
    id: 'ingress-calls-the-in-scope-workload',
    title: 'The ingress’s pods reach in-scope pods on the workload’s port',
    because:
      'The ingress runs in the platform’s pool, decrypts what Application Gateway sends, and hands it to the workload. No other port, and no out-of-scope pod.',
    alternatives: [
      {
        option: 'The ingress in the in-scope pool',
        whyNot: 'The mesh’s ingress tolerates no taint, and the pool would have to take whatever has none.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
    provedBy: ['ingress-calls-the-in-scope-workload', 'service-pods-reach-workloads-on-named-ports'],
    assumptions: [
      'The workload listens on 8080.',
      'The ingress’s pods run in the platform pool, which is thereby in scope for what it decrypts.',
    ],
  },
  {
    id: 'workload-pods-join-the-mesh',
    title: 'Workload pods reach the mesh’s control plane',
    because: 'Sidecars fetch their certificates and configuration from it on 15012; without it there is no mutual TLS.',
    alternatives: [
      {
        option: 'A control plane for each scope',
        whyNot: 'The add-on has one, and its authority must be the same for both.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
    provedBy: ['workload-pods-join-the-mesh', 'workload-pods-reach-the-mesh-only'],
    assumptions: ['The mesh’s control plane runs in the platform pool and serves sidecars on 15012.'],
  },
  {
    id: 'pods-ask-the-cluster-dns',
    title: 'Pods ask the cluster’s DNS for names, over UDP and TCP',
    because: 'It knows services, and asks the hub for the rest. Over TCP too, since long answers are cut off over UDP.',
    alternatives: [{ option: 'UDP only, as in the original', whyNot: 'A truncated answer fails.' }],
    controls: ['pci-dss-4.0.1:1.2.5'],
    provedBy: ['pods-resolve-in-the-cluster', 'workload-pods-ask-names-only', 'pods-do-not-ask-the-hub'],
  },
  {
    id: 'service-pods-read-metrics',
    title: 'Service pods read metrics of nodes, of each other, and of the workload’s sidecars',
    because:
      'The scaler, the metrics server and the collector of Azure Monitor pull from kubelets, Cilium, Hubble and node exporters, and from sidecars on 15020. Nothing in a workload pod may read them.',
    alternatives: [{ option: 'Agents that push', whyNot: 'The managed collector pulls.' }],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:10.7.2'],
    provedBy: [
      'metrics-are-read',
      'node-metrics-are-read',
      'platform-metrics-are-read',
      'system-metrics-are-read',
      'system-pods-reach-platform-pods-for-metrics-only',
      'platform-pods-reach-system-pods-for-metrics-and-names-only',
      'pods-reach-nodes-for-metrics-only',
      'system-pods-read-metrics-of-workloads-only',
      'platform-pods-read-metrics-of-out-of-scope-only',
    ],
    assumptions: [
      'Metrics are served by kubelet on 10250, Cilium on 9962, Hubble on 9965, node exporters on 19100, Flux on 8080, CoreDNS on 9153, the mesh on 15014 and 15020.',
    ],
  },
  {
    id: 'egress-by-name-at-the-firewall',
    title: 'Nodes and pods send HTTPS out of their subnet, and the firewall decides by name',
    because:
      'The addresses behind names change, so that a security group can only limit the port. The route leads to the firewall, whose rules know who may ask for which name.',
    alternatives: [
      { option: 'Service tags in security groups', whyNot: 'A tag opens a service for all customers’ accounts in it.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.2'],
    provedBy: ['egress-by-name-only', 'egress-on-named-ports-only', 'egress-reaches'],
  },
];
