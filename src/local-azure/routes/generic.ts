import { ArmError } from '../../arm/arm-error.ts';
import { runAction } from '../pipeline/action.ts';
import { authorize } from '../pipeline/authorize.ts';
import { deleteResource } from '../pipeline/delete.ts';
import { locate, locateScope } from '../pipeline/locate.ts';
import { patchTags } from '../pipeline/patch.ts';
import { etagOf, matchesTag } from '../pipeline/preconditions.ts';
import { putResource, type WriteCall } from '../pipeline/put.ts';
import { type ArmCall, noContent, ok, type Reply } from '../protocol/call.ts';
import { readObject } from '../protocol/request-body.ts';
import { describe, type ResourcePath } from '../resources/resource-path.ts';
import { methodNotAllowed, notModelled, resourceNotFound } from '../service-errors.ts';
import { readForm, type World } from '../world.ts';
import { page } from './paging.ts';

/** A call as the pipeline takes it. */
export function writeCall(call: ArmCall, path: ResourcePath): WriteCall {
  return {
    principal: call.principal,
    path,
    apiVersion: call.apiVersion,
    origin: call.url.origin,
    ifMatch: call.headers.get('if-match') ?? undefined,
    ifNoneMatch: call.headers.get('if-none-match') ?? undefined,
  };
}

/** Any resource or collection of a provider. */
export async function genericRoute(world: World, call: ArmCall, path: ResourcePath): Promise<Reply> {
  if (path.kind === 'collection') {
    if (call.method === 'POST') return await actionRoute(world, call, path);
    if (call.method === 'GET') return listRoute(world, call, path);
    throw methodNotAllowed(call.method);
  }
  switch (call.method) {
    case 'GET':
    case 'HEAD':
      return readRoute(world, call, path);
    case 'PUT':
      return await putRoute(world, call, path);
    case 'PATCH':
      return ok(await patchTags(world, writeCall(call, path), readObject(call.text)));
    case 'DELETE':
      return await deleteRoute(world, call, path);
    default:
      throw methodNotAllowed(call.method);
  }
}

function readRoute(world: World, call: ArmCall, path: ResourcePath): Reply {
  const target = locate(world, path, call.apiVersion);
  authorize(world, call.principal, `${target.entry.provider.type}/read`, target.id);
  if (call.method === 'HEAD') return { status: target.existing === undefined ? 404 : 204 };
  if (target.existing === undefined) throw resourceNotFound(describe(path), path.resourceGroup);
  const resource = readForm(world, target.existing);
  const etag = etagOf(resource);
  const known = call.headers.get('if-none-match');
  if (known !== null && matchesTag(known, etag)) return { status: 304, headers: { etag } };
  return ok(resource, { etag });
}

async function putRoute(world: World, call: ArmCall, path: ResourcePath): Promise<Reply> {
  const { status, resource, operation } = await putResource(world, writeCall(call, path), readObject(call.text));
  const etag = etagOf(resource);
  if (operation === undefined) return { status, body: resource, headers: { etag } };
  return { status, body: resource, headers: { etag, 'azure-asyncoperation': operation.uri, 'retry-after': '1' } };
}

async function deleteRoute(world: World, call: ArmCall, path: ResourcePath): Promise<Reply> {
  const result = await deleteResource(world, writeCall(call, path));
  if (result.kind === 'absent') return noContent;
  if (result.kind === 'deleted') return { status: 200 };
  return {
    status: 202,
    headers: { 'azure-asyncoperation': result.uri, location: result.resultUri, 'retry-after': '1' },
  };
}

/** `POST …/{name}/{action}` */
async function actionRoute(world: World, call: ArmCall, path: ResourcePath): Promise<Reply> {
  const at = path.id.lastIndexOf('/');
  const owner = call.segments.slice(0, -1);
  if (path.name === '' || path.parentId === undefined) {
    throw notModelled(`the action '${path.id.slice(at + 1)}' of '${path.id.slice(0, at)}'`);
  }
  const body = call.text.trim() === '' ? undefined : readObject(call.text);
  const answer = runAction(world, call.principal, `/${owner.join('/')}`, path.id.slice(at + 1), call.apiVersion, body);
  return answer === undefined ? noContent : ok(answer);
}

/** Lists a type: all of it below a subscription or group, or the children of one resource. */
function listRoute(world: World, call: ArmCall, path: ResourcePath): Reply {
  locateScope(world, path);
  const { provider } = world.types.resolve(path.type, call.apiVersion, undefined);
  authorize(world, call.principal, `${provider.type}/read`, path.scopeId);
  if (path.parentId !== undefined && world.resources.get(path.parentId) === undefined) {
    throw new ArmError(404, {
      code: 'ParentResourceNotFound',
      message: `Can not perform requested operation on nested resource. Parent resource '${path.parentId}' not found.`,
    });
  }
  const below = `${(path.parentId === undefined ? path.scopeId : path.id).toLowerCase()}/`;
  const value = world.resources
    .recordsOfType(path.type)
    .filter(({ resource }) => resource.id.toLowerCase().startsWith(below))
    .filter(({ resource }) => path.parentId !== undefined || isListedAt(path, resource.id))
    .map((record) => readForm(world, record, provider));
  return page(call, value, ({ id }) => id.toLowerCase());
}

/** A list at a subscription or group has what lies there; only `Microsoft.Authorization` lists what hangs on resources too. */
function isListedAt(path: ResourcePath, id: string): boolean {
  if (path.type.toLowerCase().startsWith('microsoft.authorization/')) return true;
  const depth = (text: string): number => text.toLowerCase().split('/providers/').length;
  return depth(id) === depth(`${path.scopeId}/providers/`);
}
