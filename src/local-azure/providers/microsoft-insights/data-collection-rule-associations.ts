import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { textOf } from '../members.ts';
import { resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, requireFound } from '../service-checks.ts';
import { dataCollectionApiVersions } from './data-collection-api-versions.ts';
import { endpointType } from './data-collection-endpoints.ts';
import { ruleType } from './data-collection-rules.ts';

const type = 'Microsoft.Insights/dataCollectionRuleAssociations';

/** Binds a resource to a rule, or to an endpoint under the name `configurationAccessEndpoint`. */
export const dataCollectionRuleAssociations: ResourceTypeProvider = {
  type,
  apiVersions: dataCollectionApiVersions,
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const [rule, endpoint] = [textOf(properties.dataCollectionRuleId), textOf(properties.dataCollectionEndpointId)];
    if ((rule === undefined) === (endpoint === undefined)) {
      throw badRequest('InvalidPayload', 'An association names a data collection rule or a data collection endpoint.');
    }
    const isAccess = nameIn(input.id).toLowerCase() === 'configurationaccessendpoint';
    if (isAccess !== (endpoint !== undefined)) {
      throw badRequest(
        'InvalidPayload',
        "An association with a data collection endpoint must be called 'configurationAccessEndpoint', and no other.",
      );
    }
    if (rule !== undefined) requireFound(context, rule, ruleType);
    if (endpoint !== undefined) requireFound(context, endpoint, endpointType);
    return { put: [resourceOf(type, input, {}, properties)], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
