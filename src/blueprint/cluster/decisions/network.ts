import type { DecisionText } from '../../draft.ts';

/** Where the cluster stands in the network. */
export const networkDecisions: readonly DecisionText[] = [
  {
    id: 'api-server-has-no-public-name',
    title: 'The API server is private, and known in our zone only',
    because:
      'It has no public address and no public name; its name stands in a zone of the hub’s, where operators look it up. Microsoft’s own switch for public access is left alone: with routes of our own it breaks the cluster (Azure/AKS issue 3690).',
    alternatives: [{ option: 'Allowed addresses on a public one', whyNot: 'Still a door to the Internet.' }],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:1.4.5'],
    provedBy: ['api-servers-are-private', 'api-server-is-reached-by-the-cluster-only'],
  },
  {
    id: 'api-server-is-ours-to-see',
    title: 'The API server stands in our network',
    because:
      'Nodes reach it directly instead of through a tunnel, so that rules see each connection; and only so can it reach a private vault.',
    alternatives: [{ option: 'Private link', whyNot: 'A tunnel from the nodes, and no key in a private vault.' }],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:3.6.1'],
    provedBy: ['api-servers-are-private', 'cluster-reaches-its-api-server'],
  },
  {
    id: 'pods-have-addresses-of-their-own',
    title: 'Pods have addresses of the network, from a range for each pool',
    because:
      'Security groups then see who sends, and can keep scopes apart. Pods of one pool come from one range, which the rules name.',
    alternatives: [
      { option: 'An overlay', whyNot: 'Groups see one shared range, or the node; they can then separate nothing.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.3.2'],
    provedBy: ['pools-of-different-scope-share-no-subnet', 'in-scope-pods-are-reached-by-few'],
  },
  {
    id: 'network-policy-by-cilium',
    title: 'Cilium enforces network policy, by name too',
    because:
      'Policies hold on the node, inside a subnet as well, and can name hosts outside. Its encryption between nodes stays off: it would leave security groups one port to look at; the mesh encrypts between pods.',
    alternatives: [
      { option: 'Azure’s or Calico’s policies', whyNot: 'Azure’s end in 2028; neither knows host names.' },
      { option: 'Rules for HTTP in Cilium', whyNot: 'The mesh has them, and AKS takes only one of the two.' },
      { option: 'Encryption between nodes', whyNot: 'Network groups would see nothing but its tunnel.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.3.2'],
    provedBy: ['clusters-enforce-network-policy'],
  },
  {
    id: 'cluster-egress-follows-the-routes',
    title: 'The cluster makes no way out of its own',
    because: 'No public address on a load balancer or node: whatever leaves follows the route to the firewall.',
    alternatives: [{ option: 'AKS’s own load balancer for egress', whyNot: 'It goes around the firewall.' }],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: ['clusters-make-no-way-out', 'egress-by-name-only'],
  },
  {
    id: 'one-way-in',
    title: 'A Gateway that the mesh runs is the only way in',
    because:
      'Routing add-ons stay off: they make a load balancer, with a public address by default, from an object that an application team writes. The Gateway API is on, since the mesh’s ingress is a Gateway; only the platform’s account may write one, and admission refuses it outside its namespace or without the mark of an internal load balancer.',
    alternatives: [
      { option: 'The routing add-on with NGINX', whyNot: 'Its patches end in November 2026.' },
      {
        option: 'The Istio add-on’s own ingress gateway',
        whyNot: 'It stands in a namespace of AKS, out of reach of our policies and quotas.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.4'],
    provedBy: ['clusters-have-one-way-in'],
  },
  {
    id: 'nodes-start-from-our-registry',
    title: 'Nodes start from our registry',
    because: 'What runs on a node from its first second came through a place of ours, and was logged there.',
    alternatives: [{ option: 'Microsoft’s registry', whyNot: 'Every new node depends on a service outside.' }],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:1.3.2'],
    provedBy: ['clusters-start-from-a-registry-that-keeps'],
  },
];
