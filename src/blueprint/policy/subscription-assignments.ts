import type { PolicyAssignment } from './assignment.ts';
import { builtIn, initiative } from './built-in-ids.ts';

const deny = { effect: 'Deny' } as const;

/** Built-in policies for the whole subscription: each denies, where its definition can. */
export const subscriptionAssignments: readonly PolicyAssignment[] = [
  {
    name: 'aks-is-private',
    title: 'Clusters are private',
    policy: { builtIn: builtIn.aksPrivate },
    parameters: deny,
    refusal: 'The API server of a cluster has no public address here.',
    decision: 'clusters-are-private-by-policy',
  },
  {
    name: 'aks-has-no-local-accounts',
    title: 'Clusters have no local accounts',
    policy: { builtIn: builtIn.aksNoLocalAccounts },
    parameters: deny,
    refusal: 'A local account is an administrator whom nobody can name.',
    decision: 'clusters-are-private-by-policy',
  },
  {
    name: 'aks-encrypts-at-the-host',
    title: 'Nodes encrypt temporary disks and caches',
    policy: { builtIn: builtIn.aksHostEncryption },
    parameters: deny,
    refusal: 'Set enableEncryptionAtHost on every pool.',
    decision: 'clusters-are-private-by-policy',
  },
  {
    name: 'aks-patches-its-nodes',
    title: 'Nodes are patched by themselves',
    policy: { builtIn: builtIn.aksPatchesNodes },
    parameters: { effect: 'Audit' },
    decision: 'watched-where-azure-cannot-deny',
  },
  {
    name: 'gateway-has-a-web-firewall',
    title: 'Application gateways have a web application firewall',
    policy: { builtIn: builtIn.wafEnabled },
    parameters: deny,
    refusal: 'What card holders reach stands behind a web application firewall.',
    decision: 'web-firewall-is-required-and-prevents',
  },
  {
    name: 'web-firewall-prevents',
    title: 'Web application firewalls prevent',
    policy: { builtIn: builtIn.wafMode },
    parameters: { ...deny, modeRequirement: 'Prevention' },
    refusal: 'A firewall that only detects lets the attack through.',
    decision: 'web-firewall-is-required-and-prevents',
  },
  {
    name: 'registry-is-private',
    title: 'Registries have no public endpoint',
    policy: { builtIn: builtIn.registryPrivate },
    parameters: deny,
    refusal: 'Registries are reached through their private endpoints.',
    decision: 'registries-are-closed-by-policy',
  },
  {
    name: 'vault-cannot-be-purged',
    title: 'Vaults cannot be purged',
    policy: { builtIn: builtIn.vaultPurgeProtection },
    parameters: deny,
    refusal: 'Whoever can purge a vault can destroy every key in it for good.',
    decision: 'vaults-are-guarded-by-policy',
  },
  {
    name: 'vault-asks-azure-rbac',
    title: 'Vaults authorize through Azure RBAC',
    policy: { builtIn: builtIn.vaultRbac },
    parameters: deny,
    refusal: 'Access policies of a vault can be changed by whoever may write the vault.',
    decision: 'vaults-are-guarded-by-policy',
  },
  {
    name: 'vault-keys-expire',
    title: 'Keys expire',
    policy: { builtIn: builtIn.vaultKeysExpire },
    parameters: deny,
    refusal: 'A key has an expiration date, so that its cryptoperiod ends.',
    decision: 'vaults-are-guarded-by-policy',
  },
  {
    name: 'workspace-is-private',
    title: 'Log workspaces have no public endpoint',
    policy: { builtIn: builtIn.workspacePrivate },
    parameters: { effect: 'Deny' },
    refusal: 'Logs are written and read over private link.',
    decision: 'workspaces-are-closed-by-policy',
  },
  {
    name: 'workspace-has-no-keys',
    title: 'Log workspaces take no shared keys',
    policy: { builtIn: builtIn.workspaceNoKeys },
    parameters: deny,
    refusal: 'Whoever holds a workspace key writes logs as anybody.',
    decision: 'workspaces-are-closed-by-policy',
  },
  {
    name: 'network-watcher-is-there',
    title: 'Regions have a network watcher',
    policy: { builtIn: builtIn.watcherEnabled },
    parameters: { effect: 'AuditIfNotExists' },
    decision: 'watched-where-azure-cannot-deny',
  },
  {
    name: 'networks-have-flow-logs',
    title: 'Networks have flow logs',
    policy: { builtIn: builtIn.flowLogsEnabled },
    parameters: { effect: 'Audit' },
    decision: 'watched-where-azure-cannot-deny',
  },
  {
    name: 'subnets-have-security-groups',
    title: 'Subnets have a security group',
    policy: { builtIn: builtIn.subnetsHaveGroups },
    parameters: { effect: 'AuditIfNotExists' },
    decision: 'watched-where-azure-cannot-deny',
  },
];

/** What the image builder's own, short-lived storage account would not get past. */
export const storageAssignments: readonly PolicyAssignment[] = [
  {
    name: 'storage-has-no-public-blobs',
    title: 'Storage accounts have no public blobs',
    policy: { builtIn: builtIn.storageNoPublicBlobs },
    parameters: { effect: 'deny' },
    refusal: 'Nothing here is for anonymous readers.',
    decision: 'storage-is-closed-by-policy',
  },
  {
    name: 'storage-has-no-keys',
    title: 'Storage accounts take no shared keys',
    policy: { builtIn: builtIn.storageNoKeys },
    parameters: deny,
    refusal: 'A key of an account is a password for all of it that never expires.',
    decision: 'storage-is-closed-by-policy',
  },
  {
    name: 'storage-takes-https-only',
    title: 'Storage accounts take HTTPS only',
    policy: { builtIn: builtIn.storageHttpsOnly },
    parameters: deny,
    refusal: 'Set supportsHttpsTrafficOnly.',
    decision: 'storage-is-closed-by-policy',
  },
  {
    name: 'storage-denies-other-networks',
    title: 'Storage accounts deny other networks',
    policy: { builtIn: builtIn.storageNetworkDeny },
    parameters: deny,
    refusal: 'The network rules of an account deny what they do not name.',
    decision: 'storage-is-closed-by-policy',
  },
];

export const pciInitiative: PolicyAssignment = {
  name: 'pci-dss-4-0-1',
  title: 'PCI DSS 4.0.1',
  policy: { initiative: initiative.pci },
  decision: 'compliance-is-reported',
};
