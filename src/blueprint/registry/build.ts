import type { ClusterSpec } from '../../spec/spec.ts';
import { apiVersions } from '../api-versions.ts';
import { type ClusterRefs, clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { privateEndpoint } from '../network/private-endpoint.ts';
import { azureResource } from '../placement.ts';
import { spokeRefs } from '../spoke/refs.ts';
import { registryDecisions } from './decisions.ts';

const zone = 'privatelink.azurecr.io';

/** Days after which a manifest without tag is removed from quarantine: what was not promoted by then is not wanted. */
const quarantineDays = 30;

/** The registries of each cluster: one into which everything comes, one from which the cluster runs. */
export function buildRegistries(context: BuildContext): PartDraft {
  return {
    name: 'registry',
    ...joined(...context.spec.clusters.map((cluster) => registries(context, cluster))),
    decisions: registryDecisions,
    intents: [],
  };
}

function registries(context: BuildContext, cluster: ClusterSpec): Built {
  const refs = clusterRefs(context, cluster);
  const { quarantine, live } = refs.registries;
  const endpoint = (of: typeof live): Built =>
    privateEndpoint(context, cluster, refs.placements.supply, {
      of,
      member: 'registry',
      zone,
      decision: 'registries-by-private-name',
    });
  return joined(
    registry(refs, 'quarantine'),
    registry(refs, 'live'),
    endpoint(quarantine),
    endpoint(live),
    agentPool(context, cluster, refs),
    bootstrapCache(refs),
  );
}

function registry(refs: ClusterRefs, which: 'quarantine' | 'live'): Built {
  const isLive = which === 'live';
  const resource = azureResource(refs.placements.supply, {
    ...refs.registries[which],
    type: 'Microsoft.ContainerRegistry/registries',
    apiVersion: apiVersions.registries,
    sku: { name: 'Premium' },
    properties: {
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      roleAssignmentMode: 'AbacRepositoryPermissions',
      publicNetworkAccess: 'Disabled',
      networkRuleSet: { defaultAction: 'Deny', ipRules: [] },
      networkRuleBypassOptions: 'AzureServices',
      networkRuleBypassAllowedForTasks: false,
      dataEndpointEnabled: true,
      zoneRedundancy: 'Enabled',
      policies: {
        exportPolicy: { status: isLive ? 'disabled' : 'enabled' },
        retentionPolicy: isLive ? { status: 'disabled' } : { status: 'enabled', days: quarantineDays },
        quarantinePolicy: { status: 'disabled' },
        azureADAuthenticationAsArmPolicy: { status: 'enabled' },
      },
    },
  });
  return decided(resource, {
    'two-registries': [],
    'live-registry-lets-nothing-out': ['properties.policies.exportPolicy'],
    'registries-are-private': ['properties.publicNetworkAccess', 'properties.networkRuleSet'],
    'trusted-services-reach-registries': [
      'properties.networkRuleBypassOptions',
      'properties.networkRuleBypassAllowedForTasks',
    ],
    'registries-authorize-by-repository': ['properties.roleAssignmentMode'],
    'no-password-for-registries': [
      'properties.adminUserEnabled',
      'properties.anonymousPullEnabled',
      'properties.policies.azureADAuthenticationAsArmPolicy',
    ],
    'registry-data-has-its-own-names': ['properties.dataEndpointEnabled', 'sku'],
    'registries-outlive-a-zone': ['properties.zoneRedundancy'],
    'only-quarantine-forgets': ['properties.policies.retentionPolicy'],
    'two-registries-instead-of-the-quarantine-flag': ['properties.policies.quarantinePolicy'],
  });
}

/** Builds and imports run inside the network, into quarantine. */
function agentPool(context: BuildContext, cluster: ClusterSpec, refs: ClusterRefs): Built {
  const spoke = spokeRefs(context, cluster);
  const { quarantine } = refs.registries;
  const resource = azureResource(refs.placements.supply, {
    key: `${quarantine.key}/agent-pool`,
    type: 'Microsoft.ContainerRegistry/registries/agentPools',
    apiVersion: apiVersions.registryAgentPools,
    name: `${quarantine.name}/builders`,
    located: true,
    properties: {
      count: 1,
      tier: 'S1',
      os: 'Linux',
      virtualNetworkSubnetResourceId: idOf(spoke.network, ['subnets', spoke.subnetName('acrAgents')]),
    },
  });
  return decided(resource, { 'images-are-built-inside': [] });
}

/** AKS fixes both paths. */
function bootstrapCache(refs: ClusterRefs): Built {
  const { live } = refs.registries;
  const resource = azureResource(refs.placements.supply, {
    key: `${live.key}/bootstrap-cache`,
    type: 'Microsoft.ContainerRegistry/registries/cacheRules',
    apiVersion: apiVersions.registries,
    name: `${live.name}/aks-managed-mcr`,
    properties: { sourceRepository: 'mcr.microsoft.com/*', targetRepository: 'aks-managed-repository/*' },
  });
  return decided(resource, { 'cluster-starts-from-our-registry': [] });
}
