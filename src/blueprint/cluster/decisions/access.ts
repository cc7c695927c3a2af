import type { DecisionText } from '../../draft.ts';

/** Who may do what, and with which secrets. */
export const accessDecisions: readonly DecisionText[] = [
  {
    id: 'people-come-from-entra',
    title: 'People are known to the cluster by Entra only, and their rights are Azure roles',
    because:
      'There is no certificate that works without an identity. Rights inside the cluster are given, listed, time-limited and taken away where all others are; the group of the spec administers the cluster through two roles on it.',
    alternatives: [
      {
        option: 'A group that AKS makes administrator',
        whyNot: 'Its right is a setting of the cluster, and no access review shows it.',
      },
      {
        option: 'The cluster’s own accounts',
        whyNot: 'They have no multi-factor sign-in, and nobody knows who used them.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:8.2.1', 'pci-dss-4.0.1:8.4.2', 'pci-dss-4.0.1:2.2.2'],
    provedBy: ['clusters-know-entra-identities-only', 'role-assignments-say-why', 'no-broad-role-is-given'],
  },
  {
    id: 'no-commands-through-azure',
    title: 'Commands cannot be sent through Azure',
    because:
      'Azure Resource Manager offers to run commands in a private cluster from anywhere. That way is closed: it goes around Bastion, its recording, and the network.',
    alternatives: [
      { option: 'Leave it on for emergencies', whyNot: 'The jump boxes are there for emergencies, with a record.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.7', 'pci-dss-4.0.1:8.4.2'],
    provedBy: ['clusters-take-no-commands-through-azure'],
  },
  {
    id: 'cluster-acts-through-our-identities',
    title: 'The cluster and its nodes act through identities that were there before',
    because:
      'Their rights were given and could be reviewed before anything ran. They survive the cluster, and a new cluster needs no new rights.',
    alternatives: [
      { option: 'Identities that come with the cluster', whyNot: 'Keys and private zones need rights before it.' },
    ],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1'],
    provedBy: ['clusters-act-through-our-identities'],
  },
  {
    id: 'pods-have-identities',
    title: 'Pods sign in to Azure by the account that they run as',
    because:
      'The cluster vouches for a service account, and Entra gives a token for an hour. No secret is kept, and no pod gets the node’s identity.',
    alternatives: [
      {
        option: 'Secrets in the cluster',
        whyNot: 'They do not expire, and can be read by whoever reads the namespace.',
      },
      { option: 'Pod identities', whyNot: 'Out of support.' },
    ],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['pods-sign-in-by-their-account'],
  },
  {
    id: 'secrets-encrypted-in-the-store',
    title: 'Kubernetes’ store encrypts secrets with our key, over a private way',
    because:
      'The API server asks the vault before it can read a secret. It does so through an endpoint of its own, since it stands in our network.',
    alternatives: [
      {
        option: 'A vault that the API server reaches publicly',
        whyNot: 'The vault of all keys would have a public endpoint.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.5.1', 'pci-dss-4.0.1:3.6.1'],
    provedBy: ['cluster-secrets-are-encrypted-with-our-key'],
  },
  {
    id: 'secrets-come-from-the-vault',
    title: 'Pods mount secrets from the vault, and see renewals within minutes',
    because:
      'A certificate stays where its rights and its log are. Without rotation a renewed certificate would reach pods only when somebody restarts them, as it was in the original.',
    alternatives: [{ option: 'Kubernetes secrets', whyNot: 'A second copy with other rights and another log.' }],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:3.7.4', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['secrets-follow-the-vault'],
  },
  {
    id: 'node-group-is-locked',
    title: 'What AKS makes for the nodes cannot be changed by anybody else',
    because:
      'Scale sets and load balancers of the cluster stand in a group of AKS’s. Whoever changes one there goes around the cluster’s settings, its log and its repair.',
    alternatives: [
      { option: 'Leave the group open', whyNot: 'An extension or a port that is added there appears nowhere else.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.8', 'pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:6.5.1'],
    provedBy: ['node-groups-are-locked'],
  },
];
