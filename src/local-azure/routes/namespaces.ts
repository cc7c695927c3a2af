import { type ArmCall, ok, type Reply } from '../protocol/call.ts';
import { regions } from '../resources/regions.ts';
import { namespaceOf, type TypeEntry } from '../resources/type-table.ts';
import { invalidNamespace, methodNotAllowed } from '../service-errors.ts';
import type { World } from '../world.ts';
import { page } from './paging.ts';
import { findSubscription } from './subscriptions.ts';

/** `/subscriptions/{s}/providers[/{ns}[/register|unregister]]`, and `/providers[/{ns}]` without a subscription. */
export async function namespaces(
  world: World,
  call: ArmCall,
  subscriptionId: string | undefined,
  rest: readonly string[],
): Promise<Reply> {
  if (subscriptionId !== undefined) findSubscription(world, subscriptionId);
  const [wanted, verb] = rest;
  if (wanted === undefined) {
    if (call.method !== 'GET') throw methodNotAllowed(call.method);
    const value = world.types.namespaces().map((namespace) => namespaceForm(world, subscriptionId, namespace));
    return page(call, value, ({ namespace }) => namespace.toLowerCase());
  }
  const namespace = world.types.namespaces().find((known) => known.toLowerCase() === wanted.toLowerCase());
  if (namespace === undefined) throw invalidNamespace(wanted);
  if (verb !== undefined) {
    if (call.method !== 'POST' || subscriptionId === undefined) throw methodNotAllowed(call.method);
    await world.subscriptions.setRegistered(subscriptionId, namespace, verb.toLowerCase() === 'register');
  } else if (call.method !== 'GET') {
    throw methodNotAllowed(call.method);
  }
  return ok(namespaceForm(world, subscriptionId, namespace));
}

function namespaceForm(world: World, subscriptionId: string | undefined, namespace: string) {
  const path = `/providers/${namespace}`;
  const isRegistered = subscriptionId === undefined || world.subscriptions.isRegistered(subscriptionId, namespace);
  return {
    ...(subscriptionId === undefined ? {} : { id: `/subscriptions/${subscriptionId}${path}` }),
    namespace,
    registrationPolicy: 'RegistrationRequired',
    ...(subscriptionId === undefined ? {} : { registrationState: isRegistered ? 'Registered' : 'NotRegistered' }),
    resourceTypes: world.types
      .all()
      .filter(({ provider }) => namespaceOf(provider.type) === namespace)
      .map((entry) => typeForm(entry)),
  };
}

export function typeForm({ provider, apiVersions }: TypeEntry) {
  return {
    resourceType: provider.type.slice(namespaceOf(provider.type).length + 1),
    locations:
      provider.location === 'required'
        ? regions.map(({ displayName }) => displayName)
        : provider.location === 'global'
          ? ['global']
          : [],
    apiVersions,
    ...(apiVersions[0] === undefined ? {} : { defaultApiVersion: apiVersions[0] }),
    capabilities: provider.location === 'none' ? 'None' : 'SupportsTags, SupportsLocation',
  };
}
