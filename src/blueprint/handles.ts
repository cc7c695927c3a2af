import type { IdHandle, PropertyHandle, SubscriptionHandle } from '../model/handle.ts';
import type { Resource } from '../model/resource.ts';

/** The id of a resource, or of something inside it: `idOf(network, ['subnets', 'snet-x'])`. */
export function idOf(
  resource: Pick<Resource, 'key'>,
  ...children: readonly (readonly [type: string, name: string])[]
): IdHandle {
  return children.length === 0
    ? { $handle: 'id', resource: resource.key }
    : { $handle: 'id', resource: resource.key, children };
}

/** A value that Azure decides; `path` is below `properties` of the resource, e.g. `ipConfigurations[0].properties.privateIPAddress`. */
export function propertyOf(resource: Pick<Resource, 'key'>, path: string): PropertyHandle {
  return { $handle: 'property', resource: resource.key, path };
}

/** Who a resource is at Entra, where Azure makes its identity with it. */
export function identityMadeWith(resource: Pick<Resource, 'key'>): PropertyHandle {
  return { $handle: 'property', resource: resource.key, path: 'identity.principalId', full: true };
}

/** The id of the subscription that everything goes to. */
export const subscriptionId: SubscriptionHandle = { $handle: 'subscription' };

/** The id of a resource group that no part makes, because a service does. */
export function groupMadeByAzure(group: string): SubscriptionHandle {
  return { $handle: 'subscription', group };
}
