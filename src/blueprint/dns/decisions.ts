import type { DecisionText } from '../draft.ts';

export const dnsDecisions: readonly DecisionText[] = [
  {
    id: 'dns-through-the-hub',
    title: 'Spokes resolve names through the hub’s firewall, and through nothing else',
    because:
      'DNS carries data out even where nothing else may pass. With the firewall’s proxy as the only resolver every question is logged and looked at, and names in the firewall’s network rules mean the same to client and firewall. Azure’s own resolver at 168.63.129.16 is exempt from security rules unless they name it by its tag, so each group of a spoke denies AzurePlatformDNS, and lets port 53 out to the firewall’s subnet only.',
    alternatives: [
      {
        option: 'Azure’s resolver in each spoke',
        whyNot:
          'It answers for every public name without a log that ties the question to its sender, and cannot be inspected.',
      },
      {
        option: 'Name the firewall’s own address in the security groups',
        whyNot:
          'Azure picks the address when the firewall is made. Its subnet holds nothing else, is known beforehand, reads the same in every review, and survives a new firewall.',
      },
      {
        option: 'Let every pod ask the hub',
        whyNot:
          'Pods ask the cluster’s own DNS in the system pods’ subnet, which asks the hub; no other pod needs a way there.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:10.2.1'],
    provedBy: [
      'platform-dns-is-closed',
      'hub-resolves-names',
      'firewall-answers-names-only',
      'pods-resolve-in-the-cluster',
      'pods-do-not-ask-the-hub',
      'image-spoke-platform-dns-is-closed',
      'hub-resolves-names-for-image-builds',
      'names-in-network-rules-resolve-at-the-firewall',
      'routed-networks-name-their-dns',
    ],
    assumptions: ['Container groups of the image builder take the resolver of their network.'],
  },
  {
    id: 'zones-in-the-hub',
    title: 'Each hub has its own private zones, linked to the hub',
    because:
      'The firewall’s proxy asks Azure’s resolver in the hub, so a zone that is linked there answers for every spoke. A set of zones a region keeps the loss of one region, or a mistake in one, from the other.',
    alternatives: [
      {
        option: 'Zones linked to every spoke',
        whyNot:
          'Spokes do not ask Azure’s resolver, so the links would change nothing but who may resolve when the rule is broken.',
      },
      {
        option: 'One global set of zones',
        whyNot: 'Both regions would then depend on one group and one team’s next change, for no name that they share.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: ['hub-resolves-names', 'private-endpoints-are-found-by-name', 'private-clusters-are-found-by-name'],
  },
  {
    id: 'registries-by-private-name',
    title: 'Registries are found at private endpoints',
    because:
      'Images come from our registries without a way to the public service, and nothing in the cluster can push to somebody else’s.',
    alternatives: [
      {
        option: 'Public endpoint through the firewall',
        whyNot: 'The firewall sees a host name, not whose registry it is once storage is involved.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:6.3.2'],
    provedBy: [
      'private-endpoints-take-https-only',
      'private-endpoints-are-reached',
      'what-is-private-has-an-endpoint',
      'private-endpoints-are-found-by-name',
    ],
  },
  {
    id: 'vaults-by-private-name',
    title: 'Vaults are found at private endpoints, by the gateway too',
    because:
      'Application Gateway reads its listener’s certificate through Azure’s resolver whatever its network says. The vault’s zone is therefore linked to the cluster’s network as well as to the hub: the one zone for which the hub’s link is not enough.',
    alternatives: [
      {
        option: 'A vault that also admits trusted Azure services',
        whyNot: 'It opens a public endpoint of the store that holds the private keys.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:3.6.1'],
    provedBy: [
      'gateway-reaches-the-vault',
      'private-endpoints-take-https-only',
      'what-is-private-has-an-endpoint',
      'private-endpoints-are-found-by-name',
    ],
    assumptions: [
      'Application Gateway with a public frontend resolves through 168.63.129.16 and honours private zones linked to its network.',
    ],
  },
  {
    id: 'api-server-by-private-name',
    title: 'The API server has a private name in a zone of ours, and no public one',
    because:
      'With the zone in the hub, jump boxes and agents find the API server, and nobody outside learns that it exists. AKS adds the link to the cluster’s own network itself when the cluster is made.',
    alternatives: [
      {
        option: 'A zone that AKS makes and owns',
        whyNot: 'It is linked to the cluster’s network only, where nobody asks Azure’s resolver.',
      },
      {
        option: 'A public name for the private address',
        whyNot: 'It tells the world the internal address of the API server.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:1.4.5'],
    provedBy: [
      'api-server-is-reached',
      'api-server-is-reached-by-the-cluster-only',
      'private-clusters-are-found-by-name',
    ],
  },
  {
    id: 'monitoring-by-private-name',
    title: 'Azure Monitor is reached at private endpoints, so that no firewall rule lets log data out',
    because:
      'Names of Azure Monitor are shared by all its customers: a rule that lets them out also lets data into a stranger’s workspace. Behind a private link scope they lead to our workspaces only, and an unknown name is not looked up outside.',
    alternatives: [
      {
        option: 'Allow *.ods.opinsights.azure.com and its siblings through the firewall',
        whyNot: 'Any workspace of any customer has such a name.',
      },
      {
        option: 'The service tag AzureMonitor in a network rule',
        whyNot: 'It opens the same way, and takes packets away from rules by name.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:10.3.2'],
    provedBy: ['egress-by-name-only', 'private-endpoints-are-reached', 'private-endpoints-are-found-by-name'],
    assumptions: [
      'Agents that are told of an Azure Monitor name before its private endpoint exists get no answer.',
      'Where outbound traffic is restricted Microsoft names the service tag AzureMonitor for diagnostics of Cilium; they are expected to go through the private link scope.',
    ],
  },
  {
    id: 'blob-zone-falls-back',
    title: 'Blob names that the private zone does not hold are looked up outside',
    because:
      'The private link scope of Azure Monitor needs the zone for blob storage. A zone that answers “there is none” for every other account would cut image builds off from their own storage, so its link redirects unknown names; the firewall still decides who may go there.',
    alternatives: [
      {
        option: 'The zone without the redirect',
        whyNot: 'Every storage account with a private endpoint elsewhere would vanish.',
      },
      {
        option: 'No zone for blobs',
        whyNot: 'Agents of Azure Monitor fetch their configuration packs from blob storage.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5'],
    provedBy: ['image-builds-reach-by-name', 'private-endpoints-are-found-by-name'],
    assumptions: ['The private link scope needs the blob zone for the agents in use.'],
  },
];
