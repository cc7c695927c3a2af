import { type ArmCall, ok, type Reply } from '../protocol/call.ts';
import { regions } from '../resources/regions.ts';
import { subscriptionNotFound } from '../service-errors.ts';
import type { Subscription } from '../subscriptions.ts';
import type { World } from '../world.ts';
import { page } from './paging.ts';

/** `GET /tenants` */
export function listTenants(world: World): Reply {
  const { tenantId } = world;
  const tenant = {
    id: `/tenants/${tenantId}`,
    tenantId,
    displayName: 'Local Azure',
    tenantCategory: 'Home',
    defaultDomain: 'local.invalid',
    domains: ['local.invalid'],
    countryCode: 'US',
  };
  return ok({ value: [tenant] });
}

/** `GET /subscriptions` */
export function listSubscriptions(world: World, call: ArmCall): Reply {
  const value = world.subscriptions.all().map((subscription) => subscriptionForm(world, subscription));
  return page(call, value, ({ id }) => id.toLowerCase());
}

/** `GET /subscriptions/{id}` */
export function getSubscription(world: World, id: string): Reply {
  return ok(subscriptionForm(world, findSubscription(world, id)));
}

export function findSubscription(world: World, id: string): Subscription {
  const subscription = world.subscriptions.find(id);
  if (subscription === undefined) throw subscriptionNotFound(id);
  return subscription;
}

/** A subscription as GET returns it, with the keys that `az login` needs. */
export function subscriptionForm(world: World, { subscriptionId, displayName }: Subscription) {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId,
    tenantId: world.tenantId,
    displayName,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

/** `GET /subscriptions/{id}/locations` */
export function listLocations(world: World, id: string): Reply {
  const { subscriptionId } = findSubscription(world, id);
  const value = regions.map(({ name, displayName }) => ({
    id: `/subscriptions/${subscriptionId}/locations/${name}`,
    name,
    type: 'Region',
    displayName,
    regionalDisplayName: displayName,
    metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
  }));
  return ok({ value });
}
