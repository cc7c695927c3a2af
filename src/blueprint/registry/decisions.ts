import type { DecisionText } from '../draft.ts';

export const registryDecisions: readonly DecisionText[] = [
  {
    id: 'two-registries',
    title: 'Two registries for each cluster: quarantine, into which everything comes, and live, from which it runs',
    because:
      'An image is imported or built into quarantine, scanned there, and promoted with a signature. The cluster can pull from live only: what was not released cannot run, whatever a manifest says.',
    alternatives: [
      {
        option: 'One registry with two prefixes',
        whyNot:
          'One right, or one firewall rule, then covers both; the original did this and could only detect a pull from quarantine.',
      },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:6.5.1', 'pci-dss-4.0.1:6.5.3'],
    provedBy: ['clusters-start-from-a-registry-that-keeps', 'registry-readers-are-limited-to-repositories'],
  },
  {
    id: 'two-registries-instead-of-the-quarantine-flag',
    title: 'The registries’ own quarantine flag stays off',
    because: 'It is still a preview, and releases are decided by a signature that the cluster checks as well.',
    alternatives: [
      { option: 'The flag', whyNot: 'A preview has no support, and nothing outside the registry sees it.' },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:6.5.1'],
    provedBy: ['registries-use-no-preview'],
  },
  {
    id: 'live-registry-lets-nothing-out',
    title: 'Nothing can be exported from the live registry',
    because:
      'Images of the workload cannot be copied to a registry outside. Quarantine must be able to export, since promotion copies out of it; it holds nothing that is not public or about to be scanned.',
    alternatives: [{ option: 'Off on both', whyNot: 'Promotion itself would be refused.' }],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:6.5.1'],
    provedBy: ['clusters-start-from-a-registry-that-keeps'],
  },
  {
    id: 'registries-are-private',
    title: 'Registries have no public endpoint',
    because: 'They answer at private endpoints in the cluster’s network; a leaked token is of no use outside.',
    alternatives: [{ option: 'Allowed addresses', whyNot: 'Still a service on the Internet.' }],
    controls: ['pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:1.3.1'],
    provedBy: ['registries-are-private'],
  },
  {
    id: 'trusted-services-reach-registries',
    title: 'Trusted services of Azure reach the registries, tasks of other registries do not',
    because:
      'Defender must pull images to scan them, and the import of one registry into the other comes from Azure’s side. Each still needs a role. Tasks are left out of the exception: ours run in our network.',
    alternatives: [
      {
        option: 'No exception',
        whyNot: 'Neither registry would be scanned, nor could images be promoted.',
      },
    ],
    controls: ['pci-dss-4.0.1:6.3.1', 'pci-dss-4.0.1:11.3.1', 'pci-dss-4.0.1:1.2.5'],
    provedBy: ['registry-tasks-stay-in-the-network', 'registries-can-be-scanned'],
  },
  {
    id: 'registries-authorize-by-repository',
    title: 'Rights on registries are given by repository',
    because:
      'A reader’s right can name the repositories that it is for. Registries in this mode ignore the older roles for pulling and pushing, so that a forgotten one gives nothing.',
    alternatives: [{ option: 'Roles for the whole registry', whyNot: 'Each reader reads everything.' }],
    controls: ['pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:7.2.2'],
    provedBy: ['registries-authorize-by-repository', 'registry-readers-are-limited-to-repositories'],
  },
  {
    id: 'no-password-for-registries',
    title: 'Registries take Entra identities only: no administrator’s password, nobody anonymous',
    because:
      'A password is shared and leaves no name in the log. Tokens that were issued for Azure Resource Manager are still taken, since clusters whose images are pulled with them exist (Azure/AKS issue 4560).',
    alternatives: [
      { option: 'Anonymous pulls for bootstrapping', whyNot: 'The kubelet has an identity that can do it.' },
      {
        option: 'Tokens for registries only',
        whyNot: 'Right as soon as every node’s credential provider asks for them.',
      },
    ],
    controls: ['pci-dss-4.0.1:2.2.2', 'pci-dss-4.0.1:8.2.2', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['registries-take-identities-only'],
  },
  {
    id: 'registry-data-has-its-own-names',
    title: 'Layers come from names of the registry’s own',
    because:
      'Without data endpoints, layers come from shared storage names, and egress to storage of any customer would have to be open. Data endpoints and private endpoints need the Premium tier.',
    alternatives: [{ option: 'Shared storage names', whyNot: 'They are the best-known way to carry data out.' }],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.2.5'],
    provedBy: ['registries-have-data-endpoints'],
  },
  {
    id: 'registries-outlive-a-zone',
    title: 'Registries span availability zones',
    because: 'Nodes that replace those of a failed zone pull their images; they must find them.',
    alternatives: [{ option: 'One zone', whyNot: 'The cluster could not heal when it has to.' }],
    controls: ['pci-dss-4.0.1:10.7.2'],
    provedBy: ['registries-span-zones'],
  },
  {
    id: 'only-quarantine-forgets',
    title: 'Quarantine removes untagged manifests after 30 days, live removes nothing by itself',
    because:
      'What was not promoted in a month is not wanted. In live, images are named by digest and signatures have no tag: a clock would remove what runs, and the proof that it was released.',
    alternatives: [
      { option: 'The same for both', whyNot: 'A running image could vanish before its node is replaced.' },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:2.2.4'],
    provedBy: ['clusters-start-from-a-registry-that-keeps'],
  },
  {
    id: 'images-are-built-inside',
    title: 'Images are built by agents in the cluster’s network, into quarantine',
    because:
      'The agents’ way out passes the firewall like everything else, and they reach the registry at its private endpoint. They have no way to live.',
    alternatives: [
      { option: 'Shared agents', whyNot: 'They run outside every network of ours and would need a public registry.' },
    ],
    controls: ['pci-dss-4.0.1:6.5.1', 'pci-dss-4.0.1:1.3.2'],
    provedBy: ['registry-agents-stand-in-a-network'],
    assumptions: ['Task agent pools are a preview that not every region has.'],
  },
  {
    id: 'cluster-starts-from-our-registry',
    title: 'Nodes fetch AKS’s own images from our live registry, which caches Microsoft’s',
    because:
      'Nodes start and are replaced without reaching Microsoft’s registry, and images of the platform pass the same place, and the same log, as ours. AKS fixes the rule’s two paths.',
    alternatives: [
      { option: 'Direct', whyNot: 'Every node pulls from outside, and an outage there stops ours from healing.' },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:1.3.2'],
    provedBy: ['clusters-start-from-a-registry-that-keeps', 'bootstrap-cache-is-where-aks-looks'],
    assumptions: ['A registry with rights by repository fills its cache on the pull of a reader.'],
  },
];
