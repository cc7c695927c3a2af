import { formatPrefix } from '../../kernel/address.ts';
import type { Resource, Value } from '../../model/resource.ts';
import { podsPerNode } from '../../spec/data/node-sizes.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { principalIdPath } from '../access/managed-identity.ts';
import { roleAssignment } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { apiServerZone } from '../dns/zones.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { idOf, propertyOf } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import { zones } from '../network/public-address.ts';
import { azureResource } from '../placement.ts';
import { type SubnetId, spokeRefs } from '../spoke/refs.ts';
import { administrators, clusterSettings } from './build.ts';
import { clusterOf2021Decisions } from './decisions/of-2021.ts';
import { clusterDecisions } from './decisions.ts';
import { maintenance } from './maintenance.ts';
import { poolShapes, scopeLabel } from './node-pools.ts';
import { type ClusterRefs, clusterRefs } from './refs.ts';
import { kubernetesVersionOf } from './versions.ts';

/** Where the ingress runs, and the name by which its pods ask for their identity: those of the reference implementation. */
const ingressNamespace = 'ingress-nginx';
const ingressIdentity = 'podmi-ingress-controller';

/** Clusters as AKS offered them in December 2021, in two steps: the add-on for pod identities takes none when the cluster is made. */
export function buildClustersOf2021(context: BuildContext): PartDraft {
  return {
    name: 'cluster',
    ...joined(...context.spec.clusters.map((cluster) => twoSteps(context, cluster))),
    decisions: [...clusterDecisions(context), ...clusterOf2021Decisions],
    intents: [],
  };
}

function twoSteps(context: BuildContext, cluster: ClusterSpec): Built {
  const refs = clusterRefs(context, cluster);
  const first: Resource = {
    ...managedCluster(context, cluster, refs, { enabled: true }),
    oneAtATime: `${refs.cluster.key}/writes`,
  };
  const { ingress } = refs.identities;
  const second: Resource = {
    ...managedCluster(context, cluster, refs, {
      enabled: true,
      userAssignedIdentities: [
        {
          name: ingressIdentity,
          namespace: ingressNamespace,
          identity: {
            resourceId: idOf(ingress),
            clientId: propertyOf(ingress, 'clientId'),
            objectId: propertyOf(ingress, principalIdPath),
          },
        },
      ],
    }),
    key: `${refs.cluster.key}-with-pod-identity`,
    amends: refs.cluster.key,
    stage: 'cluster-identity',
    // Its own deployment: a template that reads the cluster cannot also change it.
    deployment: `pod-identity-${cluster.name}`,
  };
  return joined(
    decided(first, settings),
    maintenance(refs, ['default']),
    administrators(context, refs),
    decided(second, { ...settings, 'pods-have-assigned-identities': ['properties.podIdentityProfile'] }),
    metricsPublisher(context, refs),
  );
}

const same = (decision: keyof typeof clusterSettings): Readonly<Record<string, readonly string[]>> => ({
  [decision]: clusterSettings[decision] ?? [],
});

/** What follows which decision; those that AKS of 2021 could not follow are left out. */
const settings: Readonly<Record<string, readonly string[]>> = {
  'version-of-2021': ['sku', 'properties.kubernetesVersion', 'properties.agentPoolProfiles.orchestratorVersion'],
  ...same('api-server-has-no-public-name'),
  ...same('no-commands-through-azure'),
  ...same('people-come-from-entra'),
  ...same('cluster-acts-through-our-identities'),
  'pods-share-the-subnets-of-nodes': [
    'properties.networkProfile.networkPlugin',
    'properties.networkProfile.networkPolicy',
    'properties.agentPoolProfiles.vnetSubnetID',
    'properties.agentPoolProfiles.maxPods',
  ],
  ...same('cluster-egress-follows-the-routes'),
  ...same('scopes-have-pools'),
  ...same('pools-span-zones'),
  'pools-grow-calmly': ['properties.autoScalerProfile'],
  'nodes-are-renewed-by-kured': ['properties.autoUpgradeProfile', 'properties.agentPoolProfiles.upgradeSettings'],
  'nodes-keep-little': [
    'properties.agentPoolProfiles.osDiskType',
    'properties.agentPoolProfiles.enableEncryptionAtHost',
    'properties.agentPoolProfiles.scaleDownMode',
    'properties.diskEncryptionSetID',
  ],
  ...same('admission-is-policed'),
  ...same('secrets-come-from-the-vault'),
  'cluster-sends-its-logs': ['properties.addonProfiles.omsagent'],
  'mesh-is-open-service-mesh': ['properties.addonProfiles.openServiceMesh'],
};

function managedCluster(context: BuildContext, cluster: ClusterSpec, refs: ClusterRefs, podIdentity: Value): Resource {
  const { spec, naming } = context;
  const { network, region, name } = cluster;
  const found = kubernetesVersionOf(context, cluster);
  const version = found.patch ?? found.name;
  const { kubelet } = refs.identities;
  return azureResource(refs.placements.cluster, {
    ...refs.cluster,
    type: 'Microsoft.ContainerService/managedClusters',
    apiVersion: apiVersions.managedClusters,
    // Paid is what the tier with an uptime promise was called.
    sku: { name: 'Basic', tier: 'Paid' },
    identity: { type: 'UserAssigned', userAssigned: [idOf(refs.identities['control-plane'])] },
    properties: {
      kubernetesVersion: version,
      dnsPrefix: `${naming.workload}-${name}`,
      agentPoolProfiles: pools(context, cluster, version),
      nodeResourceGroup: naming.nodeGroup(name),
      enableRBAC: true,
      disableLocalAccounts: true,
      aadProfile: { managed: true, enableAzureRBAC: true, tenantID: spec.azure.tenantId, adminGroupObjectIDs: [] },
      identityProfile: {
        kubeletidentity: {
          resourceId: idOf(kubelet),
          clientId: propertyOf(kubelet, 'clientId'),
          objectId: propertyOf(kubelet, principalIdPath),
        },
      },
      apiServerAccessProfile: {
        enablePrivateCluster: true,
        enablePrivateClusterPublicFQDN: false,
        disableRunCommand: true,
        privateDNSZone: idOf({ key: `hub/${region}/zone-${apiServerZone(region, spec.components.apiServer)}` }),
      },
      networkProfile: {
        networkPlugin: 'azure',
        networkPolicy: 'azure',
        outboundType: 'userDefinedRouting',
        loadBalancerSku: 'standard',
        serviceCidr: formatPrefix(network.services),
        dnsServiceIP: network.dnsServiceAddress,
        // Docker's own bridge on each node: any range that nothing else uses.
        dockerBridgeCidr: '172.18.0.1/16',
      },
      diskEncryptionSetID: idOf(refs.encryptionSet),
      podIdentityProfile: podIdentity,
      addonProfiles: {
        omsagent: {
          enabled: true,
          config: { logAnalyticsWorkspaceResourceID: idOf(hubRefs(context, region).workspace) },
        },
        azurepolicy: { enabled: true, config: { version: 'v2' } },
        openServiceMesh: { enabled: true, config: {} },
        // The original leaves rotation off, so that a renewed certificate never reaches the ingress.
        azureKeyvaultSecretsProvider: {
          enabled: true,
          config: { enableSecretRotation: 'true', rotationPollInterval: '2m' },
        },
        httpApplicationRouting: { enabled: false },
      },
      autoUpgradeProfile: { upgradeChannel: 'patch' },
      autoScalerProfile: {
        'balance-similar-node-groups': 'false',
        expander: 'random',
        'max-graceful-termination-sec': '600',
        'max-node-provision-time': '15m',
        'new-pod-scale-up-delay': '0s',
        'scale-down-delay-after-add': '10m',
        'scale-down-unneeded-time': '10m',
        'scale-down-utilization-threshold': '0.5',
        'scan-interval': '10s',
        'skip-nodes-with-local-storage': 'true',
        'skip-nodes-with-system-pods': 'true',
      },
    },
  });
}

/** The system pool takes what tolerates nothing, since there is no platform pool; the scopes keep others out, unlike the original. */
function pools(context: BuildContext, cluster: ClusterSpec, version: string): readonly Value[] {
  const spoke = spokeRefs(context, cluster);
  const subnet = (id: SubnetId): Value => idOf(spoke.network, ['subnets', spoke.subnetName(id)]);
  return (['system', 'inScope', 'outOfScope'] as const).map((pool): Value => {
    const { name, mode, nodes, scope, taint } = poolShapes[pool];
    const { size, minimum, maximum, systemDisk } = cluster.nodePools[pool];
    return {
      name,
      mode,
      type: 'VirtualMachineScaleSets',
      osType: 'Linux',
      osSKU: 'Ubuntu',
      orchestratorVersion: version,
      vmSize: size,
      enableAutoScaling: true,
      count: minimum,
      minCount: minimum,
      maxCount: maximum,
      availabilityZones: [...zones],
      scaleSetPriority: 'Regular',
      osDiskType: 'Ephemeral',
      osDiskSizeGB: systemDisk,
      kubeletDiskType: 'OS',
      enableEncryptionAtHost: true,
      scaleDownMode: 'Delete',
      enableNodePublicIP: false,
      vnetSubnetID: subnet(nodes),
      maxPods: podsPerNode.outOfScope,
      nodeLabels: { [scopeLabel]: scope },
      nodeTaints: taint === undefined || mode === 'System' ? [] : [taint],
      tags: { ...context.tags },
      upgradeSettings: { maxSurge: '33%' },
    };
  });
}

/** The agent of Container insights writes metrics of its own. */
function metricsPublisher(context: BuildContext, refs: ClusterRefs): Built {
  const { stage, deployment, group } = refs.placements['cluster-identity'];
  return roleAssignment(context, {
    key: `${refs.cluster.key}/agent-publishes-metrics`,
    stage,
    deployment,
    scope: { kind: 'resourceGroup', name: group },
    on: { type: 'Microsoft.ContainerService/managedClusters', name: refs.cluster.name },
    role: 'monitoring metrics publisher',
    principal: propertyOf(refs.cluster, 'addonProfiles.omsagent.identity.objectId'),
    principalType: 'ServicePrincipal',
    why: 'The monitoring add-on writes metrics of the cluster.',
    decision: 'cluster-sends-its-logs',
  });
}
