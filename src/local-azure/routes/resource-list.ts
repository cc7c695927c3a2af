import type { ArmResource } from '../../model/resource.ts';
import { locateScope } from '../pipeline/locate.ts';
import { type ArmCall, queryParameter, type Reply } from '../protocol/call.ts';
import { groupType, type ResourcePath } from '../resources/resource-path.ts';
import { methodNotAllowed } from '../service-errors.ts';
import { readForm, type World } from '../world.ts';
import { page } from './paging.ts';
import { resourceFilter } from './resource-filter.ts';

/** What `/resources` tells of a resource; `properties` stay with the service. */
const genericKeys = [
  'id',
  'name',
  'type',
  'kind',
  'location',
  'managedBy',
  'sku',
  'plan',
  'identity',
  'zones',
  'tags',
] as const;

/** `GET {subscription or group}/resources`: the tracked resources (those with a location), in generic form. */
export function resourceList(world: World, call: ArmCall, scope: ResourcePath): Reply {
  if (call.method !== 'GET') throw methodNotAllowed(call.method);
  locateScope(world, { ...scope, type: '' });
  const filter = resourceFilter(queryParameter(call.url, '$filter'));
  const withState = (queryParameter(call.url, '$expand') ?? '').toLowerCase().includes('provisioningstate');
  const value = world.resources
    .below(scope.id)
    .filter(({ resource }) => resource.type !== groupType && typeof resource.location === 'string')
    .map((record) => readForm(world, record))
    .filter(filter)
    .map((resource) => genericForm(resource, withState));
  return page(call, value, ({ id }) => String(id).toLowerCase());
}

function genericForm(resource: ArmResource, withState: boolean): Readonly<Record<string, unknown>> {
  const form: Record<string, unknown> = {};
  for (const key of genericKeys) if (resource[key] !== undefined) form[key] = resource[key];
  // Children have their full name here.
  form.name = fullName(resource);
  const state = resource.properties?.provisioningState;
  if (withState && state !== undefined) form.provisioningState = state;
  return form;
}

function fullName(resource: ArmResource): string {
  const tail = resource.id.slice(resource.id.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length);
  return tail
    .split('/')
    .slice(1)
    .filter((_, i) => i % 2 === 1)
    .join('/');
}
