import type { ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { conflict, requireFound } from '../service-checks.ts';

const type = 'Microsoft.Insights/privateLinkScopes/scopedResources';

/** A workspace, a component or an endpoint in a private link scope. */
export const scopedResources: ResourceTypeProvider = {
  type,
  apiVersions: ['2023-06-01-preview', '2021-09-01', '2021-07-01-preview', '2019-10-17-preview'],
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const linked = requireFound(
      context,
      textOf(properties.linkedResourceId),
      'Microsoft.OperationalInsights/workspaces',
      'Microsoft.Insights/components',
      'Microsoft.Insights/dataCollectionEndpoints',
    );
    const twin = context.view
      .children(parentOf(input.id), 'scopedResources')
      .find((other) => !sameId(other.id, input.id) && sameId(textOf(propertiesOf(other).linkedResourceId), linked.id));
    if (twin !== undefined)
      throw conflict('ScopedResourceExists', `Resource ${linked.id} is in the scope already: ${twin.name}.`);
    const scoped = resourceOf(
      type,
      input,
      {},
      { ...properties, linkedResourceId: linked.id, provisioningState: 'Succeeded' },
    );
    return { put: [scoped], delete: [] };
  },
};
