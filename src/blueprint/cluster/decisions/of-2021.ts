import type { DecisionText } from '../../draft.ts';

const decision = (
  id: string,
  title: string,
  because: string,
  option: string,
  whyNot: string,
  controls: DecisionText['controls'],
  provedBy: DecisionText['provedBy'],
): DecisionText => ({ id, title, because, alternatives: [{ option, whyNot }], controls, provedBy });

/** Of clusters as AKS offered them in December 2021. */
export const clusterOf2021Decisions: readonly DecisionText[] = [
  decision(
    'version-of-2021',
    'Kubernetes 1.21.2 in the paid tier',
    'It is the version of the reference implementation. AKS supported it until July 2022; there was no long-term support.',
    'A newer version',
    'The components of this profile are those that went with 1.21.',
    ['pci-dss-4.0.1:6.3.3'],
    ['clusters-are-supported-for-long'],
  ),
  {
    ...decision(
      'pods-share-the-subnets-of-nodes',
      'Pods have addresses of their nodes’ subnets, and Azure’s own network policies',
      'AKS of 2021 had no subnets for pods that went with network policies. Each scope has node subnets of its own, but AKS supports no security group between the nodes of a cluster: between scopes, only network policies and the mesh decide.',
      'Pods in subnets of their own',
      'They let security groups keep the scopes apart; profile `current` has them.',
      ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.4'],
      ['clusters-enforce-network-policy', 'pools-of-different-scope-share-no-subnet'],
    ),
    assumptions: [
      'Security groups keep no pod of one scope from a pod of another: that is for network policies alone.',
    ],
  },
  decision(
    'nodes-are-renewed-by-kured',
    'Nodes get security updates every night, and kured restarts them',
    'AKS of 2021 installed updates on nodes and restarted none. kured, in the cluster, drains and restarts one at a time. Patches of Kubernetes come by the channel `patch`, which the original leaves off.',
    'A channel for the nodes’ system',
    'It came in 2023, and is what profile `current` has.',
    ['pci-dss-4.0.1:6.3.3'],
    ['clusters-patch-themselves'],
  ),
  decision(
    'nodes-keep-little',
    'The system disk of a node is on the machine itself, all disks are encrypted at the host, volumes with a key of ours',
    'What a node writes goes with it. Encryption at the host covers temporary disks and caches; volumes are encrypted through a set with our key. The original’s own cluster fails both of its policies on this.',
    'Keys of the platform alone',
    'We could neither rotate nor withdraw them.',
    ['pci-dss-4.0.1:3.5.1.2'],
    ['nodes-keep-nothing', 'cluster-disks-have-our-key'],
  ),
  decision(
    'cluster-sends-its-logs',
    'Container insights collects the cluster’s logs and metrics',
    'It is what the reference implementation has: its agent sends to the workspace of the hub and writes metrics with a right of its own.',
    'Managed Prometheus',
    'It came in 2022, and is what profile `current` has.',
    ['pci-dss-4.0.1:10.2.1', 'pci-dss-4.0.1:10.4.1.1'],
    ['clusters-are-watched'],
  ),
  decision(
    'mesh-is-open-service-mesh',
    'Open Service Mesh encrypts and authorizes traffic between pods',
    'It is the mesh of the reference implementation, as an add-on that AKS kept up to date.',
    'The Istio add-on',
    'It came in 2023, and is what profile `current` has.',
    ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:8.6.1'],
    [],
  ),
];
