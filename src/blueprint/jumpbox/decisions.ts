import type { DecisionText } from '../draft.ts';

export const jumpBoxDecisions: readonly DecisionText[] = [
  {
    id: 'image-from-pinned-tools',
    title: 'Tools in the image are named by version and digest; nothing that is fetched is run unseen',
    because:
      'A jump box administers the cardholder data environment. Each tool is fetched to a file, compared with its digest, and only then unpacked; packages come from signed mirrors whose key is compared too. The original piped install scripts into a shell, seven times, whatever they were on the day.',
    alternatives: [
      { option: 'Install scripts', whyNot: 'They run as root before anybody has looked at them.' },
      { option: 'The newest version', whyNot: 'Two builds of one day would differ, and nobody would know in what.' },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:11.5.2'],
    provedBy: ['image-tools-have-digests'],
    assumptions: [
      'The base is the publisher’s newest image of Ubuntu 24.04, patched by the build: its version is recorded with each run.',
    ],
  },
  {
    id: 'jump-box-is-hardened',
    title: 'The image allows no passwords, no root login, no forwarding; it audits changes and keeps its clock',
    because:
      'What is settled in the image need not be settled on the machine. A build is thrown away if a check at its end fails: an image that is not hard never reaches the gallery.',
    alternatives: [
      {
        option: 'A hardened image from the marketplace',
        whyNot: 'It carries a contract and a fee for each machine; it can be set as the base.',
      },
      {
        option: 'Harden machines after they start',
        whyNot: 'There is a time before, and a machine on which it failed.',
      },
    ],
    controls: ['pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:2.2.4', 'pci-dss-4.0.1:2.2.6', 'pci-dss-4.0.1:10.6.1'],
    provedBy: ['image-tools-have-digests'],
  },
  {
    id: 'image-builder-has-few-rights',
    title: 'The image builder’s identity may join two subnets and add versions to one gallery, and nothing else',
    because:
      'A build runs what it fetches. If that goes wrong it can add an image that somebody must still choose; it can change no network and no machine. The service makes the group in which it builds by itself, under a name that we give.',
    alternatives: [
      {
        option: 'Network Contributor and Contributor',
        whyNot: 'The original’s fallback: a build could then change the network it runs in.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:6.5.3'],
    provedBy: ['custom-roles-grant-no-wildcard-over-everything', 'no-broad-role-is-given'],
  },
  {
    id: 'images-in-a-gallery',
    title: 'Images are versions in a gallery, which forgets nothing at once',
    because:
      'A gallery has versions and regions, and keeps what is deleted for a week. The original made loose images that were named after the hour.',
    alternatives: [{ option: 'Managed images', whyNot: 'No versions, one region, no trusted launch.' }],
    controls: ['pci-dss-4.0.1:6.5.1', 'pci-dss-4.0.1:2.2.1'],
    provedBy: ['galleries-forget-nothing-at-once'],
  },
  {
    id: 'jump-boxes-boot-what-was-measured',
    title: 'Jump boxes start with secure boot and a virtual trust module, and attest it',
    because: 'A changed boot loader or kernel does not start, and Defender sees a machine that does not attest.',
    alternatives: [
      { option: 'Standard security', whyNot: 'What lies below the system is then trusted without a look.' },
    ],
    controls: ['pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:11.5.2'],
    provedBy: ['scale-sets-are-hard'],
  },
  {
    id: 'jump-box-without-public-address',
    title: 'Jump boxes have no public address and forward nothing',
    because:
      'Bastion is the way in and the firewall the way out. The machine connects two networks for people, never for packets.',
    alternatives: [{ option: 'A public address with a narrow rule', whyNot: 'The rule is one edit away from open.' }],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:2.2.7'],
    provedBy: ['no-machine-has-a-public-address', 'jump-boxes-are-reached-through-bastion-only'],
  },
  {
    id: 'people-sign-in-as-themselves',
    title: 'People sign in to jump boxes with their own account of Entra; there is no local account and no key',
    because:
      'Multi-factor sign-in, leaving, and reviews then count for jump boxes too, and the log names persons. Azure makes no machine without a key: the one given has no private half. The original had an administrator with a key that stood in its template, and users with keys in a file.',
    alternatives: [
      {
        option: 'Users with keys by cloud-init',
        whyNot: 'A key has no second factor, no end, and is found on the laptop of who has left.',
      },
    ],
    controls: [
      'pci-dss-4.0.1:8.2.1',
      'pci-dss-4.0.1:8.2.2',
      'pci-dss-4.0.1:8.4.2',
      'pci-dss-4.0.1:8.6.2',
      'pci-dss-4.0.1:7.2.1',
    ],
    provedBy: ['scale-sets-are-hard', 'no-broad-role-is-given'],
    assumptions: ['Bastion signs people in to Linux machines with Entra in the browser, where sessions are recorded.'],
  },
  {
    id: 'jump-box-keeps-nothing',
    title: 'Disks of jump boxes live on the encrypted host and end with the machine',
    because:
      'What somebody leaves on a jump box, a file or a token, is gone with the next image. Nothing of it is in a storage account that could be read or copied.',
    alternatives: [{ option: 'Managed disks', whyNot: 'They outlive the machine, and can be attached to another.' }],
    controls: ['pci-dss-4.0.1:3.2.1', 'pci-dss-4.0.1:3.5.1', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['scale-sets-are-hard'],
  },
  {
    id: 'jump-boxes-follow-the-image',
    title: 'A new version of the image replaces the machines, one after the other',
    because:
      'Patches reach jump boxes by a build that was checked, not by a package that was fetched at night. A machine that is not well is made anew from the same image.',
    alternatives: [
      {
        option: 'Patch machines in place',
        whyNot: 'After a year no two of them are alike, and neither is like the image.',
      },
    ],
    controls: ['pci-dss-4.0.1:6.3.3', 'pci-dss-4.0.1:2.2.1'],
    provedBy: ['scale-sets-are-hard'],
  },
];

/** Behind a Bastion that knows no Entra, and asks in the browser for a key. */
export const jumpBoxDecisionsBehindBasic: readonly DecisionText[] = jumpBoxDecisions.map((decision) =>
  decision.id === 'people-sign-in-as-themselves'
    ? {
        ...decision,
        assumptions: [
          'Bastion Basic asks for a key in the browser, and nobody has one: people get in once it is Standard, whose native client signs in with Entra.',
        ],
      }
    : decision.id === 'image-from-pinned-tools'
      ? {
          ...decision,
          assumptions: [
            'The base is the publisher’s newest image of Ubuntu 18.04, patched by the build: its version is recorded with each run.',
            'A template of 2021 does not build by itself: operations runs it (`az image builder run`) before the jump boxes are deployed.',
          ],
        }
      : decision,
);
