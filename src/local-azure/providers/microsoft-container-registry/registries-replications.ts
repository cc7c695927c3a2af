import type { ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict } from '../service-checks.ts';
import { registryApiVersions } from './api-versions.ts';
import { registryOf, requirePremium } from './registries.ts';

const type = 'Microsoft.ContainerRegistry/registries/replications';

/**
 * Copies of a registry in other regions, one a region. ReplicationNotSupported and ReplicationExists are named here (learn.microsoft.com,
 * geo-replication). The home region's own replication, which Azure lists, is not.
 */
export const replications: ResourceTypeProvider = {
  type,
  apiVersions: registryApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const registry = registryOf(input.id, context);
    requirePremium(registry, 'Geo-replication is', 'ReplicationNotSupported');
    if (registry.location === envelope.location) {
      throw badRequest(
        'ReplicationExists',
        `The registry ${registry.name} is in ${String(envelope.location)} already.`,
      );
    }
    const twin = context.view
      .children(parentOf(input.id), 'replications')
      .find(({ id, location }) => location === envelope.location && !sameId(id, input.id));
    if (twin !== undefined) {
      throw conflict(
        'ReplicationExists',
        `The registry ${registry.name} has a replication in ${String(twin.location)} already: ${twin.name}.`,
      );
    }
    const replication = resourceOf(type, input, envelope, {
      ...properties,
      provisioningState: 'Succeeded',
      status: { displayStatus: 'Ready', message: 'The replication is ready.' },
      regionEndpointEnabled: properties.regionEndpointEnabled ?? true,
      zoneRedundancy: properties.zoneRedundancy ?? 'Disabled',
    });
    return { put: [replication], delete: [] };
  },
};
