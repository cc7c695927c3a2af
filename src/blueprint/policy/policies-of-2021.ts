import type { Json } from '../../kernel/canonical-json.ts';
import type { Value } from '../../model/resource.ts';
import type { PolicyAssignment } from './assignment.ts';
import { builtIn, initiative } from './built-in-ids.ts';
import type { CustomPolicy } from './custom-definitions.ts';
import { customPolicies, isType, without } from './custom-definitions.ts';

/**
 * The built-in policies of December 2021 are those that the reference implementation assigned then: of others nobody has published
 * since when they are there. What today's deny, definitions of our own deny in this profile, with the same conditions.
 */
export const subscriptionAssignmentsOf2021: readonly PolicyAssignment[] = [
  {
    name: 'aks-encrypts-at-the-host',
    title: 'Nodes encrypt temporary disks and caches',
    policy: { builtIn: builtIn.aksHostEncryption },
    parameters: { effect: 'Deny' },
    refusal: 'Set enableEncryptionAtHost on every pool.',
    decision: 'clusters-are-private-by-policy',
  },
  {
    name: 'aks-disks-have-our-key',
    title: 'Disks of clusters are encrypted with keys of ours',
    policy: { builtIn: builtIn.aksDiskKeys },
    parameters: { effect: 'Deny' },
    refusal: 'Set diskEncryptionSetID, and encryption at the host.',
    decision: 'clusters-are-private-by-policy',
  },
  {
    name: 'network-watcher-is-there',
    title: 'Regions have a network watcher',
    policy: { builtIn: builtIn.watcherEnabled },
    decision: 'watched-where-azure-cannot-deny',
  },
];

const cluster = 'Microsoft.ContainerService/managedClusters';
const gateway = 'Microsoft.Network/applicationGateways';
const vault = 'Microsoft.KeyVault/vaults';
const account = 'Microsoft.Storage/storageAccounts';
const workspace = 'Microsoft.OperationalInsights/workspaces';
const registry = 'Microsoft.ContainerRegistry/registries';
const inline = `${gateway}/webApplicationFirewallConfiguration`;

const other = (type: string, ...faults: readonly Json[]): Json => ({ allOf: [isType(type), { anyOf: faults }] });

/** What nothing could deny in 2021, or only by a built-in policy that came later: the sensor, and firewall policies for gateways. */
const later = ['aks-has-a-defender-sensor', 'gateway-has-a-firewall-policy'];

export const customPoliciesOf2021: readonly CustomPolicy[] = [
  ...customPolicies.filter(({ name }) => !later.includes(name)),
  {
    name: 'aks-is-private',
    title: 'Clusters are private',
    refusal: 'The API server of a cluster has no public address here.',
    when: without(cluster, 'apiServerAccessProfile.enablePrivateCluster'),
    decision: 'clusters-are-private-by-policy',
  },
  {
    name: 'aks-has-no-local-accounts',
    title: 'Clusters have no local accounts',
    refusal: 'A local account is an administrator whom nobody can name.',
    when: without(cluster, 'disableLocalAccounts'),
    decision: 'clusters-are-private-by-policy',
  },
  {
    name: 'gateway-has-a-web-firewall',
    title: 'Application gateways have a web application firewall that prevents',
    refusal: 'What card holders reach stands behind a web application firewall, which is on and blocks.',
    when: other(
      gateway,
      { field: `${gateway}/sku.name`, notEquals: 'WAF_v2' },
      { field: `${inline}.enabled`, notEquals: true },
      { field: `${inline}.firewallMode`, notEquals: 'Prevention' },
    ),
    decision: 'web-firewall-is-required-and-prevents',
  },
  {
    name: 'registry-is-private',
    title: 'Registries have no public endpoint',
    refusal: 'Registries are reached through their private endpoints.',
    when: other(registry, { field: `${registry}/publicNetworkAccess`, notEquals: 'Disabled' }),
    decision: 'registries-are-closed-by-policy',
  },
  {
    name: 'vault-is-guarded',
    title: 'Vaults cannot be purged, and authorize through Azure RBAC',
    refusal:
      'Set enablePurgeProtection and enableRbacAuthorization: keys are destroyed by purging, and taken by an access policy.',
    when: other(
      vault,
      { field: `${vault}/enablePurgeProtection`, notEquals: true },
      { field: `${vault}/enableRbacAuthorization`, notEquals: true },
    ),
    decision: 'vaults-are-guarded-by-policy',
  },
  {
    name: 'storage-is-closed',
    title: 'Storage accounts take no anonymous readers, no keys, no plain HTTP and no other network',
    refusal: 'Set allowBlobPublicAccess, allowSharedKeyAccess, supportsHttpsTrafficOnly and networkAcls.defaultAction.',
    when: other(
      account,
      { field: `${account}/allowBlobPublicAccess`, notEquals: false },
      { field: `${account}/allowSharedKeyAccess`, notEquals: false },
      { field: `${account}/supportsHttpsTrafficOnly`, notEquals: true },
      { field: `${account}/networkAcls.defaultAction`, notEquals: 'Deny' },
    ),
    decision: 'storage-is-closed-by-policy',
  },
  {
    name: 'workspace-is-private',
    title: 'Log workspaces have no public endpoint',
    refusal: 'Logs are written and read over private link.',
    when: other(
      workspace,
      { field: `${workspace}/publicNetworkAccessForIngestion`, notEquals: 'Disabled' },
      { field: `${workspace}/publicNetworkAccessForQuery`, notEquals: 'Disabled' },
    ),
    decision: 'workspaces-are-closed-by-policy',
  },
];

/** PCI DSS as it was then. */
export const pciInitiativeOf2021: PolicyAssignment = {
  name: 'pci-dss-3-2-1',
  title: 'PCI DSS 3.2.1',
  policy: { initiative: initiative.pci321 },
  decision: 'compliance-is-reported',
};

/** The ports of the workload and of the mesh's proxy beside it, which is read for its health and metrics. */
const containerPorts: Value = ['8080', '15000', '15003', '15010'];

/** What the definitions of today have taken the place of, in the namespaces of the workload. */
export function containerPortsOf2021(namespaces: readonly string[]): PolicyAssignment {
  return {
    name: 'containers-listen-on-known-ports',
    title: 'Containers of the workload listen on known ports',
    policy: { builtIn: builtIn.podContainerPorts },
    parameters: { effect: 'deny', namespaces, allowedContainerPortsList: containerPorts },
    refusal: 'Containers of the workload listen on known ports.',
    decision: 'services-stay-inside-by-policy',
  };
}
