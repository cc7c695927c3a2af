import { ArmError, type ArmErrorBody } from '../../arm/arm-error.ts';
import { parseId } from '../resources/resource-path.ts';
import type { ResourceRecord } from '../resources/resource-table.ts';
import { errorBodyOf, groupBeingDeleted, groupNotFound } from '../service-errors.ts';
import { commit, type World } from '../world.ts';
import { authorize } from './authorize.ts';
import { locate } from './locate.ts';
import { provideDelete } from './provide.ts';
import { type WriteCall, withState } from './put.ts';

/**
 * DELETE of a resource group: an operation that deletes what it holds in an order that the services accept, then the group.
 * What a service refuses (a subnet that something outside uses) stays, the group too: `ResourceGroupDeletionBlocked`.
 */
export async function deleteGroup(world: World, call: WriteCall): Promise<{ readonly operationId: string }> {
  const { existing, id } = locate(world, call.path, call.apiVersion);
  authorize(world, call.principal, 'Microsoft.Resources/subscriptions/resourceGroups/delete', id);
  if (existing === undefined) throw groupNotFound(call.path.name);
  if (existing.resource.properties?.provisioningState === 'Deleting') throw groupBeingDeleted(existing.resource.name);
  if (world.deployments.runningIn(id)) {
    throw new ArmError(409, {
      code: 'ResourceGroupDeletionBlocked',
      message: `The resource group '${existing.resource.name}' has a running deployment. Cancel it or wait until it ends.`,
    });
  }
  const { operation, change } = world.operations.begin('deleteGroup', id, [id]);
  try {
    await commit(world, { put: [withState(existing, 'Deleting')], delete: [] }, [change]);
  } catch (error) {
    world.operations.abandon(operation);
    throw error;
  }
  void finish(world, operation, id);
  return { operationId: operation.id };
}

async function finish(world: World, operation: Parameters<World['operations']['end']>[0], id: string): Promise<void> {
  try {
    if (world.operationLatency > 0) await world.clock.sleep(world.operationLatency);
    await settleWritesBelow(world, id);
    const blocked = await deleteInRounds(world, rootsOf(world, id));
    if (blocked.length > 0) throw deletionBlocked(id, blocked);
    const history = world.deployments.forget(id);
    await world.operations.end(operation, { status: 'Succeeded' }, (changes) =>
      commit(world, { put: [], delete: [id] }, [...history, ...changes]),
    );
  } catch (error) {
    const group = world.resources.record(id);
    const put = group === undefined ? [] : [withState(group, 'Succeeded')];
    await world.operations.end(operation, { status: 'Failed', error: errorBodyOf(error) }, (changes) =>
      commit(world, { put, delete: [] }, changes),
    );
  }
}

/** What a group holds directly: children and extension resources go with them. */
export function rootsOf(world: World, groupId: string): readonly string[] {
  return world.resources
    .below(groupId)
    .map(({ resource }) => resource.id)
    .filter((id) => {
      const path = parseId(id);
      return path?.parentId === undefined && path?.scopeId.toLowerCase() === groupId.toLowerCase();
    });
}

/** Writes that ran already when the group began to go end first. */
async function settleWritesBelow(world: World, id: string): Promise<void> {
  for (const { resource } of world.resources.below(id)) {
    const holder = world.operations.holderOf([resource.id]);
    if (holder !== undefined) await world.operations.settled(holder.id);
  }
}

/** Deletes resources, those first that nothing else needs, until all are gone or no service lets go of any more. */
export async function deleteInRounds(
  world: World,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly error: ArmErrorBody }[]> {
  let left = ids;
  for (;;) {
    const refused: { id: string; error: ArmErrorBody }[] = [];
    for (const id of left) {
      const record = world.resources.record(id);
      if (record === undefined) continue;
      try {
        await deleteNow(world, record);
      } catch (error) {
        if (!(error instanceof ArmError)) throw error;
        refused.push({ id, error: error.body });
      }
    }
    if (refused.length === 0 || refused.length === left.length) return refused;
    left = refused.map(({ id }) => id);
  }
}

async function deleteNow(world: World, record: ResourceRecord): Promise<void> {
  const path = parseId(record.resource.id);
  if (path === undefined) throw new TypeError(`${record.resource.id} is no resource id`);
  const entry = world.types.entryOf(record.resource.type);
  const target = { path, id: record.resource.id, name: record.resource.name, entry, existing: record };
  await commit(world, provideDelete(world, target, record));
}

function deletionBlocked(
  id: string,
  blocked: readonly { readonly id: string; readonly error: ArmErrorBody }[],
): ArmError {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return new ArmError(409, {
    code: 'ResourceGroupDeletionBlocked',
    message: `Deletion of resource group '${name}' failed as resources with identifiers '${blocked.map((item) => item.id).join(',')}' could not be deleted. The provisioning state of the resource group will be rolled back.`,
    details: blocked.map(({ id: target, error }) => ({ ...error, target })),
  });
}
