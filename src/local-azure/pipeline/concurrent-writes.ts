import { anotherOperation } from '../service-errors.ts';
import type { World } from '../world.ts';
import type { Target } from './locate.ts';

/** Child types whose service writes one child of a parent at a time, and none while the parent is written. */
const serialBelowParent = new Set([
  'microsoft.network/virtualnetworks/subnets',
  'microsoft.network/virtualnetworks/virtualnetworkpeerings',
  'microsoft.network/firewallpolicies/rulecollectiongroups',
]);

const childrenOf = (id: string): string => `${id}#children`;
const isSerial = (target: Target): boolean => serialBelowParent.has(target.path.type.toLowerCase());

/** What a long-running write holds until it ends. Where operations take no time, none can meet another one. */
export function locksOf(world: World, target: Target): readonly string[] {
  if (world.operationLatency === 0) return [];
  const { parentId } = target.path;
  return isSerial(target) && parentId !== undefined ? [target.path.key, childrenOf(parentId)] : [target.path.key];
}

/** Throws `AnotherOperationInProgress` (409) while a write runs on the same resource, or on one that depends on it. */
export function requireNoOtherWrite(world: World, target: Target, origin: string): void {
  const { parentId } = target.path;
  const parent = isSerial(target) && parentId !== undefined ? [parentId, childrenOf(parentId)] : [];
  const holder = world.operations.holderOf([target.path.key, childrenOf(target.path.key), ...parent]);
  if (holder !== undefined) throw anotherOperation(operationUri(world, origin, target, holder.id));
}

/** Where the status of a resource's operation is polled. */
export function operationUri(
  world: World,
  origin: string,
  target: Target,
  operationId: string,
  kind = 'operations',
): string {
  const subscription = target.path.subscriptionId;
  const namespace = target.path.type.split('/')[0];
  const version = target.entry.apiVersions[0] ?? '2024-05-01';
  const root = subscription === undefined ? '' : `/subscriptions/${subscription}`;
  const parent = target.path.parentId === undefined ? undefined : world.resources.get(target.path.parentId);
  const location = target.existing?.resource.location ?? parent?.location ?? 'global';
  return `${origin}${root}/providers/${namespace}/locations/${location}/${kind}/${operationId}?api-version=${version}`;
}
