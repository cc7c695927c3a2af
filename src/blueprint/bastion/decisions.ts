import type { DecisionText } from '../draft.ts';

export const bastionDecisions: readonly DecisionText[] = [
  {
    id: 'bastion-security-group-as-documented',
    title: 'Bastion’s subnet lets through what Bastion documents, and nothing else',
    because:
      'Bastion stops receiving updates when one of its documented rules is missing. The two broad ones, to SSH and RDP of every peered network and between Bastion’s own parts, are narrowed at the other end: only jump boxes take SSH from Bastion, and no spoke sends to it.',
    alternatives: [
      {
        option: 'Leave RDP out, since every machine runs Linux',
        whyNot: 'Microsoft lists the rule as required; nothing in the spokes takes RDP.',
      },
      {
        option: 'Admit only known public addresses',
        whyNot: 'Worth doing where administrators have fixed addresses; sessions need multi-factor sign-in either way.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:2.2.7'],
    provedBy: [
      'bastion-takes-https-only',
      'bastion-sends-only-what-it-needs',
      'bastion-asks-azure-over-https',
      'bastion-opens-sessions-only',
      'bastion-is-reached-from-outside-only',
      'administrators-reach-bastion',
      'bastion-works',
      'bastion-checks-certificates',
      'bastion-hosts-reach-each-other',
      'load-balancer-probes-bastion',
      'load-balancer-probes-bastion-on-its-ports',
      'bastion-reaches-jump-boxes-only',
      'spoke-does-not-enter-the-hub',
      'image-spoke-does-not-enter-the-hub',
      'bastion-reaches-jump-boxes',
    ],
  },
  {
    id: 'sessions-are-recorded',
    title: 'Every administrative session is recorded',
    because:
      'Bastion Premium records what happens in a session, whoever has it. A record made outside the machine cannot be altered by whoever is root on it.',
    alternatives: [
      { option: 'Bastion Basic or Standard', whyNot: 'They record nothing.' },
      { option: 'Record on the jump box', whyNot: 'Whoever administers the jump box could stop or change the record.' },
    ],
    controls: ['pci-dss-4.0.1:10.2.1.2', 'pci-dss-4.0.1:2.2.7'],
    provedBy: ['bastions-record-sessions'],
  },
  {
    id: 'nothing-is-carried-out-of-a-session',
    title: 'No copy and paste, file transfer, tunnel, shareable link or free target address',
    because:
      'Each of these carries data past the recorded screen or opens a session that was not foreseen. Tunnels to native clients are also left out of recordings.',
    alternatives: [
      {
        option: 'Tunnels for native SSH clients',
        whyNot: 'Recording covers sessions in the browser only, and a tunnel moves files.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.4.2', 'pci-dss-4.0.1:1.2.5'],
    provedBy: ['bastions-carry-nothing-out'],
  },
  {
    id: 'bastion-with-a-public-address',
    title: 'Bastion is reached at a public address',
    because:
      'Without a VPN or ExpressRoute gateway a private Bastion is reached by nobody. The address takes HTTPS only, and every session begins with a sign-in at Entra.',
    alternatives: [
      {
        option: 'Private-only Bastion',
        whyNot: 'It needs a gateway into the hub, which this landing zone does not have.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.4.1', 'pci-dss-4.0.1:8.4.2'],
    provedBy: ['bastion-takes-https-only', 'administrators-reach-bastion'],
  },
  {
    id: 'bastion-without-recording',
    title: 'Bastion of the Basic tier: what people do in a session is not recorded',
    because:
      'In 2021 no tier recorded sessions. Who connected to what, and when, is in its log; what was typed is in that of the machine.',
    alternatives: [{ option: 'Premium', whyNot: 'It came in 2024, and is what profile `current` has.' }],
    controls: ['pci-dss-4.0.1:10.2.1'],
    provedBy: ['bastion-reaches-jump-boxes-only', 'what-logs-has-a-diagnostic-setting'],
  },
];
