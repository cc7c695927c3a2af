import type { Resource } from '../../model/resource.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, decided, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import { networkResource, type Placement } from '../placement.ts';
import { networkWatcherGroup } from '../subscription/groups.ts';
import { type MonitoringRefs, monitoringRefs } from './refs.ts';

/** Minutes between two runs of Traffic Analytics; the other choice is 60. */
const analysisInterval = 10;

export function networkWatcher(refs: MonitoringRefs): Built {
  return claimed(
    networkResource(
      { ...refs.placement, group: networkWatcherGroup },
      { ...refs.watcher, type: 'networkWatchers', properties: {} },
    ),
    'watchers-where-azure-puts-them',
  );
}

/** A flow log for each virtual network, in the stage that makes the network. */
export function flowLogs(context: BuildContext, resources: readonly Resource[]): Built {
  return joined(
    ...resources
      .filter(({ type }) => type === 'Microsoft.Network/virtualNetworks')
      .map((network) => flowLog(context, network)),
  );
}

function flowLog(context: BuildContext, network: Resource): Built {
  const region = context.hubIn(network.location ?? '').region;
  const refs = monitoringRefs(context, region);
  const { workspace } = hubRefs(context, region);
  const { tags } = refs.placement;
  const placement: Placement = {
    stage: network.stage,
    deployment: network.deployment,
    group: networkWatcherGroup,
    region,
    tags,
  };
  const plain = networkResource(placement, {
    key: `${network.key}/flow-log`,
    type: 'networkWatchers/flowLogs',
    name: `${refs.watcher.name}/fl-${network.name}`,
    properties: {
      targetResourceId: idOf(network),
      storageId: idOf(refs.flowLogStorage),
      enabled: true,
      format: { type: 'JSON', version: 2 },
      retentionPolicy: { enabled: true, days: Math.min(context.spec.retention.logs, longestFlowLogs) },
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: {
          enabled: true,
          workspaceResourceId: idOf(workspace),
          workspaceRegion: region,
          trafficAnalyticsInterval: analysisInterval,
        },
      },
    },
    // Azure refuses two changes below one watcher at a time.
    oneAtATime: refs.watcher.key,
  });
  return decided(
    {
      ...plain,
      location: region,
      tags,
      identity: { type: 'UserAssigned', userAssigned: [idOf(refs.flowLogIdentity)] },
    },
    {
      'every-network-is-logged': [
        'properties.enabled',
        'properties.targetResourceId',
        'properties.format',
        'properties.flowAnalyticsConfiguration',
        'properties.retentionPolicy',
        'properties.storageId',
      ],
      'flow-logs-without-keys': ['identity'],
    },
  );
}

/** Source: Microsoft.Network, `retentionPolicy.days` of flow logs: 0 to 365. */
const longestFlowLogs = 365;
