import type { Blueprint, HubRequests } from '../../model/blueprint.ts';
import type { Handle } from '../../model/handle.ts';
import type { Resource, Value } from '../../model/resource.ts';
import type { BuildContext } from '../context.ts';
import type { Built } from '../draft.ts';

/**
 * What the owners of hubs that are there are asked to add: their half of each peering, and rules for their firewall with the ranges
 * instead of our groups of ranges. It stands by itself: no handle, since the owner's template may not refer to ours.
 */
export function hubRequests(context: BuildContext, parts: readonly Built[]): Pick<Blueprint, 'hubRequests'> {
  const asked = parts.flatMap((part) => part.requests ?? []);
  const known = new Map(
    [...parts.flatMap((part) => part.resources), ...asked.map(({ resource }) => resource)].map((one) => [one.key, one]),
  );
  const requests = context.spec.hubs.flatMap(({ region, existing }): readonly HubRequests[] => {
    const own = asked.filter((one) => one.region === region).map(({ resource }) => resource);
    if (existing === undefined || own.length === 0) return [];
    const scope = existing.virtualNetworkId.split('/').slice(0, 5).join('/');
    const resources = own
      .filter(({ type }) => type !== 'Microsoft.Network/ipGroups')
      .map((one) => ({ ...one, properties: literal(one.properties ?? {}, known, context.spec.azure.subscriptionId) }));
    return [{ region, scope, resources }];
  });
  return requests.length === 0 ? {} : { hubRequests: requests };
}

function literal(value: Value, known: ReadonlyMap<string, Resource>, subscription: string): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Value) => literal(one, known, subscription));
  if ('$handle' in value) return idIn(value as Handle, known, subscription);
  const { sourceIpGroups, ...rest } = value as Readonly<Record<string, Value | undefined>>;
  const members = Object.entries(rest).map(([name, one]) => [
    name,
    one === undefined ? undefined : literal(one, known, subscription),
  ]);
  const sources = (sourceIpGroups as readonly Handle[] | undefined)?.flatMap(({ resource }) => {
    const group = known.get(resource)?.properties as { readonly ipAddresses?: readonly string[] } | undefined;
    return group?.ipAddresses ?? [];
  });
  return Object.fromEntries([...members, ...(sources === undefined ? [] : [['sourceAddresses', sources]])]);
}

function idIn(handle: Handle, known: ReadonlyMap<string, Resource>, subscription: string): string {
  const resource = known.get(handle.resource);
  if (handle.$handle !== 'id' || resource === undefined || resource.scope.kind !== 'resourceGroup')
    throw new RangeError(`${handle.resource} has no id that an owner could be told`);
  const [namespace, ...types] = resource.type.split('/');
  const names = resource.name.split('/');
  const path = types.flatMap((type, i) => [type, names[i]]);
  return [
    '',
    'subscriptions',
    subscription,
    'resourceGroups',
    resource.scope.name,
    'providers',
    namespace,
    ...path,
  ].join('/');
}
