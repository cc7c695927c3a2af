import type { ArmResource } from '../../model/resource.ts';
import { describe } from '../resources/resource-path.ts';
import { invalidContent, notModelled, resourceNotFound } from '../service-errors.ts';
import { commit, readForm, type World } from '../world.ts';
import { authorize } from './authorize.ts';
import { requireNoOtherWrite } from './concurrent-writes.ts';
import { locateForWrite } from './locate.ts';
import { checkPreconditions } from './preconditions.ts';
import type { WriteCall } from './put.ts';

/**
 * A PATCH of tags, through the steps: authorize, check body, store. Tags merge (RFC 7396: null takes one away). Other
 * properties are refused by name.
 */
export async function patchTags(
  world: World,
  call: WriteCall,
  body: Readonly<Record<string, unknown>>,
): Promise<ArmResource> {
  const target = locateForWrite(world, call.path, call.apiVersion);
  authorize(world, call.principal, `${target.entry.provider.type}/write`, target.id);
  const { existing } = target;
  if (existing === undefined) throw resourceNotFound(describe(call.path), call.path.resourceGroup);
  checkPreconditions(target.id, readForm(world, existing), call);
  requireNoOtherWrite(world, target, call.origin);
  const { tags, id: _id, name: _name, type: _type, location: _location, ...rest } = body;
  const other = Object.keys(rest).find((key) => rest[key] !== undefined && rest[key] !== null);
  if (other !== undefined) throw notModelled(`a PATCH of '${other}' (tags only); PUT the whole resource`);
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    throw invalidContent("The request content was invalid and could not be deserialized: 'tags must be an object'.");
  }
  const merged = Object.entries({ ...existing.resource.tags, ...(tags as Record<string, unknown>) })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, String(value)] as const);
  const record = { ...existing, resource: { ...existing.resource, tags: Object.fromEntries(merged) } };
  await commit(world, { put: [record], delete: [] });
  return readForm(world, record);
}
