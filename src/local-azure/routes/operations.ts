import { ArmError } from '../../arm/arm-error.ts';
import { milliseconds } from '../../kernel/units.ts';
import type { Operation } from '../operations.ts';
import { type ArmCall, noContent, ok, type Reply } from '../protocol/call.ts';
import { methodNotAllowed } from '../service-errors.ts';
import { readForm, type World } from '../world.ts';

/** How long a poll is held while the operation runs, so that a client that polls by the second sees a quick end at once. */
const pollHold = milliseconds(500);

/** `Azure-AsyncOperation`: 200 with `{status, error}` whatever became of it. */
export async function operationStatus(world: World, call: ArmCall, id: string): Promise<Reply> {
  const operation = await awaitOperation(world, call, id);
  const { status, error } = operation;
  const outcome = { status, ...(error === undefined ? {} : { error }) };
  // Deployments tell no more, and have a word of their own for what is under way.
  const body =
    operation.kind === 'deployment'
      ? { ...outcome, status: status === 'InProgress' ? 'Running' : status }
      : {
          id: call.url.pathname,
          name: operation.id,
          ...outcome,
          startTime: operation.startTime,
          endTime: operation.endTime,
        };
  return ok(body, operation.status === 'InProgress' ? { 'retry-after': '1' } : {});
}

/** `Location`: 202 while it runs, then what a direct answer would have been. */
export async function operationResult(world: World, call: ArmCall, id: string): Promise<Reply> {
  const operation = await awaitOperation(world, call, id);
  if (operation.status === 'InProgress')
    return { status: 202, headers: { location: call.url.href, 'retry-after': '1' } };
  if (operation.error !== undefined) return { status: operation.errorStatus ?? 409, body: { error: operation.error } };
  const resource = operation.kind === 'put' ? world.resources.record(operation.target) : undefined;
  if (resource !== undefined) return ok(readForm(world, resource));
  return operation.kind === 'delete' ? noContent : { status: 200 };
}

async function awaitOperation(world: World, call: ArmCall, id: string): Promise<Operation> {
  if (call.method !== 'GET') throw methodNotAllowed(call.method);
  const operation = world.operations.find(id);
  if (operation === undefined) {
    throw new ArmError(404, { code: 'OperationNotFound', message: `The operation '${id}' could not be found.` });
  }
  if (operation.status !== 'InProgress') return operation;
  const abort = new AbortController();
  await Promise.race([world.operations.settled(id), world.clock.sleep(pollHold, abort.signal).catch(() => undefined)]);
  abort.abort();
  return world.operations.find(id) ?? operation;
}
