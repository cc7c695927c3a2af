import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import { type DiagnosticStreams, diagnosticStreams } from './diagnostic-streams.ts';
import { diagnosticsDecisions } from './diagnostics-decisions.ts';

const name = 'to-workspace';

/** A diagnostic setting on every resource that records something, to the workspace of its region; and the subscription's own log. */
export function buildDiagnostics(context: BuildContext, others: readonly Built[]): PartDraft {
  // What a later stage puts again has its setting already.
  const resources = others.flatMap((one) => one.resources).filter(({ amends }) => amends === undefined);
  const settings = resources.flatMap((resource): readonly Built[] => {
    const streams = diagnosticStreams[resource.type];
    return streams === undefined ? [] : [setting(context, resource, streams)];
  });
  return {
    name: 'diagnostics',
    ...joined(...settings, activityLog(context)),
    decisions: diagnosticsDecisions,
    intents: [],
  };
}

function setting(context: BuildContext, resource: Resource, streams: DiagnosticStreams): Built {
  const { workspace } = hubRefs(context, regionOf(context, resource));
  const { stage, deployment, scope } = resource;
  const logs = streams.logs === 'all' ? [{ categoryGroup: 'allLogs', enabled: true }] : categories(streams.logs);
  return claimed(
    {
      key: `${resource.key}/diagnostics`,
      stage,
      deployment,
      type: `${resource.type}/providers/diagnosticSettings`,
      apiVersion: apiVersions.diagnosticSettings,
      name: `${resource.name}/Microsoft.Insights/${name}`,
      scope,
      properties: {
        workspaceId: idOf(workspace),
        ...(streams.ownTables ? { logAnalyticsDestinationType: 'Dedicated' } : {}),
        ...(logs.length === 0 ? {} : { logs }),
        ...(streams.metrics.length === 0
          ? {}
          : { metrics: streams.metrics.map((category) => ({ category, enabled: true })) }),
      },
    },
    'everything-that-logs-is-logged',
  );
}

function categories(
  names: 'none' | readonly string[],
): readonly { readonly category: string; readonly enabled: true }[] {
  return names === 'none' ? [] : names.map((category) => ({ category, enabled: true }));
}

/** The workspace of the resource's own region: logs stay where they arise. */
function regionOf({ spec }: BuildContext, { location }: Resource): string {
  return spec.hubs.find(({ region }) => region === location)?.region ?? spec.hubs[0].region;
}

/** Source: Microsoft, "Categories in the Azure Monitor activity log". */
const activityCategories = [
  'Administrative',
  'Security',
  'ServiceHealth',
  'Alert',
  'Recommendation',
  'Policy',
  'Autoscale',
  'ResourceHealth',
];

/** Who changed what in the subscription: to one workspace, that of the first hub. */
function activityLog(context: BuildContext): Built {
  const [first] = context.spec.hubs;
  const { placement, workspace } = hubRefs(context, first.region);
  return claimed(
    {
      key: 'subscription/activity-log',
      stage: placement.stage,
      deployment: placement.deployment,
      type: 'Microsoft.Insights/diagnosticSettings',
      apiVersion: apiVersions.diagnosticSettings,
      name: 'activity-log-to-workspace',
      scope: { kind: 'subscription' },
      properties: { workspaceId: idOf(workspace), logs: categories(activityCategories) },
    },
    'changes-of-the-subscription-are-logged',
  );
}
