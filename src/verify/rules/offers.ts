/** What Azure has not always offered, and since which day a rule can ask for it. */
export interface Offer {
  /** What people call it. */
  readonly what: string;
  /** The first day, ISO. Of the pages that name one, the earliest release that has it; where no release says so, the day of the first version of the API. */
  readonly day: string;
  readonly source: string;
}

const cluster = (release: string): string => `release history of azure-mgmt-containerservice, ${release}`;

/** By name, in the order of their days. */
export const offers = {
  'predefined TLS policies of 2022': {
    what: 'The predefined TLS policies of application gateways with TLS 1.3',
    day: '2022-01-01',
    source:
      'Microsoft.Network/applicationGateways, API version 2022-01-01: AppGwSslPolicy20220101S; 2020-11-01 lacks it',
  },
  'checks of built images': {
    what: 'Checks of an image before it is given out',
    day: '2022-02-14',
    source: 'Microsoft.VirtualMachineImages/imageTemplates, API version 2022-02-14: properties.validate',
  },
  'logs sent with an identity': {
    what: 'Logs of clusters sent with an identity, not with the workspace’s key',
    day: '2022-04-01',
    source: 'release history of the Azure CLI, 2.35.0: aks enable-addons --enable-msi-auth-for-monitoring',
  },
  'subnets for pods': {
    what: 'Pods with subnets of their own',
    day: '2022-04-01',
    source: 'release history of the Azure CLI, 2.35.0: aks create --pod-subnet-id',
  },
  'workload identity': {
    what: 'Workload identity of clusters',
    day: '2022-04-15',
    source: cluster('19.0.0: ManagedClusterSecurityProfile.workload_identity'),
  },
  'application routing': {
    what: 'The profile in which a cluster’s own ways in are turned off',
    day: '2022-04-15',
    source: cluster('19.0.0: ManagedCluster.ingress_profile'),
  },
  'API server in a network': {
    what: 'API servers inside a subnet of ours',
    day: '2022-05-13',
    source: cluster('19.1.0: ManagedClusterAPIServerAccessProfile.enable_vnet_integration'),
  },
  'private vault for KMS': {
    what: 'Encryption of a cluster’s secrets with a key in a private vault',
    day: '2022-06-09',
    source: cluster('20.0.0: AzureKeyVaultKms.key_vault_network_access'),
  },
  'choice of storage drivers': {
    what: 'The choice of a cluster’s storage drivers',
    day: '2022-06-09',
    source: cluster('19.1.0: ManagedCluster.storage_profile, 20.0.0: blob_csi_driver'),
  },
  'Defender’s sensor': {
    what: 'Defender’s sensor in the cluster’s security profile',
    day: '2022-06-09',
    source: cluster('20.0.0: ManagedClusterSecurityProfile.defender'),
  },
  'identities of encryption sets': {
    what: 'Disk encryption sets that act through an identity of ours',
    day: '2022-06-09',
    source: 'release history of azure-mgmt-compute, 27.1.0: EncryptionSetIdentity.user_assigned_identities',
  },
  'rotation policy of keys': {
    what: 'Keys that a vault renews by itself',
    day: '2022-08-10',
    source: 'release history of azure-mgmt-keyvault, 10.1.0: KeyProperties.rotation_policy',
  },
  'image cleaner': {
    what: 'The image cleaner of clusters',
    day: '2022-08-26',
    source: cluster('20.3.0: ManagedClusterSecurityProfile.image_cleaner'),
  },
  'managed Prometheus': {
    what: 'Metrics of clusters in managed Prometheus',
    day: '2022-08-26',
    source: cluster('20.3.0: ManagedCluster.azure_monitor_profile'),
  },
  'patches of nodes': {
    what: 'A channel by which nodes patch their system, and windows for it and for upgrades',
    day: '2022-12-15',
    source: cluster('21.0.0: node_os_upgrade_channel and MaintenanceConfiguration.maintenance_window'),
  },
  'locked node groups': {
    what: 'Locks on the resource group of a cluster’s nodes',
    day: '2022-12-30',
    source: cluster('21.1.0: ManagedCluster.node_resource_group_profile'),
  },
  'flow logs of networks': {
    what: 'Flow logs of virtual networks',
    day: '2023-03-20',
    source: 'release history of azure-mgmt-network, 22.3.0: VirtualNetwork.flow_logs',
  },
  Cilium: {
    what: 'The Cilium data plane',
    day: '2023-03-23',
    source: cluster('22.0.0: ContainerServiceNetworkProfile.network_dataplane'),
  },
  'support plans': {
    what: 'Plans of support for clusters',
    day: '2023-04-19',
    source: cluster('22.1.0: ManagedCluster.support_plan'),
  },
  'parts of Defender plans': {
    what: 'The Defender plan for posture, and plans that have parts',
    day: '2023-04-20',
    source: 'release history of azure-mgmt-security, 5.0.0: Pricing.extensions',
  },
  'enforcement of request bodies': {
    what: 'Firewall policies of application gateways that enforce the size of bodies, with managed rules against bots',
    day: '2023-05-20',
    source: 'release history of azure-mgmt-network, 23.1.0: PolicySettings.request_body_enforcement',
  },
  'subnets without a way out': {
    what: 'Subnets whose machines get no way to the internet by default',
    day: '2023-09-15',
    source: 'release history of azure-mgmt-network, 25.1.0: Subnet.default_outbound_access',
  },
  'pools made by AKS': {
    what: 'Pools that AKS makes by itself, and the setting that keeps it from doing so',
    day: '2023-11-20',
    source: cluster('28.0.0: ManagedCluster.node_provisioning_profile'),
  },
  'switch of security contacts': {
    what: 'The switch of security contacts',
    day: '2023-12-01',
    source: 'Microsoft.Security/securityContacts, API version 2023-12-01-preview: isEnabled',
  },
  'trusted launch of nodes': {
    what: 'Secure boot and virtual TPM of nodes',
    day: '2024-02-20',
    source: cluster('29.1.0: AgentPoolSecurityProfile.enable_secure_boot and enable_vtpm'),
  },
  'enforced Defender plans': {
    what: 'Defender plans that single resources cannot leave',
    day: '2024-05-20',
    source: 'release history of azure-mgmt-security, 7.0.0: Pricing.enforce',
  },
  'PCI DSS 4.0.1': {
    what: 'PCI DSS 4.0.1, and an initiative for it',
    day: '2024-06-11',
    source: 'PCI Security Standards Council: PCI DSS 4.0.1, published in June 2024',
  },
  'network policies with host names': {
    what: 'Network policies that know host names',
    day: '2024-11-08',
    source: cluster('33.0.0: ContainerServiceNetworkProfile.advanced_networking'),
  },
  'start from a registry of ours': {
    what: 'Clusters whose nodes start from a registry of ours',
    day: '2025-03-18',
    source: cluster('34.2.0: ManagedCluster.bootstrap_profile'),
  },
  'upgrades without a node less': {
    what: 'Upgrades of pools that take no node away before another stands in',
    day: '2025-05-15',
    source: cluster('36.0.0: AgentPoolUpgradeSettings.max_unavailable'),
  },
  'bypass for tasks': {
    what: 'The setting that keeps a registry’s tasks from passing network rules',
    day: '2025-06-01',
    source: 'learn.microsoft.com, Container Registry: network bypass for tasks is off by default since 2025-06-01',
  },
  'nodes without logins': {
    what: 'Pools whose nodes take no logins',
    day: '2025-06-11',
    source: cluster('37.0.0: AgentPoolSSHAccess'),
  },
  'rights by repository': {
    what: 'Rights on single repositories of a registry',
    day: '2025-08-15',
    source: 'release history of azure-mgmt-containerregistry, 14.1.0b2: Registry.role_assignment_mode',
  },
  'validation of backends': {
    what: 'Settings of application gateways that check a backend’s certificate and name',
    day: '2025-10-24',
    source: 'release history of azure-mgmt-network, 30.0.0: validate_cert_chain_and_expiry, validate_sni',
  },
  'Azure Linux 3': {
    what: 'Nodes of Azure Linux 3',
    day: '2025-11-24',
    source: 'azure-mgmt-containerservice 40.2.0: OSSKU.AZURE_LINUX3',
  },
  'built-in policies of today': {
    what: 'The built-in policies that can deny, as they are today',
    day: '2026-04-29',
    source: 'Azure/azure-policy, release of 2026-04-29; since when each is there is not published',
  },
} as const satisfies Readonly<Record<string, Offer>>;

export type OfferName = keyof typeof offers;

/** A part of a statement that could not hold before a day. */
export interface DatedFault {
  readonly since: OfferName;
  /** What is wrong on or after that day; absent where the part holds. */
  readonly fault: string | undefined;
}

export type Fault = string | undefined | DatedFault;

/** Parts of a statement that nobody can meet before Azure offers what they ask for: they are not checked until then. */
export function since(offer: OfferName, ...faults: readonly (string | undefined)[]): readonly DatedFault[] {
  return faults.map((fault) => ({ since: offer, fault }));
}

/** What is wrong on a day, and what cannot be asked for yet; `checked`: how many parts are left. */
export function onDay(faults: readonly Fault[], day: string) {
  const found: string[] = [];
  const notOffered = new Set<OfferName>();
  let checked = 0;
  for (const one of faults) {
    const dated = typeof one === 'object' ? one : undefined;
    if (dated !== undefined && day < offers[dated.since].day) {
      notOffered.add(dated.since);
      continue;
    }
    checked += 1;
    const fault = dated === undefined ? (one as string | undefined) : dated.fault;
    if (fault !== undefined) found.push(fault);
  }
  return { found, notOffered, checked };
}
