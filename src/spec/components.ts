/**
 * What fills each slot of the landing zone. A part reads its own slot and nothing else: a profile is only a row of these choices,
 * so that a part never asks for the profile.
 */
export interface Components {
  /** Azure Firewall: Premium with a policy, or Standard with rules of its own. */
  readonly firewall: 'premium-policy' | 'standard-classic';
  readonly bastion: 'premium' | 'basic';
  /** What flow logs watch: networks, or security groups (not to be made since 2025-06-30). */
  readonly flowLogs: 'virtual-network' | 'security-group';
  /** Pods in subnets of their own, a subnet a pool; or in the subnets of the nodes. */
  readonly podNetwork: 'pod-subnets' | 'node-subnets';
  readonly networkPolicy: 'cilium' | 'azure';
  /** What refuses objects besides Azure Policy: rules inside the API server (Kubernetes 1.30 and newer), or nothing. */
  readonly admission: 'validating-admission-policies' | 'azure-policy-alone';
  readonly apiServer: 'vnet-integration' | 'private-link';
  /** An untainted pool for add-ons that tolerate nothing; without one they run wherever there is room. */
  readonly platformPool: 'own' | 'none';
  readonly mesh: 'istio' | 'osm';
  readonly ingress: 'istio-gateway' | 'ingress-nginx';
  readonly podIdentity: 'workload-identity' | 'pod-identity';
  /** How nodes get their patches. */
  readonly reboots: 'node-os-channel' | 'kured';
  readonly gitops: 'oci-artifact' | 'git-repository';
  readonly registries: 'quarantine-and-live' | 'one-with-two-prefixes';
  readonly webApplicationFirewall: 'policy-drs' | 'inline-owasp';
  readonly metrics: 'managed-prometheus' | 'container-insights';
  readonly nodeImage: 'azure-linux-3' | 'ubuntu-18.04';
  readonly jumpBoxImage: 'ubuntu-24.04' | 'ubuntu-18.04';
  /** How images are signed: beside the registry, or by the registry's own content trust. */
  readonly imageSigning: 'notation' | 'content-trust';
  /** Plans of Defender for clusters and registries: one for both, or one each. */
  readonly defender: 'containers' | 'kubernetes-and-registries';
  /** Keys of one's own for disks and for the cluster's secrets; or for disks alone, through an identity that Azure makes with their set. */
  readonly ownKeys: 'disks-and-secrets' | 'disks';
  /** What private zones do with names that they lack: ask the public zone, or, as all did in 2021, nothing. */
  readonly zoneFallback: 'public-zone' | 'none';
  /** Whether security groups apply to private endpoints: Azure could not do that yet in 2021. */
  readonly endpointRules: 'applied' | 'none';
  /** Built-in policies of today, or those that there were in 2021 with definitions of our own beside them. */
  readonly policies: 'of-today' | 'of-2021';
  /** Versions of Azure's APIs: the newest, or those of the reference implementation. */
  readonly apiVersions: 'newest' | 'of-2021';
}

export type Profile = 'current' | '2021';

/** `current`: what a regulated cluster should be in 2026. `2021`: what Microsoft's reference implementation named. */
export const componentsOf: Readonly<Record<Profile, Components>> = {
  current: {
    firewall: 'premium-policy',
    bastion: 'premium',
    flowLogs: 'virtual-network',
    podNetwork: 'pod-subnets',
    networkPolicy: 'cilium',
    admission: 'validating-admission-policies',
    apiServer: 'vnet-integration',
    platformPool: 'own',
    mesh: 'istio',
    ingress: 'istio-gateway',
    podIdentity: 'workload-identity',
    reboots: 'node-os-channel',
    gitops: 'oci-artifact',
    registries: 'quarantine-and-live',
    webApplicationFirewall: 'policy-drs',
    metrics: 'managed-prometheus',
    nodeImage: 'azure-linux-3',
    jumpBoxImage: 'ubuntu-24.04',
    imageSigning: 'notation',
    defender: 'containers',
    ownKeys: 'disks-and-secrets',
    zoneFallback: 'public-zone',
    endpointRules: 'applied',
    policies: 'of-today',
    apiVersions: 'newest',
  },
  '2021': {
    firewall: 'standard-classic',
    bastion: 'basic',
    flowLogs: 'security-group',
    podNetwork: 'node-subnets',
    networkPolicy: 'azure',
    admission: 'azure-policy-alone',
    apiServer: 'private-link',
    platformPool: 'none',
    mesh: 'osm',
    ingress: 'ingress-nginx',
    podIdentity: 'pod-identity',
    reboots: 'kured',
    gitops: 'git-repository',
    registries: 'one-with-two-prefixes',
    webApplicationFirewall: 'inline-owasp',
    metrics: 'container-insights',
    nodeImage: 'ubuntu-18.04',
    jumpBoxImage: 'ubuntu-18.04',
    imageSigning: 'content-trust',
    defender: 'kubernetes-and-registries',
    ownKeys: 'disks',
    zoneFallback: 'none',
    endpointRules: 'none',
    policies: 'of-2021',
    apiVersions: 'of-2021',
  },
};
