import type { ClusterSpec } from '../../spec/spec.ts';
import { roleAssignment } from '../access/role-assignment.ts';
import type { BuildContext } from '../context.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { clusterDecisions } from './decisions.ts';
import { maintenance } from './maintenance.ts';
import { managedCluster } from './managed-cluster.ts';
import { type ClusterRefs, clusterRefs } from './refs.ts';

/** The managed clusters with their pools, windows for changes, and who may use them. */
export function buildClusters(context: BuildContext): PartDraft {
  return {
    name: 'cluster',
    ...joined(...context.spec.clusters.map((cluster) => oneCluster(context, cluster))),
    decisions: clusterDecisions(context),
    intents: [],
  };
}

const pool = (...settings: readonly string[]): readonly string[] =>
  settings.map((setting) => `properties.agentPoolProfiles.${setting}`);
const network = (...settings: readonly string[]): readonly string[] =>
  settings.map((setting) => `properties.networkProfile.${setting}`);
const apiServer = (...settings: readonly string[]): readonly string[] =>
  settings.map((setting) => `properties.apiServerAccessProfile.${setting}`);

/** The settings that follow each decision; the mesh's step takes them over. */
export const clusterSettings: Readonly<Record<string, readonly string[]>> = {
  'supported-for-long': [
    'sku',
    'properties.supportPlan',
    'properties.kubernetesVersion',
    ...pool('orchestratorVersion'),
  ],
  'api-server-has-no-public-name': apiServer(
    'enablePrivateCluster',
    'enablePrivateClusterPublicFQDN',
    'privateDNSZone',
  ),
  'api-server-is-ours-to-see': apiServer('enableVnetIntegration', 'subnetId'),
  'no-commands-through-azure': apiServer('disableRunCommand'),
  'people-come-from-entra': ['properties.enableRBAC', 'properties.disableLocalAccounts', 'properties.aadProfile'],
  'cluster-acts-through-our-identities': ['identity', 'properties.identityProfile'],
  'pods-have-identities': ['properties.oidcIssuerProfile', 'properties.securityProfile.workloadIdentity'],
  'pods-have-addresses-of-their-own': [...network('networkPlugin'), ...pool('vnetSubnetID', 'podSubnetID', 'maxPods')],
  'network-policy-by-cilium': network('networkDataplane', 'networkPolicy', 'advancedNetworking'),
  'cluster-egress-follows-the-routes': [...network('outboundType', 'loadBalancerSku'), ...pool('enableNodePublicIP')],
  'one-way-in': ['properties.ingressProfile'],
  'nodes-start-from-our-registry': ['properties.bootstrapProfile'],
  'secrets-encrypted-in-the-store': ['properties.securityProfile.azureKeyVaultKms'],
  'nothing-rests-on-nodes': [
    ...pool('osDiskType', 'kubeletDiskType', 'enableEncryptionAtHost', 'scaleDownMode'),
    'properties.diskEncryptionSetID',
  ],
  'volumes-are-disks-only': ['properties.storageProfile'],
  'nodes-boot-trusted': pool('osSKU', 'securityProfile.enableSecureBoot', 'securityProfile.enableVTPM'),
  'nobody-logs-in-to-nodes': pool('securityProfile.sshAccess'),
  'scopes-have-pools': pool('mode', 'nodeLabels', 'nodeTaints'),
  'pools-span-zones': pool('type', 'availabilityZones', 'scaleSetPriority', 'enableAutoScaling'),
  'pools-grow-calmly': ['properties.autoScalerProfile', 'properties.nodeProvisioningProfile'],
  'patches-come-by-themselves': ['properties.autoUpgradeProfile', ...pool('upgradeSettings')],
  'old-images-go': ['properties.securityProfile.imageCleaner'],
  'admission-is-policed': ['properties.addonProfiles.azurepolicy'],
  'secrets-come-from-the-vault': ['properties.addonProfiles.azureKeyvaultSecretsProvider'],
  'cluster-is-watched': [
    'properties.securityProfile.defender',
    'properties.addonProfiles.omsagent',
    'properties.azureMonitorProfile',
  ],
  'node-group-is-locked': ['properties.nodeResourceGroupProfile'],
};

function oneCluster(context: BuildContext, cluster: ClusterSpec): Built {
  const refs = clusterRefs(context, cluster);
  const resource = { ...managedCluster(context, cluster), oneAtATime: `${refs.cluster.key}/writes` };
  return joined(decided(resource, clusterSettings), maintenance(refs), administrators(context, refs));
}

/** The group of the spec, by Azure roles on this cluster: what it may do is listed with all other rights, and can be time-limited. */
export function administrators(context: BuildContext, refs: ClusterRefs): Built {
  const { stage, deployment, group } = refs.placements.cluster;
  const right = (
    word: string,
    role: 'kubernetes service cluster user' | 'kubernetes service rbac cluster admin',
    why: string,
  ) =>
    roleAssignment(context, {
      key: `${refs.cluster.key}/administrators-${word}`,
      stage,
      deployment,
      scope: { kind: 'resourceGroup', name: group },
      on: { type: 'Microsoft.ContainerService/managedClusters', name: refs.cluster.name },
      role,
      principal: context.spec.azure.clusterAdminGroupId,
      principalType: 'Group',
      why,
      decision: 'people-come-from-entra',
    });
  return joined(
    right('connect', 'kubernetes service cluster user', 'Administrators fetch the address of the API server.'),
    right('administer', 'kubernetes service rbac cluster admin', 'Administrators of the cluster, by group.'),
  );
}
