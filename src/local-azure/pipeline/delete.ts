import { purgedWith } from '../data-planes/vault/vault-objects.ts';
import { describe } from '../resources/resource-path.ts';
import { errorBodyOf, resourceNotFound } from '../service-errors.ts';
import { commit, readForm, type World } from '../world.ts';
import { authorize } from './authorize.ts';
import { locksOf, operationUri, requireNoOtherWrite } from './concurrent-writes.ts';
import { locate, type Target } from './locate.ts';
import { checkPreconditions } from './preconditions.ts';
import { provideDelete } from './provide.ts';
import { type WriteCall, withState } from './put.ts';

export type DeleteResult =
  /** There was nothing. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'running'; readonly operationId: string; readonly uri: string; readonly resultUri: string };

/** A DELETE through the steps: authorize, provider, store. */
export async function deleteResource(world: World, call: WriteCall): Promise<DeleteResult> {
  const target = locate(world, call.path, call.apiVersion);
  authorize(world, call.principal, `${target.entry.provider.type}/delete`, target.id);
  const { existing } = target;
  if (existing === undefined) {
    if (call.ifMatch !== undefined) throw resourceNotFound(describe(call.path), call.path.resourceGroup);
    return { kind: 'absent' };
  }
  checkPreconditions(target.id, readForm(world, existing), call);
  requireNoOtherWrite(world, target, call.origin);
  // The service looks before it accepts, and again when it acts.
  const change = provideDelete(world, target, existing);
  if (!target.entry.provider.longRunning) {
    // What a purged vault held goes with it; until then it could be recovered.
    const purged = target.path.type.toLowerCase() === 'microsoft.keyvault/locations/deletedvaults';
    await commit(world, change, purged ? purgedWith(world, String(existing.resource.properties?.vaultId)) : []);
    return { kind: 'deleted' };
  }
  const { operation, change: begun } = world.operations.begin('delete', target.id, locksOf(world, target));
  try {
    await commit(world, { put: [withState(existing, 'Deleting')], delete: [] }, [begun]);
  } catch (error) {
    world.operations.abandon(operation);
    throw error;
  }
  void finish(world, target, operation, existing.resource.properties?.provisioningState);
  return {
    kind: 'running',
    operationId: operation.id,
    uri: operationUri(world, call.origin, target, operation.id),
    resultUri: operationUri(world, call.origin, target, operation.id, 'operationResults'),
  };
}

async function finish(
  world: World,
  target: Target,
  operation: Parameters<World['operations']['end']>[0],
  stateBefore: Parameters<typeof withState>[1],
): Promise<void> {
  if (world.operationLatency > 0) await world.clock.sleep(world.operationLatency);
  const now = world.resources.record(target.id);
  try {
    const change = now === undefined ? { put: [], delete: [] } : provideDelete(world, target, now);
    await world.operations.end(operation, { status: 'Succeeded' }, (changes) => commit(world, change, changes));
  } catch (error) {
    const put = now === undefined ? [] : [withState(now, stateBefore)];
    await world.operations.end(operation, { status: 'Failed', error: errorBodyOf(error) }, (changes) =>
      commit(world, { put, delete: [] }, changes),
    );
  }
}
