import type { DecisionText } from '../draft.ts';

export const alertDecisions: readonly DecisionText[] = [
  {
    id: 'alerts-reach-people',
    title: 'Every alert tells an action group: security or operations, and the owners of the subscription',
    because:
      'The original’s fifteen alerts had no action group: they turned a light on in a room without people. Owners are told besides, so that an empty list of contacts does not mean silence.',
    alternatives: [
      { option: 'One group for all', whyNot: 'Whoever gets everything reads nothing.' },
      {
        option: 'A ticket system',
        whyNot:
          'It is added to the group where there is one; its address may hold a secret, which no template carries.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.4.1.1', 'pci-dss-4.0.1:12.10.1', 'pci-dss-4.0.1:12.10.5'],
    provedBy: ['alerts-reach-somebody'],
  },
  {
    id: 'attacks-are-told',
    title: 'What firewall, web application firewall, vaults and Defender stop is told within minutes',
    because: 'A blocked attempt is followed by another that is not. Who is told of the first can look for the second.',
    alternatives: [
      { option: 'A daily review', whyNot: 'A day is long; automated review is required since March 2025.' },
    ],
    controls: ['pci-dss-4.0.1:10.4.1', 'pci-dss-4.0.1:10.4.1.1', 'pci-dss-4.0.1:11.5.1'],
    provedBy: ['alerts-reach-somebody'],
  },
  {
    id: 'changes-of-controls-are-told',
    title: 'Whoever changes a right, a policy, a network control, a record or a key is told of, whoever it is',
    because:
      'Changes go through deployments, whose time is known. One that comes at another time, or by hand, is either a mistake or an attack; both want somebody to look on the same day.',
    alternatives: [{ option: 'Tell only what is not a deployment', whyNot: 'A stolen identity can deploy too.' }],
    controls: [
      'pci-dss-4.0.1:10.2.1.2',
      'pci-dss-4.0.1:10.2.1.5',
      'pci-dss-4.0.1:1.2.8',
      'pci-dss-4.0.1:10.3.4',
      'pci-dss-4.0.1:11.5.2',
    ],
    provedBy: ['alerts-reach-somebody'],
  },
  {
    id: 'cluster-misuse-is-told',
    title: 'Shells in containers, secrets read by people, and administrators made inside a cluster are told',
    because:
      'In a cluster that is run from Git nobody needs any of them on an ordinary day. Reading secrets is seen only because the full audit log is kept, not the one for changes alone.',
    alternatives: [{ option: 'The audit log of changes', whyNot: 'It does not hold who read a secret.' }],
    controls: ['pci-dss-4.0.1:10.2.1.1', 'pci-dss-4.0.1:10.2.1.2', 'pci-dss-4.0.1:7.2.1'],
    provedBy: ['alerts-reach-somebody'],
  },
  {
    id: 'silence-is-told',
    title: 'Machines, firewalls, gateways and clusters that stop reporting are told of within the hour',
    because: 'A control that has failed says nothing. Its silence is what can be noticed.',
    alternatives: [{ option: 'Wait for somebody to miss the logs', whyNot: 'They are missed when they are needed.' }],
    controls: ['pci-dss-4.0.1:10.7.2', 'pci-dss-4.0.1:10.7.3'],
    provedBy: ['alerts-reach-somebody'],
  },
  {
    id: 'health-is-told',
    title: 'Load, failures and ends of certificates are told to operations',
    because:
      'What is about to fail can be mended in order; what has failed is mended in haste, and haste opens rules. The set is the original’s, on metrics that still exist.',
    alternatives: [{ option: 'The metrics of the original', whyNot: 'Their namespace is retired.' }],
    controls: ['pci-dss-4.0.1:10.7.2', 'pci-dss-4.0.1:3.7.4'],
    provedBy: ['alerts-reach-somebody'],
  },
  {
    id: 'events-are-related',
    title: 'Sentinel relates events over time and opens incidents',
    because:
      'A right given and a vault read are each harmless. One after the other by one person, within the hour, is how secrets are taken. Incidents are closed by somebody, with a reason.',
    alternatives: [
      {
        option: 'Alerts for single events',
        whyNot: 'They are either too many or silent about what happens in two steps.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.4.1', 'pci-dss-4.0.1:10.4.1.1', 'pci-dss-4.0.1:10.4.3', 'pci-dss-4.0.1:12.10.5'],
    provedBy: ['sentinel-is-on'],
  },
  {
    id: 'assessors-find-their-questions',
    title: 'What assessors ask of the logs stands beside them, as searches and on a page',
    because: 'Half-yearly reviews are done when they are a click. Each search names the requirement that it answers.',
    alternatives: [
      {
        option: 'Queries in a document',
        whyNot: 'They are copied, changed, and no longer the same by the next review.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.4.2', 'pci-dss-4.0.1:7.2.4', 'pci-dss-4.0.1:1.2.7'],
    provedBy: ['sentinel-has-questions'],
  },
];

/** What is said otherwise where Container insights collects. */
export const alertDecisionsOf2021: readonly DecisionText[] = alertDecisions.map((decision) =>
  decision.id === 'health-is-told'
    ? {
        ...decision,
        because:
          'What is about to fail can be mended in order; what has failed is mended in haste, and haste opens rules. The set is the original’s, which told nobody.',
        alternatives: [{ option: 'Managed Prometheus', whyNot: 'It came in 2022; profile `current` has it.' }],
      }
    : decision,
);
