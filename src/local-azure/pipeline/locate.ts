import { ArmError } from '../../arm/arm-error.ts';
import { describe, groupIdOf, groupType, parseId, type ResourcePath } from '../resources/resource-path.ts';
import type { ResourceRecord } from '../resources/resource-table.ts';
import { namespaceOf, type TypeEntry } from '../resources/type-table.ts';
import {
  groupBeingDeleted,
  groupNotFound,
  invalidName,
  parentNotFound,
  resourceNotFound,
  subscriptionNotFound,
} from '../service-errors.ts';
import type { World } from '../world.ts';

/** What a call is about, found. */
export interface Target {
  readonly path: ResourcePath;
  /** In the casing of the first write. */
  readonly id: string;
  readonly name: string;
  readonly entry: TypeEntry;
  readonly existing: ResourceRecord | undefined;
}

/** The scope of a path must exist: its subscription and its group. */
export function locateScope(world: World, path: Pick<ResourcePath, 'subscriptionId' | 'resourceGroup' | 'type'>): void {
  if (path.subscriptionId === undefined) return;
  if (world.subscriptions.find(path.subscriptionId) === undefined) throw subscriptionNotFound(path.subscriptionId);
  if (path.resourceGroup === undefined || path.type === groupType) return;
  const id = `/subscriptions/${path.subscriptionId}/resourceGroups/${path.resourceGroup}`;
  if (world.resources.get(id) === undefined) throw groupNotFound(path.resourceGroup);
}

/** Finds the resource of a call, its type's provider, and the id in its first casing. Throws as ARM does. */
export function locate(world: World, path: ResourcePath, apiVersion: string, location?: string): Target {
  locateScope(world, path);
  const entry = world.types.resolve(path.type, apiVersion, location);
  const existing = world.resources.record(path.key);
  const id = existing?.resource.id ?? canonicalId(world, path, entry.unmodelled ? path.type : entry.provider.type);
  return { path, id, name: existing?.resource.name ?? nameIn(id, path), entry, existing };
}

/** What a write needs besides: a living group, the parent, the resource that an extension hangs on, a valid name. */
export function locateForWrite(world: World, path: ResourcePath, apiVersion: string, location?: string): Target {
  const target = locate(world, path, apiVersion, location);
  const groupId = groupIdOf(path);
  const group = groupId === undefined ? undefined : world.resources.get(groupId);
  if (group?.properties?.provisioningState === 'Deleting') throw groupBeingDeleted(group.name);
  const invalid = /[<>%&:\\?+\p{Cc}]/u.exec(path.name)?.[0];
  if (invalid !== undefined && target.existing === undefined) throw invalidName(path.name, invalid);
  requireRegistration(world, path);
  requireParent(world, path);
  return target;
}

function requireRegistration(world: World, path: ResourcePath): void {
  const namespace = namespaceOf(path.type);
  if (path.subscriptionId === undefined || world.subscriptions.isRegistered(path.subscriptionId, namespace)) return;
  throw new ArmError(409, {
    code: 'MissingSubscriptionRegistration',
    message: `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
  });
}

/** Parents of types that local Azure does not model cannot be asked for. */
function requireParent(world: World, path: ResourcePath): void {
  if (path.parentId !== undefined) {
    const parentType = path.type.slice(0, path.type.lastIndexOf('/'));
    if (world.types.find(parentType) === undefined || world.resources.get(path.parentId) !== undefined) return;
    throw parentNotFound(path.type.slice(namespaceOf(path.type).length + 1), path.parentId);
  }
  const scope = parseId(path.scopeId);
  if (scope === undefined || !scope.id.includes('/providers/')) return;
  // What a vault's data plane holds, this side does not see: of it, the vault must be there.
  const asked =
    scope.type.toLowerCase() === 'microsoft.keyvault/vaults/secrets' ? parseId(scope.parentId ?? '') : scope;
  if (asked === undefined) return;
  if (world.types.find(asked.type) === undefined || world.resources.get(asked.id) !== undefined) return;
  throw resourceNotFound(describe(asked), asked.resourceGroup);
}

/** The id as the service spells it: what exists above keeps its casing, the type gets the provider's. */
function canonicalId(world: World, path: ResourcePath, type: string): string {
  const subscription = path.subscriptionId === undefined ? undefined : world.subscriptions.find(path.subscriptionId);
  const root = subscription === undefined ? '' : `/subscriptions/${subscription.subscriptionId}`;
  if (type === groupType) return `${root}/resourceGroups/${path.name}`;
  const [namespace, ...types] = type.split('/');
  const names = path.name.split('/');
  const parent = path.parentId === undefined ? undefined : world.resources.get(path.parentId);
  if (parent !== undefined) return `${parent.id}/${types.at(-1)}/${names.at(-1)}`;
  const pairs = types.map((segment, i) => `${segment}/${names[i]}`).join('/');
  return `${canonicalScope(world, path, root)}/providers/${namespace}/${pairs}`;
}

function canonicalScope(world: World, path: ResourcePath, root: string): string {
  const scope = world.resources.get(path.scopeId);
  if (scope !== undefined) return scope.id;
  return path.resourceGroup === undefined && path.subscriptionId !== undefined && !path.scopeId.includes('/providers/')
    ? root
    : path.scopeId;
}

/** The last name: what `name` holds in ARM's answers. */
function nameIn(id: string, path: ResourcePath): string {
  return path.type === groupType ? path.name : id.slice(id.lastIndexOf('/') + 1);
}
