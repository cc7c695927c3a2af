import type { BuildContext } from '../context.ts';
import type { DecisionText } from '../draft.ts';

export function gitopsDecisions({ spec }: BuildContext): readonly DecisionText[] {
  const waits =
    spec.gitops.signer === undefined
      ? ' The spec names no signer yet: Flux is installed, and its configuration is suspended until it does.'
      : '';
  return [
    ...fixed,
    {
      id: 'only-signed-configuration',
      title: 'Flux applies only what the signer of the spec has signed',
      because: `Whoever can push into the registry cannot thereby change the cluster: the signature is checked inside it, against a certificate that stands in the spec.${waits}`,
      alternatives: [
        { option: 'Trust the registry', whyNot: 'One stolen right would then change everything that runs.' },
        {
          option: 'Apply unsigned until there is a signer',
          whyNot: 'A start that nobody has released would be the first thing in the cluster.',
        },
      ],
      controls: ['pci-dss-4.0.1:6.5.1', 'pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:1.2.2'],
      provedBy: ['only-signed-configuration-is-applied'],
      assumptions: ['The extension takes signatures of the Notary Project (from 1.24.1 on), with values in base64.'],
    },
  ];
}

const fixed: readonly DecisionText[] = [
  {
    id: 'flux-as-an-extension',
    title: 'Flux as AKS’s extension, in its stable train',
    because: 'Microsoft supports the last three minor versions and keeps it at a supported one.',
    alternatives: [
      { option: 'Flux by manifest', whyNot: 'It would have to update itself, with rights on everything.' },
    ],
    controls: ['pci-dss-4.0.1:6.3.3', 'pci-dss-4.0.1:12.3.4'],
    provedBy: ['flux-is-kept-up-to-date'],
  },
  {
    id: 'flux-has-no-more-than-it-needs',
    title: 'Two of Flux’s controllers run, and sign in without a secret',
    because:
      'Sources and kustomizations are all that is used. The controllers for charts, notifications and images stay off, tenants are kept apart, and the source controller signs in as the account that its identity trusts.',
    alternatives: [{ option: 'All controllers', whyNot: 'Each holds rights on the whole cluster.' }],
    controls: ['pci-dss-4.0.1:2.2.4', 'pci-dss-4.0.1:8.6.2', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['flux-has-no-more-than-it-needs'],
  },
  {
    id: 'configuration-from-our-registry',
    title: 'The configuration comes from our live registry',
    because:
      'It takes the same way as images: quarantine, checks, signature, promotion. The cluster needs no way to a git host, and no key for one.',
    alternatives: [
      {
        option: 'Git over HTTPS or SSH',
        whyNot: 'A name to let out, a key to keep, and a host of somebody else’s that decides what runs.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:6.5.1', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['configuration-comes-from-our-registry'],
  },
  {
    id: 'what-is-not-declared-goes',
    title: 'What the configuration no longer names is removed, and what differs is put back',
    because: 'Every five minutes the cluster is compared with what was released. A change by hand does not last.',
    alternatives: [{ option: 'Add and change only', whyNot: 'What was once applied would stay for ever.' }],
    controls: ['pci-dss-4.0.1:1.2.8', 'pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:11.5.2'],
    provedBy: ['undeclared-objects-are-removed'],
  },
];
