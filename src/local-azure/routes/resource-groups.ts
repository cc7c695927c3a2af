import { deleteGroup } from '../pipeline/delete-group.ts';
import { patchTags } from '../pipeline/patch.ts';
import { putResource } from '../pipeline/put.ts';
import { type ArmCall, ok, queryParameter, type Reply } from '../protocol/call.ts';
import { readObject } from '../protocol/request-body.ts';
import { groupType, parsePath } from '../resources/resource-path.ts';
import { groupNotFound, invalidApiVersion, methodNotAllowed, subscriptionNotFound } from '../service-errors.ts';
import { readForm, type World } from '../world.ts';
import { writeCall } from './generic.ts';
import { page } from './paging.ts';
import { resourceFilter } from './resource-filter.ts';

/** `/subscriptions/{s}/resourcegroups[/{rg}]` */
export async function resourceGroupRoute(
  world: World,
  call: ArmCall,
  subscriptionId: string,
  name: string | undefined,
): Promise<Reply> {
  const subscription = world.subscriptions.find(subscriptionId);
  if (subscription === undefined) throw subscriptionNotFound(subscriptionId);
  requireVersion(world, call.apiVersion);
  if (name === undefined) {
    if (call.method !== 'GET') throw methodNotAllowed(call.method);
    const root = `/subscriptions/${subscriptionId}/`.toLowerCase();
    const filter = resourceFilter(queryParameter(call.url, '$filter'));
    const groups = world.resources
      .recordsOfType(groupType)
      .map((record) => readForm(world, record))
      .filter((group) => group.id.toLowerCase().startsWith(root) && filter(group));
    return page(call, groups, ({ id }) => id.toLowerCase());
  }
  const path = parsePath(['subscriptions', subscriptionId, 'resourceGroups', name]);
  if (path === undefined) throw groupNotFound(name);
  const record = world.resources.record(path.key);
  switch (call.method) {
    case 'HEAD':
      return { status: record === undefined ? 404 : 204 };
    case 'GET':
      if (record === undefined) throw groupNotFound(name);
      return ok(readForm(world, record));
    case 'PUT': {
      const result = await putResource(world, writeCall(call, path), readObject(call.text));
      return { status: result.status, body: result.resource };
    }
    case 'PATCH':
      if (record === undefined) throw groupNotFound(name);
      return ok(await patchTags(world, writeCall(call, path), readObject(call.text)));
    case 'DELETE': {
      const { operationId } = await deleteGroup(world, writeCall(call, path));
      const location = `${call.url.origin}/subscriptions/${subscription.subscriptionId}/operationresults/${operationId}?api-version=${call.apiVersion}`;
      return { status: 202, headers: { location, 'retry-after': '1' } };
    }
    default:
      throw methodNotAllowed(call.method);
  }
}

/** ARM answers for its own types with a code of its own. */
function requireVersion(world: World, apiVersion: string): void {
  const versions = world.types.find(groupType)?.apiVersions ?? [];
  if (!versions.includes(apiVersion)) throw invalidApiVersion(apiVersion, versions);
}
