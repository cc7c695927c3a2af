import type { ResourceTypeProvider } from '../contract.ts';
import { membersOf } from '../members.ts';
import { privateEndpointConnections } from '../private-endpoint-connections.ts';
import { resourceOf, takeIn, withProperties } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const type = 'Microsoft.Insights/privateLinkScopes';

/** Azure Monitor private link scopes: which resources private endpoints reach, and whether others are reached in the open. */
export const privateLinkScopes: ResourceTypeProvider = {
  type,
  apiVersions: ['2023-06-01-preview', '2021-09-01', '2021-07-01-preview', '2019-10-17-preview'],
  location: 'global',
  longRunning: false,
  put(input) {
    const { envelope, properties } = takeIn(type, input.body);
    const scope = resourceOf(
      type,
      input,
      { ...envelope, location: 'global' },
      {
        ...properties,
        accessModeSettings: {
          exclusions: [],
          queryAccessMode: 'Open',
          ingestionAccessMode: 'Open',
          ...membersOf(properties.accessModeSettings),
        },
        provisioningState: 'Succeeded',
      },
    );
    return { put: [scope], delete: [] };
  },
  delete(existing, context) {
    if (privateEndpointConnections(existing.id, type, context) !== undefined) {
      throw badRequest(
        'PrivateLinkScopeHasPrivateEndpoints',
        `Private link scope ${existing.name} has private endpoints and cannot be deleted.`,
      );
    }
    return { put: [], delete: [] };
  },
  read: (stored, context) =>
    withProperties(stored, {
      privateEndpointConnections: [...(privateEndpointConnections(stored.id, type, context) ?? [])] as never,
    }),
};
