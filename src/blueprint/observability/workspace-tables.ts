import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import type { HubRefs } from '../hub/refs.ts';
import { exportedTables, splitTables } from './exported-tables.ts';
import type { MonitoringRefs } from './refs.ts';

const workspaceType = 'Microsoft.OperationalInsights/workspaces';

/** What hangs on a workspace: how long its tables keep, what is copied out of it, and Sentinel. */
export function workspaceTables({ spec }: BuildContext, hub: HubRefs, refs: MonitoringRefs): Built {
  const { stage, deployment } = hub.placement;
  const at = { stage, deployment, scope: { kind: 'resourceGroup', name: hub.group } } as const;
  const { interactive, logs } = spec.retention;
  const tables = splitTables.map(
    (table): Resource => ({
      ...at,
      key: `${hub.workspace.key}/table-${table}`,
      type: `${workspaceType}/tables`,
      apiVersion: apiVersions.workspaces,
      name: `${hub.workspace.name}/${table}`,
      properties: { plan: 'Analytics', retentionInDays: interactive, totalRetentionInDays: logs },
      // Azure refuses parallel changes of a workspace's tables.
      oneAtATime: `${hub.workspace.key}/tables`,
    }),
  );
  const exported: Resource = {
    ...at,
    key: `${hub.workspace.key}/export`,
    type: `${workspaceType}/dataExports`,
    apiVersion: apiVersions.workspaces,
    name: `${hub.workspace.name}/archive`,
    properties: {
      enable: true,
      tableNames: exportedTables,
      destination: { resourceId: idOf(refs.archiveStorage) },
    },
    // The containers come first: they must be there, and immutable, before the export makes its own.
    oneAtATime: `${hub.workspace.key}/tables`,
  };
  const sentinel: Resource = {
    ...at,
    key: `${hub.workspace.key}/sentinel`,
    type: `${workspaceType}/providers/onboardingStates`,
    apiVersion: apiVersions.sentinel,
    name: `${hub.workspace.name}/Microsoft.SecurityInsights/default`,
    properties: { customerManagedKey: false },
  };
  return joined(
    ...tables.map((one) => claimed(one, 'large-tables-are-archived')),
    claimed(exported, 'archived-logs-cannot-be-changed'),
    claimed(sentinel, 'sentinel-on-the-workspace'),
  );
}
