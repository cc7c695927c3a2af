import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { claimed, joined, type PartDraft } from '../draft.ts';
import { type HubRefs, hubRefs } from '../hub/refs.ts';
import { observabilityDecisions } from './decisions.ts';

/** The longest that a workspace keeps every table searchable. Source: Microsoft.OperationalInsights/workspaces, `retentionInDays`. */
const longestInteractive = 730;

export function buildObservability(context: BuildContext): PartDraft {
  const built = context.spec.hubs.map(({ region }) =>
    claimed(
      workspace(context, hubRefs(context, region)),
      'logs-kept-twelve-months',
      'logs-over-private-link',
      'no-workspace-keys',
    ),
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
