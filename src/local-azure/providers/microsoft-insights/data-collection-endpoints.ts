import type { ResourceTypeProvider } from '../contract.ts';
import { sameId } from '../ids.ts';
import { membersOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { conflict, withIdentity } from '../service-checks.ts';
import { dataCollectionApiVersions } from './data-collection-api-versions.ts';

export const endpointType = 'Microsoft.Insights/dataCollectionEndpoints';

/** Where agents send to and fetch their rules from. */
export const dataCollectionEndpoints: ResourceTypeProvider = {
  type: endpointType,
  apiVersions: dataCollectionApiVersions,
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(endpointType, input.body);
    const host = `${input.name.toLowerCase()}-${context.stableGuid(input.id, 'host').slice(0, 4)}.${String(envelope.location)}-1`;
    const endpoint = resourceOf(endpointType, input, withIdentity(input.id, envelope, context), {
      ...properties,
      immutableId: `dce-${context.stableGuid(input.id, 'immutableId').replaceAll('-', '')}`,
      configurationAccess: { endpoint: `https://${host}.handler.control.monitor.azure.com` },
      logsIngestion: { endpoint: `https://${host}.ingest.monitor.azure.com` },
      metricsIngestion: { endpoint: `https://${host}.metrics.ingest.monitor.azure.com` },
      networkAcls: { publicNetworkAccess: 'Enabled', ...membersOf(properties.networkAcls) },
      provisioningState: 'Succeeded',
    });
    return { put: [endpoint], delete: [] };
  },
  delete(existing, context) {
    const users = ['Microsoft.Insights/dataCollectionRules', 'Microsoft.Insights/dataCollectionRuleAssociations']
      .flatMap((type) => context.view.ofType(type))
      .filter((resource) => sameId(textOf(propertiesOf(resource).dataCollectionEndpointId), existing.id));
    if (users.length > 0) {
      throw conflict(
        'Conflict',
        `Data collection endpoint ${existing.name} is used by ${users.map(({ id }) => id).join(', ')} and cannot be deleted.`,
      );
    }
    return { put: [], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
