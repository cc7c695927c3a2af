import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined } from '../members.ts';
import { privateEndpointConnections } from '../private-endpoint-connections.ts';
import { resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const type = 'Microsoft.Monitor/accounts';

/**
 * Azure Monitor workspaces, for Prometheus metrics. Azure makes a managed group with an endpoint and a rule for ingestion beside it; that
 * is not modelled, so `defaultIngestionSettings` is not there.
 */
export const monitorAccounts: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2025-10-03',
    '2025-05-03-preview',
    '2024-10-03-preview',
    '2023-10-01-preview',
    '2023-04-03',
    '2021-06-03-preview',
  ],
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    if (!/^(?!-)[a-z0-9-]{4,63}(?<!-)$/i.test(nameIn(input.id))) {
      throw badRequest(
        'InvalidResourceName',
        `The workspace name '${nameIn(input.id)}' is invalid: 4 to 63 letters, digits and hyphens.`,
      );
    }
    const host = `${nameIn(input.id).toLowerCase()}-${context.stableGuid(input.id, 'host').slice(0, 4)}`;
    const account = resourceOf(type, input, envelope, {
      ...properties,
      accountId: context.stableGuid(input.id, 'accountId'),
      publicNetworkAccess: properties.publicNetworkAccess ?? 'Enabled',
      metrics: {
        internalId: `mac_${context.stableGuid(input.id, 'internalId')}`,
        prometheusQueryEndpoint: `https://${host}.${String(envelope.location)}.prometheus.monitor.azure.com`,
      },
      provisioningState: 'Succeeded',
    });
    return { put: [account], delete: [] };
  },
  read: (stored, context) =>
    withEtag(
      withProperties(
        stored,
        defined({ privateEndpointConnections: privateEndpointConnections(stored.id, type, context) }),
      ),
    ),
};
