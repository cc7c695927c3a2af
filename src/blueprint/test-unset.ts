/** A setting that somebody's check reads and that the blueprint does not write. */
export interface Unset {
  readonly type: string;
  readonly path: string;
  /** The decision that holds instead. */
  readonly decision: string;
  readonly because: string;
}

const cluster = 'Microsoft.ContainerService/managedClusters';
const scaleSet = 'Microsoft.Compute/virtualMachineScaleSets';
const network = 'Microsoft.Network/virtualNetworks';

const unset = (type: string, path: string, decision: string, because: string): Unset => ({
  type,
  path,
  decision,
  because,
});

/** Why nothing has to be written, for each: in profile `current`. */
export const leftUnset: readonly Unset[] = [
  unset(cluster, 'properties.addonProfiles.kubeDashboard', 'one-way-in', 'The add-on is gone since Kubernetes 1.19.'),
  unset(
    cluster,
    'properties.apiServerAccessProfile.authorizedIPRanges',
    'api-server-has-no-public-name',
    'A private API server has no public address to list senders for.',
  ),
  unset(
    cluster,
    'properties.maxPods',
    'pods-have-addresses-of-their-own',
    'checkov looks on the cluster; the setting is on its pools.',
  ),
  unset(
    cluster,
    'properties.securityProfile.imageIntegrity.enabled',
    'images-from-the-live-registry',
    'A preview that audits only; images come by digest from a registry into which only promotion leads.',
  ),
  ...['properties.servicePrincipalProfile', 'properties.servicePrincipalProfile.clientId'].map((path) =>
    unset(cluster, path, 'cluster-acts-through-our-identities', 'There is no service principal; Azure writes `msi`.'),
  ),
  unset(
    'Microsoft.KeyVault/vaults',
    'properties.createMode',
    'nothing-in-a-vault-is-lost',
    'It is for recovering a deleted vault; making one is the default.',
  ),
  unset(
    'Microsoft.Network/applicationGateways',
    'properties.webApplicationFirewallConfiguration',
    'requests-are-inspected',
    'The inline form, which ends 2027-03-15; ours is a policy.',
  ),
  ...['cipherSuites', 'minProtocolVersion'].map((setting) =>
    unset(
      'Microsoft.Network/applicationGateways',
      `properties.sslPolicy.${setting}`,
      'gateway-takes-strong-ciphers',
      'Parts of the predefined policy that is named.',
    ),
  ),
  unset(
    'Microsoft.Network/azureFirewalls',
    'properties.threatIntelMode',
    'firewall-inspects-egress',
    'For classic rules; with a policy the mode is in the policy.',
  ),
  unset(
    'Microsoft.Network/networkSecurityGroups',
    'properties.flowLogs',
    'every-network-is-logged',
    'Written by Azure, and for flow logs of security groups, which can no longer be made.',
  ),
  unset(
    network,
    'properties.flowLogs',
    'every-network-is-logged',
    'Written by Azure when a flow log names the network.',
  ),
  unset(network, 'properties.dnsSettings', 'dns-through-the-hub', 'checkov looks for the setting of an interface.'),
  unset(network, 'properties.dhcpOptions.dnsServers', 'dns-through-the-hub', 'The hub asks Azure’s own resolver.'),
  unset(
    'Microsoft.ContainerRegistry/registries',
    'properties.networkRuleSet.virtualNetworkRules.action',
    'registries-are-private',
    'No network is let in by rule: the way in is a private endpoint.',
  ),
  ...['properties.osDisk.vhdContainers', 'properties.osdisk.imageUrl'].map((path) =>
    unset(scaleSet, path, 'jump-box-keeps-nothing', 'Unmanaged disks, which do not exist any more.'),
  ),
  ...['publisher', 'offer'].map((setting) =>
    unset(
      scaleSet,
      `properties.virtualMachineProfile.storageProfile.imageReference.${setting}`,
      'jump-boxes-follow-the-image',
      'The image is one of our gallery, by its id.',
    ),
  ),
  ...['publisher', 'type'].map((setting) =>
    unset(
      scaleSet,
      `properties.extensions.${setting}`,
      'jump-boxes-boot-what-was-measured',
      'The alias of extensions that are resources of their own; ours are in the profile.',
    ),
  ),
  unset(
    scaleSet,
    'properties.virtualMachineProfile.osProfile.windowsConfiguration.enableAutomaticUpdates',
    'jump-boxes-follow-the-image',
    'Jump boxes run Linux.',
  ),
  ...['keyCreationTime.key1', 'keyCreationTime.key2', 'keyPolicy.keyExpirationPeriodInDays'].map((setting) =>
    unset(
      'Microsoft.Storage/storageAccounts',
      `properties.${setting}`,
      'log-storage-is-closed',
      'Keys are off: none is accepted, so none has to expire.',
    ),
  ),
  unset(
    'Microsoft.Storage/storageAccounts',
    'properties.encryptionScopes.requireInfrastructureEncryption',
    'logs-are-encrypted-twice',
    'No scopes are made; the account’s own setting is on.',
  ),
];

/** Entries that hold in profile `2021` too, where they name another decision. */
const otherwise: Readonly<Record<string, string>> = {
  'one-way-in': 'admission-is-policed',
  'pods-have-addresses-of-their-own': 'pods-share-the-subnets-of-nodes',
  'every-network-is-logged': 'every-security-group-is-logged',
};

/** What profile `2021` does write. */
const notIn2021 = /webApplicationFirewallConfiguration|sslPolicy|threatIntelMode/;

const came = 'It came after 2021, and is not in the API of that profile.';

/** Why nothing has to be written in profile `2021`. */
export const leftUnsetIn2021: readonly Unset[] = [
  ...leftUnset
    .filter(({ path }) => !notIn2021.test(path))
    .map((one) => ({ ...one, decision: otherwise[one.decision] ?? one.decision })),
  ...[
    ['agentPoolProfiles.securityProfile.sshAccess', 'people-come-from-entra'],
    ['securityProfile.workloadIdentity.enabled', 'pods-have-assigned-identities'],
    ['securityProfile.defender.securityMonitoring.enabled', 'defender-watches-clusters'],
    ['securityProfile.imageCleaner.enabled', 'nodes-are-renewed-by-kured'],
    ['storageProfile.diskCSIDriver.enabled', 'nodes-keep-little'],
    ['storageProfile.fileCSIDriver.enabled', 'nodes-keep-little'],
    ['storageProfile.snapshotController.enabled', 'nodes-keep-little'],
    ['securityProfile.azureKeyVaultKms.enabled', 'secrets-come-from-the-vault'],
  ].map(([path, decision]) => unset(cluster, `properties.${path}`, decision as string, came)),
  unset(
    'Microsoft.KeyVault/vaults/keys',
    'properties.rotationPolicy.attributes.expiryTime',
    'keys-live-in-hardware',
    came,
  ),
  unset(
    'Microsoft.Network/applicationGateways',
    'properties.firewallPolicy',
    'requests-are-inspected-inside-the-gateway',
    'The gateway has rules of its own, as the reference implementation.',
  ),
  unset(
    'Microsoft.OperationsManagement/solutions',
    'properties.provisioningState',
    'sentinel-on-the-workspace',
    'Written by Azure once the solution is there.',
  ),
];
