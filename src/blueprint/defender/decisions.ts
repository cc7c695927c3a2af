import type { DecisionText } from '../draft.ts';

export const defenderDecisions: readonly DecisionText[] = [
  {
    id: 'defender-watches-clusters',
    title: 'Defender watches clusters and registries: sensor, agentless discovery, vulnerabilities of images',
    because:
      'The sensor sees processes of nodes and pods, which no log of Azure shows; images are assessed when they arrive and again when new vulnerabilities become known. One plan has replaced the two that the original turned on.',
    alternatives: [
      {
        option: 'The older plans for Kubernetes and registries',
        whyNot: 'They can no longer be turned on where this one is offered, and have no agentless discovery.',
      },
      { option: 'A scanner of our own alone', whyNot: 'It stays as a gate; it does not see what runs.' },
    ],
    controls: ['pci-dss-4.0.1:5.2.1', 'pci-dss-4.0.1:6.3.1', 'pci-dss-4.0.1:10.4.1', 'pci-dss-4.0.1:11.5.1'],
    provedBy: ['defender-plans-are-on'],
  },
  {
    id: 'defender-watches-the-control-plane',
    title: 'Defender watches vaults and Azure Resource Manager',
    because:
      'Reading many secrets from a new place, or changing the platform in unusual ways, are the steps by which a stolen identity shows itself. Only these plans see them.',
    alternatives: [
      {
        option: 'Queries of our own over the logs',
        whyNot: 'They know neither Microsoft’s intelligence nor a baseline.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.4.1', 'pci-dss-4.0.1:10.4.1.1', 'pci-dss-4.0.1:11.5.1'],
    provedBy: ['defender-plans-are-on'],
  },
  {
    id: 'defender-watches-machines',
    title: 'Defender for servers, plan 2, for nodes and jump boxes, without agents of its own',
    because:
      'Plan 2 scans disks from outside for malware, secrets and vulnerabilities: nothing runs on the machine that could be stopped there.',
    alternatives: [
      { option: 'Plan 1', whyNot: 'It needs an agent on each machine and does not scan from outside.' },
      {
        option: 'An antivirus product in the images',
        whyNot: 'It would have to be kept up to date inside the network.',
      },
    ],
    controls: ['pci-dss-4.0.1:5.2.1', 'pci-dss-4.0.1:5.2.2', 'pci-dss-4.0.1:5.3.2', 'pci-dss-4.0.1:11.3.1'],
    provedBy: ['defender-plans-are-on'],
  },
  {
    id: 'defender-watches-log-storage',
    title: 'Defender watches storage accounts; uploads are not scanned for malware',
    because:
      'The accounts hold flow logs, which somebody who covers tracks would read or try to delete. Only Azure writes there, so that scanning uploads would cost by the gigabyte and find nothing.',
    alternatives: [
      {
        option: 'Scan uploads too',
        whyNot: 'Every flow log would be scanned; turn it on with the first account that takes files.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.3.2', 'pci-dss-4.0.1:10.3.4'],
    provedBy: ['defender-plans-are-on'],
  },
  {
    id: 'posture-is-assessed',
    title: 'The posture plan assesses configuration, attack paths and sensitive data',
    because:
      'It joins what the single plans see into paths an attacker could take, and reports against PCI DSS for the whole subscription. Permissions management of Entra is a product of its own, and there are no managed APIs here: both extensions are off.',
    alternatives: [{ option: 'The free assessments', whyNot: 'They rate single settings and know no paths.' }],
    controls: ['pci-dss-4.0.1:6.3.1', 'pci-dss-4.0.1:11.3.1', 'pci-dss-4.0.1:12.5.2'],
    provedBy: ['defender-plans-are-on'],
  },
  {
    id: 'defender-plans-are-enforced',
    title: 'No resource can leave a Defender plan that its subscription has',
    because:
      'Plans can otherwise be turned off for a single resource by whoever owns it, and nothing in a list of plans would show it.',
    alternatives: [
      { option: 'Leave the choice to owners', whyNot: 'Monitoring is then as complete as its weakest owner.' },
    ],
    controls: ['pci-dss-4.0.1:5.3.5', 'pci-dss-4.0.1:10.7.2'],
    provedBy: ['defender-plans-are-on'],
  },
  {
    id: 'security-alerts-reach-people',
    title: 'Security alerts of every severity go to the security contacts, and to the owners of the subscription',
    because:
      'The original had no contact at all: alerts waited in the portal for somebody to look. Owners are told too, so that a spec without addresses does not mean silence.',
    alternatives: [{ option: 'High severity only', whyNot: 'The first steps of an attack are rated low or medium.' }],
    controls: ['pci-dss-4.0.1:10.4.1', 'pci-dss-4.0.1:12.10.1', 'pci-dss-4.0.1:12.10.5'],
    provedBy: ['security-contacts-are-named'],
  },
];
