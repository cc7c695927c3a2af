import type { DecisionText } from '../draft.ts';
import { policyDecisions } from './decisions.ts';
import { defenderMendingDecisions } from './defender-mending.ts';

type Change = Partial<Pick<DecisionText, 'title' | 'because' | 'alternatives' | 'assumptions' | 'provedBy'>>;

/** What is said otherwise where the policies are those of December 2021. */
const changes: Readonly<Record<string, Change>> = {
  'clusters-are-private-by-policy': {
    title:
      'Policy denies clusters that are public, keep local accounts, or leave disks of nodes without our key or unencrypted',
    alternatives: [
      {
        option: 'Audit',
        whyNot: 'The original’s assignments were called denials and only audited: nobody is stopped by a report.',
      },
      {
        option: 'Today’s built-in definitions',
        whyNot: 'Nobody has published which of them were there on that day: ours deny in their place.',
      },
    ],
  },
  'clusters-are-denied-what-azure-only-audits': {
    title: 'Policies of our own deny clusters without policy add-on or Azure RBAC, or with run command',
    because:
      'Azure’s own definitions for these can only audit, so that a cluster without them would be deployed and then reported. The conditions are theirs; the effect is ours.',
  },
  'web-firewall-is-required-and-prevents': {
    title: 'Policy denies gateways whose web application firewall is missing, off, or only detects',
  },
  'vaults-are-guarded-by-policy': {
    title: 'Policy denies vaults that can be purged or that keep access policies',
    because:
      'Keys are destroyed by purging, and taken by changing an access policy. The original’s vault allowed both.',
    assumptions: [],
  },
  'workspaces-are-closed-by-policy': {
    title: 'Policy denies log workspaces with public endpoints',
  },
  'storage-is-closed-by-policy': {
    because: 'Storage accounts hold the flow logs, and are what people make by the way.',
    alternatives: [{ option: 'Leave it to the template', whyNot: 'Each is one switch in the portal.' }],
  },
  'watched-where-azure-cannot-deny': {
    title: 'Watchers are audited by policy, and proved with flow logs and security groups by the verifier',
  },
  'policies-act-through-named-identities': {
    because:
      'The original’s assignment had an identity without any role, so that nothing was ever mended. An identity that stands by itself can be given its role before the first remediation runs, and is seen in reviews. It may turn Defender plans on, and nothing else.',
  },
  'compliance-is-reported': {
    title: 'Microsoft’s PCI DSS 3.2.1 initiative is assigned to the subscription, as it is',
    alternatives: [
      { option: 'The initiative for 4.0.1', whyNot: 'That version of the standard came in 2024.' },
      {
        option: 'Change its effects to deny',
        whyNot: 'Then what is assigned is no longer what Microsoft documents and maintains.',
      },
    ],
    assumptions: ['Its three policies that mend machines lack the right here, and mend nothing.'],
  },
  'services-stay-inside-by-policy': {
    title:
      'Services and containers listen on known ports, services at internal addresses, and ingresses take HTTPS only',
  },
};

export const policyDecisionsOf2021: readonly DecisionText[] = [
  ...policyDecisions.map((decision) => ({ ...decision, ...changes[decision.id] })),
  ...defenderMendingDecisions,
];
