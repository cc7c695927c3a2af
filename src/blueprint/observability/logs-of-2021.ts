import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, type DecisionText, decided, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { type HubRefs, hubRefs } from '../hub/refs.ts';
import { networkResource, type Placement } from '../placement.ts';
import { networkWatcherGroup } from '../subscription/groups.ts';
import { machineCollection } from './collection.ts';
import { monitoringDecisions, observabilityDecisions } from './decisions.ts';
import { accountSettings, blobService, logAccount, longestSoftDelete } from './log-storage.ts';
import { privateLinkEndpoint, privateLinkScope } from './private-link.ts';
import { type MonitoringRefs, monitoringRefs } from './refs.ts';

/** Source: Microsoft.Network, `retentionPolicy.days` of flow logs: 0 to 365. */
const longestFlowLogs = 365;
const analysisInterval = 10;
const longestInteractive = 730;

/** The workspace of each region, with what was built on it in 2021. */
export function buildWorkspacesOf2021(context: BuildContext): PartDraft {
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
      publicNetworkAccessForIngestion: 'Disabled',
      publicNetworkAccessForQuery: 'Disabled',
      features: { enableLogAccessUsingOnlyResourcePermissions: true },
    },
  };
  const solutions = ['SecurityInsights', 'ContainerInsights', 'VMInsights'].map((solution): Resource => {
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
      'logs-over-private-link': [
        'properties.publicNetworkAccessForIngestion',
        'properties.publicNetworkAccessForQuery',
      ],
      'agents-send-with-a-key': ['properties.features'],
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
      ...context.spec.hubs.map(({ region }) => {
        const refs = monitoringRefs(context, region);
        return joined(
          account(context, refs),
          machineCollection(context, refs),
          privateLinkScope(context, refs),
          privateLinkEndpoint(context, region),
        );
      }),
      ...groups.map((group) => flowLog(context, group)),
    ),
    decisions: [...monitoringDecisions, ...flowLogDecisions],
    intents: [],
  };
}

function account(context: BuildContext, refs: MonitoringRefs): Built {
  const kept = Math.min(context.spec.retention.logs, longestSoftDelete);
  const resource = logAccount(refs.placement, refs.flowLogStorage);
  return joined(decided(resource, accountSettings), claimed(blobService(resource, kept), 'deleted-logs-come-back'));
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
  return decided(resource, { 'every-security-group-is-logged': ['properties.enabled', 'properties.retentionPolicy'] });
}

const decisions: readonly DecisionText[] = [
  {
    id: 'agents-send-with-a-key',
    title: 'Agents of clusters send with the workspace’s key, from inside the network only',
    because:
      'The agents of 2021 know no other way. The workspace takes nothing from outside its private link scope, which the original lacks: who has the key and no machine here can do nothing with it. Who may read is decided by Azure roles.',
    alternatives: [
      {
        option: 'Identities instead of keys',
        whyNot: 'Agents that have them came in 2022; profile `current` has them.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.3.1', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['monitoring-is-private-only'],
    assumptions: ['Whoever gets hold of the workspace’s key, and of a machine here, can write logs as anybody.'],
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
    provedBy: ['every-network-has-a-flow-log'],
  },
];
