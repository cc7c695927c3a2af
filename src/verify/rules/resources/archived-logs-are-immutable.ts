import { idKey } from '../../arm-view.ts';
import { ofType, resourceRule, setting } from './resource-rule.ts';

const containerType = 'Microsoft.Storage/storageAccounts/blobServices/containers';

/** An export writes each table into the container `am-<table>`. Source: Microsoft, "Log Analytics workspace data export". */
export const archivedLogsAreImmutable = resourceRule({
  id: 'archived-logs-are-immutable',
  statement: 'Every table that is exported goes to a container in which nothing can be changed for a year',
  controls: ['10.3.2', '10.3.4', '10.5.1'],
  type: 'Microsoft.OperationalInsights/workspaces/dataExports',
  faults(exported, state) {
    const account = idKey(String(setting(exported, 'properties.destination.resourceId')));
    const tables = setting(exported, 'properties.tableNames');
    return (Array.isArray(tables) ? tables : []).map((table) => {
      const container = `${account}/blobservices/default/containers/am-${String(table).toLowerCase()}`;
      const policy = ofType(state, `${containerType}/immutabilityPolicies`).find(({ id }) =>
        idKey(id).startsWith(`${container}/`),
      );
      const days = Number(setting(policy, 'properties.immutabilityPeriodSinceCreationInDays'));
      return days >= 365 ? undefined : `sends ${String(table)} to a container in which it can be changed`;
    });
  },
});
