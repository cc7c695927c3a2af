import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, type DecisionText, decided, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { type HubRefs, hubRefs } from '../hub/refs.ts';
import { networkResource, type Placement } from '../placement.ts';
import { networkWatcherGroup } from '../subscription/groups.ts';
import { monitoringDecisions, observabilityDecisions } from './decisions.ts';
import { type MonitoringRefs, monitoringRefs } from './refs.ts';

/** Source: Microsoft.Network, `retentionPolicy.days` of flow logs: 0 to 365. */
const longestFlowLogs = 365;
const analysisInterval = 10;
const longestInteractive = 730;

/** The workspace of each region, reached over its public names, with what was built on it in 2021. */
export function buildPublicWorkspaces(context: BuildContext): PartDraft {
  const built = context.spec.hubs.map(({ region }) => workspace(context, hubRefs(context, region)));
  return {
    name: 'observability',
    ...joined(...built),
    decisions: [...observabilityDecisions, ...decisions],
    intents: [],
  };
}

function workspace({ spec, tags }: BuildContext, hub: HubRefs): Built {
  const at = {
    stage: 'hub',
    deployment: hub.placement.deployment,
    scope: { kind: 'resourceGroup', name: hub.group },
    location: hub.region,
    tags,
  } as const;
  const resource: Resource = {
    ...at,
    key: hub.workspace.key,
    type: 'Microsoft.OperationalInsights/workspaces',
    apiVersion: apiVersions.workspaces,
    name: hub.workspace.name,
    properties: {
      sku: { name: 'PerGB2018' },
      retentionInDays: Math.min(spec.retention.logs, longestInteractive),
      publicNetworkAccessForIngestion: 'Enabled',
      publicNetworkAccessForQuery: 'Enabled',
      features: { enableLogAccessUsingOnlyResourcePermissions: true },
    },
  };
  const solutions = ['SecurityInsights', 'ContainerInsights'].map((solution): Resource => {
    const name = `${solution}(${hub.workspace.name})`;
    return {
      ...at,
      key: `${hub.workspace.key}/${solution}`,
      type: 'Microsoft.OperationsManagement/solutions',
      apiVersion: apiVersions.solutions,
      name,
      plan: { name, product: `OMSGallery/${solution}`, publisher: 'Microsoft', promotionCode: '' },
      properties: { workspaceResourceId: idOf(hub.workspace) },
    };
  });
  return joined(
    decided(resource, {
      'logs-kept-twelve-months': ['properties.retentionInDays'],
      'logs-over-public-names': [
        'properties.publicNetworkAccessForIngestion',
        'properties.publicNetworkAccessForQuery',
      ],
    }),
    ...solutions.map((one) => claimed(one, 'sentinel-on-the-workspace')),
  );
}

/** Flow logs of every security group, and the account that keeps them. */
export function buildGroupFlowLogs(context: BuildContext, others: readonly Built[]): PartDraft {
  const groups = others
    .flatMap((one) => one.resources)
    .filter(({ type }) => type === 'Microsoft.Network/networkSecurityGroups');
  return {
    name: 'monitoring',
    ...joined(
      ...context.spec.hubs.map(({ region }) => account(monitoringRefs(context, region))),
      ...groups.map((group) => flowLog(context, group)),
    ),
    decisions: [...monitoringDecisions, ...flowLogDecisions],
    intents: [],
  };
}

function account(refs: MonitoringRefs): Built {
  const { stage, deployment, group, region, tags } = refs.placement;
  const resource: Resource = {
    ...refs.flowLogStorage,
    stage,
    deployment,
    type: 'Microsoft.Storage/storageAccounts',
    apiVersion: apiVersions.storage,
    scope: { kind: 'resourceGroup', name: group },
    location: region,
    tags,
    sku: { name: 'Standard_ZRS' },
    kind: 'StorageV2',
    properties: {
      accessTier: 'Hot',
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      isNfsV3Enabled: false,
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
      encryption: {
        keySource: 'Microsoft.Storage',
        requireInfrastructureEncryption: true,
        services: { blob: { enabled: true, keyType: 'Account' }, file: { enabled: true, keyType: 'Account' } },
      },
    },
  };
  return claimed(resource, 'log-storage-is-closed', 'log-storage-outlives-a-zone');
}

function flowLog(context: BuildContext, group: Resource): Built {
  const region = context.hubIn(group.location ?? '').region;
  const refs = monitoringRefs(context, region);
  const { workspace: target } = hubRefs(context, region);
  const placement: Placement = {
    stage: group.stage,
    deployment: group.deployment,
    group: networkWatcherGroup,
    region,
    tags: refs.placement.tags,
  };
  const resource: Resource = {
    ...networkResource(placement, {
      key: `${group.key}/flow-log`,
      type: 'networkWatchers/flowLogs',
      name: `${refs.watcher.name}/fl-${group.name}`,
      properties: {
        targetResourceId: idOf(group),
        storageId: idOf(refs.flowLogStorage),
        enabled: true,
        format: { type: 'JSON', version: 2 },
        retentionPolicy: { enabled: true, days: Math.min(context.spec.retention.logs, longestFlowLogs) },
        flowAnalyticsConfiguration: {
          networkWatcherFlowAnalyticsConfiguration: {
            enabled: true,
            workspaceResourceId: idOf(target),
            workspaceRegion: region,
            trafficAnalyticsInterval: analysisInterval,
          },
        },
      },
      // Azure refuses two changes below one watcher at a time.
      oneAtATime: refs.watcher.key,
    }),
    location: region,
    tags: refs.placement.tags,
  };
  return claimed(resource, 'every-security-group-is-logged');
}

const decisions: readonly DecisionText[] = [
  {
    id: 'logs-over-public-names',
    title: 'The workspace takes logs and questions over its public names',
    because:
      'Agents of the reference implementation send so, with the workspace’s key. Who may read is decided by Azure roles; from which network, by nobody.',
    alternatives: [
      { option: 'A private link scope', whyNot: 'The original has none; profile `current` takes nothing else.' },
    ],
    controls: ['pci-dss-4.0.1:10.3.1'],
    provedBy: [],
    assumptions: ['Whoever gets hold of the workspace’s key can write logs into it from anywhere.'],
  },
];

const flowLogDecisions: readonly DecisionText[] = [
  {
    id: 'every-security-group-is-logged',
    title: 'Every security group has a flow log, analysed every ten minutes',
    because:
      'It was the way of 2021 to see what a network lets through and what it stops. None can be made since June 2025.',
    alternatives: [{ option: 'Flow logs of networks', whyNot: 'They came in 2023; profile `current` has them.' }],
    controls: ['pci-dss-4.0.1:10.2.1', 'pci-dss-4.0.1:11.5.1'],
    provedBy: [],
  },
];
