import type { ClusterSpec } from '../../spec/spec.ts';
import { apiVersions } from '../api-versions.ts';
import { clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type Built, type DecisionText, decided, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { privateEndpoint } from '../network/private-endpoint.ts';
import { azureResource } from '../placement.ts';
import { spokeRefs } from '../spoke/refs.ts';
import { registryDecisions } from './decisions.ts';

/** Days after which a manifest without tag is removed. */
const untaggedDays = 15;

/** One registry a cluster, in which `quarantine/` and `live/` keep images apart. */
export function buildSingleRegistries(context: BuildContext): PartDraft {
  return {
    name: 'registry',
    ...joined(...context.spec.clusters.map((cluster) => registry(context, cluster))),
    decisions: [...registryDecisions, ...singleRegistryDecisions],
    intents: [],
  };
}

function registry(context: BuildContext, cluster: ClusterSpec): Built {
  const refs = clusterRefs(context, cluster);
  const spoke = spokeRefs(context, cluster);
  const { supply } = refs.placements;
  const { live } = refs.registries;
  const resource = azureResource(supply, {
    ...live,
    type: 'Microsoft.ContainerRegistry/registries',
    apiVersion: apiVersions.registries,
    sku: { name: 'Premium' },
    properties: {
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccess: 'Disabled',
      networkRuleSet: { defaultAction: 'Deny', ipRules: [] },
      networkRuleBypassOptions: 'AzureServices',
      dataEndpointEnabled: true,
      zoneRedundancy: 'Enabled',
      policies: {
        quarantinePolicy: { status: 'disabled' },
        trustPolicy: { type: 'Notary', status: 'enabled' },
        retentionPolicy: { status: 'enabled', days: untaggedDays },
      },
    },
  });
  const agents = azureResource(supply, {
    key: `${live.key}/agent-pool`,
    type: 'Microsoft.ContainerRegistry/registries/agentPools',
    apiVersion: apiVersions.registryAgentPools,
    name: `${live.name}/builders`,
    located: true,
    properties: {
      count: 1,
      tier: 'S1',
      os: 'Linux',
      virtualNetworkSubnetResourceId: idOf(spoke.network, ['subnets', spoke.subnetName('acrAgents')]),
    },
  });
  return joined(
    decided(resource, {
      'two-prefixes-in-one-registry': ['properties.policies.quarantinePolicy', 'properties.policies.retentionPolicy'],
      'registries-are-private': ['properties.publicNetworkAccess', 'properties.networkRuleSet'],
      'trusted-services-reach-registries': ['properties.networkRuleBypassOptions'],
      'no-password-for-registries': ['properties.adminUserEnabled', 'properties.anonymousPullEnabled'],
      'registry-data-has-its-own-names': ['properties.dataEndpointEnabled', 'sku'],
      'registries-outlive-a-zone': ['properties.zoneRedundancy'],
      'images-are-signed-in-the-registry': ['properties.policies.trustPolicy'],
    }),
    privateEndpoint(context, cluster, supply, {
      of: live,
      member: 'registry',
      zone: 'privatelink.azurecr.io',
      decision: 'registries-by-private-name',
    }),
    decided(agents, { 'images-are-built-inside': [] }),
  );
}

const singleRegistryDecisions: readonly DecisionText[] = [
  {
    id: 'two-prefixes-in-one-registry',
    title: 'Quarantined and released images lie in one registry, under two prefixes',
    because:
      'So the reference implementation has it: an image enters below `quarantine/` and is copied to `live/` once it is found good. An alert tells of what entered `live/` in another way; nothing prevents it.',
    alternatives: [
      {
        option: 'Two registries',
        whyNot: 'They are the better choice and that of profile `current`: rights keep the two apart.',
      },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:6.5.1'],
    provedBy: ['registries-are-private'],
  },
  {
    id: 'images-are-signed-in-the-registry',
    title: 'Content trust is on: the registry keeps signatures of Notary',
    because: 'It was the way of 2021 to sign an image. It cannot be turned on any more since May 2026.',
    alternatives: [
      { option: 'Signatures of the Notary Project', whyNot: 'They came in 2023; profile `current` has them.' },
    ],
    controls: ['pci-dss-4.0.1:6.3.2'],
    provedBy: [],
  },
];
