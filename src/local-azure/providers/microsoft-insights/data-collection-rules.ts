import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, conflict, requireFound, withIdentity } from '../service-checks.ts';
import { dataCollectionApiVersions } from './data-collection-api-versions.ts';
import { endpointType } from './data-collection-endpoints.ts';

export const ruleType = 'Microsoft.Insights/dataCollectionRules';

/** Which type stands behind each kind of destination that names a resource. */
const destinationTypes: Readonly<Record<string, { readonly property: string; readonly type: string }>> = {
  logAnalytics: { property: 'workspaceResourceId', type: 'Microsoft.OperationalInsights/workspaces' },
  monitoringAccounts: { property: 'accountResourceId', type: 'Microsoft.Monitor/accounts' },
  storageAccounts: { property: 'storageAccountResourceId', type: 'Microsoft.Storage/storageAccounts' },
  storageBlobsDirect: { property: 'storageAccountResourceId', type: 'Microsoft.Storage/storageAccounts' },
};

/** Data collection rules: streams, where they come from and go to. Refused under the service's `InvalidPayload`. */
export const dataCollectionRules: ResourceTypeProvider = {
  type: ruleType,
  apiVersions: dataCollectionApiVersions,
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(ruleType, input.body);
    const endpoint = textOf(properties.dataCollectionEndpointId);
    if (endpoint !== undefined) requireFound(context, endpoint, endpointType);
    const destinations = checkDestinations(membersOf(properties.destinations), context);
    const flows = listOf(properties.dataFlows).map(membersOf);
    for (const flow of flows) {
      const unknown = textsOf(flow.destinations).find((name) => !destinations.includes(name));
      if (unknown !== undefined)
        throw invalid(`The data flow names the destination '${unknown}', which is not declared.`);
      const streams = textsOf(flow.streams);
      const declared = membersOf(properties.streamDeclarations);
      const sources = JSON.stringify(properties.dataSources ?? {});
      const custom = streams.find(
        (stream) => stream.startsWith('Custom-') && declared[stream] === undefined && !sources.includes(stream),
      );
      if (custom !== undefined) throw invalid(`The stream '${custom}' of a data flow is not declared.`);
      if (streams.length === 0) throw invalid('A data flow names no stream.');
    }
    const rule = resourceOf(
      ruleType,
      input,
      withIdentity(input.id, envelope, context),
      defined({
        ...properties,
        dataFlows: flows,
        immutableId: `dcr-${context.stableGuid(input.id, 'immutableId').replaceAll('-', '')}`,
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [rule], delete: [] };
  },
  delete(existing, context) {
    const users = context.view
      .ofType('Microsoft.Insights/dataCollectionRuleAssociations')
      .filter((association) => sameId(textOf(propertiesOf(association).dataCollectionRuleId), existing.id));
    if (users.length > 0)
      throw conflict(
        'Conflict',
        `Data collection rule ${existing.name} has ${users.length} associations and cannot be deleted.`,
      );
    return { put: [], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

const invalid = (message: string): Error => badRequest('InvalidPayload', `Data collection rule is invalid. ${message}`);

/** The names of all destinations. */
function checkDestinations(destinations: Members, context: ProviderContext): readonly string[] {
  return Object.entries(destinations).flatMap(([kind, value]) => {
    const items = (Array.isArray(value) ? value : [value]).map(membersOf);
    return items.map((item) => {
      const known = destinationTypes[kind];
      if (known !== undefined) requireFound(context, textOf(item[known.property]), known.type);
      return String(item.name);
    });
  });
}
