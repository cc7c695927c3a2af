import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { type HubRefs, hubRefs } from '../hub/refs.ts';
import { collection } from './collection.ts';
import { monitoringDecisions, observabilityDecisions } from './decisions.ts';
import { flowLogs, networkWatcher } from './flow-logs.ts';
import { archiveStorage, flowLogStorage } from './log-storage.ts';
import { privateLinkEndpoint, privateLinkScope } from './private-link.ts';
import { monitoringRefs } from './refs.ts';
import { workspaceTables } from './workspace-tables.ts';

/** The longest that a workspace keeps every table searchable. Source: Microsoft.OperationalInsights/workspaces, `retentionInDays`. */
const longestInteractive = 730;

export function buildObservability(context: BuildContext): PartDraft {
  const built = context.spec.hubs.map(({ region }) =>
    decided(workspace(context, hubRefs(context, region)), {
      'logs-kept-twelve-months': ['properties.sku', 'properties.retentionInDays'],
      'logs-over-private-link': [
        'properties.publicNetworkAccessForIngestion',
        'properties.publicNetworkAccessForQuery',
      ],
      'no-workspace-keys': ['properties.features'],
    }),
  );
  return { name: 'observability', ...joined(...built), decisions: observabilityDecisions, intents: [] };
}

function workspace({ spec, tags }: BuildContext, hub: HubRefs): Resource {
  return {
    key: hub.workspace.key,
    stage: 'hub',
    deployment: hub.placement.deployment,
    type: 'Microsoft.OperationalInsights/workspaces',
    apiVersion: apiVersions.workspaces,
    name: hub.workspace.name,
    scope: { kind: 'resourceGroup', name: hub.group },
    location: hub.region,
    tags,
    properties: {
      sku: { name: 'PerGB2018' },
      retentionInDays: Math.min(spec.retention.logs, longestInteractive),
      publicNetworkAccessForIngestion: 'Disabled',
      publicNetworkAccessForQuery: 'Disabled',
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
    },
  };
}

/** What hangs on the workspace of each region, and what every network is watched with. */
export function buildMonitoring(context: BuildContext, others: readonly Built[]): PartDraft {
  const regions = context.spec.hubs.map(({ region }): Built => {
    const refs = monitoringRefs(context, region);
    return joined(
      flowLogStorage(context, refs),
      archiveStorage(context, refs),
      collection(context, refs),
      privateLinkScope(context, refs),
      privateLinkEndpoint(context, region),
      workspaceTables(context, hubRefs(context, region), refs),
    );
  });
  const logs = flowLogs(
    context,
    others.flatMap((one) => one.resources),
  );
  return { name: 'monitoring', ...joined(...regions, logs), decisions: monitoringDecisions, intents: [] };
}

/** The watcher of each region, on which flow logs and tests of connections hang. */
export function buildWatchers(context: BuildContext): PartDraft {
  const built = context.spec.hubs.map(({ region }) => networkWatcher(monitoringRefs(context, region)));
  return { name: 'watchers', ...joined(...built), decisions: [], intents: [] };
}
