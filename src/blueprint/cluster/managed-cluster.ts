import { formatPrefix } from '../../kernel/address.ts';
import type { Resource, Value } from '../../model/resource.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { idOf, propertyOf } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import { azureResource } from '../placement.ts';
import { spokeRefs } from '../spoke/refs.ts';
import { nodePools } from './node-pools.ts';
import { type ClusterRefs, clusterRefs } from './refs.ts';
import { kubernetesVersionOf } from './versions.ts';

/** The managed cluster without its mesh, which comes when its add-on may read the mesh's authority. */
export function managedCluster(context: BuildContext, cluster: ClusterSpec): Resource {
  const refs = clusterRefs(context, cluster);
  const { supportPlan, tier } = supportOf(cluster);
  return azureResource(refs.placements.cluster, {
    ...refs.cluster,
    type: 'Microsoft.ContainerService/managedClusters',
    apiVersion: apiVersions.managedClusters,
    sku: { name: 'Base', tier },
    identity: { type: 'UserAssigned', userAssigned: [idOf(refs.identities['control-plane'])] },
    properties: {
      ...whatRuns(context, cluster, supportPlan),
      ...whoMayDoWhat(context, cluster, refs),
      ...whereItStands(context, cluster, refs),
      ...howItIsProtected(context, cluster, refs),
      ...howItIsKept(),
    },
  });
}

type Properties = Readonly<Record<string, Value>>;

function supportOf({ kubernetes }: ClusterSpec): { readonly supportPlan: string; readonly tier: string } {
  return {
    supportPlan: kubernetes.support === 'long-term' ? 'AKSLongTermSupport' : 'KubernetesOfficial',
    tier: kubernetes.tier === 'premium' ? 'Premium' : 'Standard',
  };
}

function whatRuns(context: BuildContext, cluster: ClusterSpec, supportPlan: string): Properties {
  const version = kubernetesVersionOf(context, cluster).name;
  return {
    kubernetesVersion: version,
    supportPlan,
    agentPoolProfiles: nodePools(context, cluster, version),
    nodeResourceGroup: context.naming.nodeGroup(cluster.name),
    nodeResourceGroupProfile: { restrictionLevel: 'ReadOnly' },
    nodeProvisioningProfile: { mode: 'Manual' },
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: false },
      blobCSIDriver: { enabled: false },
      snapshotController: { enabled: false },
    },
    autoScalerProfile: {
      expander: 'least-waste',
      'balance-similar-node-groups': 'false',
      'max-graceful-termination-sec': '600',
      'max-node-provision-time': '15m',
      'new-pod-scale-up-delay': '0s',
      'scan-interval': '10s',
      'scale-down-delay-after-add': '10m',
      'scale-down-unneeded-time': '10m',
      'scale-down-utilization-threshold': '0.5',
      'skip-nodes-with-local-storage': 'true',
      'skip-nodes-with-system-pods': 'true',
    },
  };
}

function whoMayDoWhat({ spec }: BuildContext, _cluster: ClusterSpec, refs: ClusterRefs): Properties {
  const { kubelet } = refs.identities;
  return {
    enableRBAC: true,
    disableLocalAccounts: true,
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: spec.azure.tenantId, adminGroupObjectIDs: [] },
    identityProfile: {
      kubeletidentity: {
        resourceId: idOf(kubelet),
        clientId: propertyOf(kubelet, 'clientId'),
        objectId: propertyOf(kubelet, 'principalId'),
      },
    },
    oidcIssuerProfile: { enabled: true },
  };
}

function whereItStands(context: BuildContext, cluster: ClusterSpec, refs: ClusterRefs): Properties {
  const { network, region, name } = cluster;
  const spoke = spokeRefs(context, cluster);
  return {
    dnsPrefix: `${context.naming.workload}-${name}`,
    apiServerAccessProfile: {
      enablePrivateCluster: true,
      enablePrivateClusterPublicFQDN: false,
      enableVnetIntegration: true,
      subnetId: idOf(spoke.network, ['subnets', spoke.subnetName('apiServer')]),
      privateDNSZone: idOf({ key: `hub/${region}/zone-private.${region}.azmk8s.io` }),
      disableRunCommand: true,
    },
    networkProfile: {
      networkPlugin: 'azure',
      networkDataplane: 'cilium',
      networkPolicy: 'cilium',
      advancedNetworking: {
        enabled: true,
        observability: { enabled: true },
        security: { enabled: true, advancedNetworkPolicies: 'FQDN', transitEncryption: { type: 'None' } },
      },
      outboundType: 'userDefinedRouting',
      loadBalancerSku: 'standard',
      ipFamilies: ['IPv4'],
      serviceCidr: formatPrefix(network.services),
      dnsServiceIP: network.dnsServiceAddress,
    },
    ingressProfile: { webAppRouting: { enabled: false }, gatewayAPI: { installation: 'Standard' } },
    bootstrapProfile: { artifactSource: 'Cache', containerRegistryId: idOf(refs.registries.live) },
  };
}

function howItIsProtected(context: BuildContext, cluster: ClusterSpec, refs: ClusterRefs): Properties {
  const workspace = idOf(hubRefs(context, cluster.region).workspace);
  return {
    diskEncryptionSetID: idOf(refs.encryptionSet),
    securityProfile: {
      azureKeyVaultKms: {
        enabled: true,
        keyId: propertyOf(refs.keys.clusterSecrets, 'keyUriWithVersion'),
        keyVaultNetworkAccess: 'Private',
        keyVaultResourceId: idOf(refs.vault),
      },
      workloadIdentity: { enabled: true },
      imageCleaner: { enabled: true, intervalHours: 48 },
      defender: { logAnalyticsWorkspaceResourceId: workspace, securityMonitoring: { enabled: true } },
    },
    addonProfiles: {
      azurepolicy: { enabled: true, config: { version: 'v2' } },
      azureKeyvaultSecretsProvider: {
        enabled: true,
        config: { enableSecretRotation: 'true', rotationPollInterval: '2m' },
      },
      omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: workspace, useAADAuth: 'true' } },
    },
    azureMonitorProfile: { metrics: { enabled: true } },
  };
}

function howItIsKept(): Properties {
  return {
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'SecurityPatch' },
  };
}
