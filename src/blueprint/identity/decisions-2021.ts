import type { DecisionText } from '../draft.ts';

/** Of identities and rights as Azure had them in 2021. */
export const identityDecisions2021: readonly DecisionText[] = [
  {
    id: 'nodes-pull-from-one-registry',
    title: 'Nodes may pull everything in the registry',
    because:
      'Quarantined and released images share a registry, as in the reference implementation, and Azure of 2021 has no right on a repository. What may run is decided by the admission policy, which names the prefix of released images.',
    alternatives: [
      {
        option: 'Two registries',
        whyNot: 'They keep quarantined images out of reach; profile `current` has them, the original has not.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.5'],
    provedBy: ['registries-are-private', 'no-broad-role-is-given'],
    assumptions: ['The admission policy refuses images that do not stand below live/.'],
  },
  {
    id: 'pods-have-assigned-identities',
    title: 'The ingress gets its identity from the pod identity add-on',
    because:
      'It is the add-on of 2021 by which a pod signs in without a secret. The identity is named to the cluster in a second step: the add-on refuses identities when the cluster is made.',
    alternatives: [
      {
        option: 'Workload identity',
        whyNot: 'It came later and replaced the add-on; profile `current` has it.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1'],
    provedBy: ['no-broad-role-is-given', 'role-assignments-say-why'],
  },
];
