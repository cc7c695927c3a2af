import type { ProviderContext } from './contract.ts';
import { sameId } from './ids.ts';
import { listOf, type Members, membersOf, textOf } from './members.ts';
import { propertiesOf } from './resource-form.ts';

const lists = ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'];

/** The private endpoints that lead to a resource, as it shows them; nothing where there are none. */
export function privateEndpointConnections(
  id: string,
  type: string,
  context: ProviderContext,
): readonly Members[] | undefined {
  const connections = context.view.ofType('Microsoft.Network/privateEndpoints').flatMap((endpoint) => {
    const held = lists.flatMap((list) => listOf(propertiesOf(endpoint)[list])).map(membersOf);
    const item = held.find((candidate) => sameId(textOf(membersOf(candidate.properties).privateLinkServiceId), id));
    if (item === undefined) return [];
    const name = `${endpoint.name}.${context.stableGuid(endpoint.id, 'privateEndpointConnection')}`;
    return [
      {
        id: `${id}/privateEndpointConnections/${name}`,
        name,
        type: `${type}/privateEndpointConnections`,
        properties: {
          provisioningState: 'Succeeded',
          privateEndpoint: { id: endpoint.id },
          privateLinkServiceConnectionState: membersOf(item.properties).privateLinkServiceConnectionState,
        },
      },
    ];
  });
  return connections.length === 0 ? undefined : connections;
}
