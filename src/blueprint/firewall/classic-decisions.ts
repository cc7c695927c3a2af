import type { DecisionText } from '../draft.ts';

/** Of a firewall of the Standard tier, and of what leaves through it in 2021 alone. */
export const classicDecisions: readonly DecisionText[] = [
  {
    id: 'firewall-denies-known-threats',
    title: 'Azure Firewall Standard with rules of its own, which denies what threat intelligence names',
    because:
      'It is what the reference implementation of 2021 names. Threat intelligence is in deny mode, names are asked for at its proxy, and each rule has one kind of sender. It has no intrusion detection: PCI DSS 11.5.1 has to be met by something else, and the report says so.',
    alternatives: [
      {
        option: 'Premium with a policy',
        whyNot:
          'It is the better choice and that of profile `current`; this profile keeps the parts that the original names.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1'],
    provedBy: ['egress-by-name-only', 'internet-does-not-enter-the-hub', 'firewalls-deny-known-attacks'],
  },
  {
    id: 'flux-fetches-from-its-host',
    title: 'Flux reaches the host of its git repository',
    because:
      'The reference implementation keeps the configuration of the cluster on GitHub. Only pods of the system pool may reach it, where Flux runs.',
    alternatives: [
      {
        option: 'A signed artifact in the registry',
        whyNot: 'It needs no way out at all; profile `current` does that, Flux of 2021 could not.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:6.5.1'],
    provedBy: ['egress-by-name-only', 'egress-reaches'],
    assumptions: ['Whoever may write to the repository may change the cluster: its protection lies with the host.'],
  },
];
