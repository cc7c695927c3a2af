import type { Json } from '../../kernel/canonical-json.ts';
import type { ArmResource } from '../../model/resource.ts';
import { fluxConfigurationType, reconcile } from '../data-planes/cluster/reconcile.ts';
import type { Operation } from '../operations.ts';
import type { Principal } from '../protocol/tokens.ts';
import type { ResourcePath } from '../resources/resource-path.ts';
import type { ResourceRecord } from '../resources/resource-table.ts';
import { errorBodyOf } from '../service-errors.ts';
import { commit, readForm, type World } from '../world.ts';
import { authorize } from './authorize.ts';
import { checkBody } from './check-body.ts';
import { locksOf, operationUri, requireNoOtherWrite } from './concurrent-writes.ts';
import { locateForWrite, type Target } from './locate.ts';
import { checkPreconditions, type Preconditions } from './preconditions.ts';
import { providePut } from './provide.ts';

export interface WriteCall extends Preconditions {
  readonly principal: Principal;
  readonly path: ResourcePath;
  readonly apiVersion: string;
  /** `https://localhost:PORT`, for the addresses of operations. */
  readonly origin: string;
}

export interface PutResult {
  /** 201 when it is new, or when an operation runs; 200 otherwise. */
  readonly status: 200 | 201;
  readonly resource: ArmResource;
  /** Runs still; where it is polled. */
  readonly operation?: { readonly id: string; readonly uri: string };
}

/** A PUT through the steps: authorize, check body, provider, store. The caller is authenticated already. */
export async function putResource(world: World, call: WriteCall, body: unknown): Promise<PutResult> {
  const target = locateForWrite(world, call.path, call.apiVersion, locationIn(body));
  authorize(world, call.principal, `${target.entry.provider.type}/write`, target.id);
  const { existing } = target;
  checkPreconditions(target.id, existing === undefined ? undefined : readForm(world, existing), call);
  requireNoOtherWrite(world, target, call.origin);
  const checked = checkBody(world, target, call.apiVersion, body);
  const change = providePut(world, target, call.apiVersion, checked);
  const status = existing === undefined ? 201 : 200;
  if (!target.entry.provider.longRunning) {
    await commit(world, change);
    return { status, resource: readForm(world, change.main) };
  }
  const { operation, change: begun } = world.operations.begin('put', target.id, locksOf(world, target));
  const updating = withState(change.main, 'Updating');
  try {
    await commit(world, { put: [updating, ...change.put.slice(1)], delete: change.delete }, [begun]);
  } catch (error) {
    world.operations.abandon(operation);
    throw error;
  }
  const answer = readForm(world, updating);
  const uri = operationUri(world, call.origin, { ...target, existing: existing ?? change.main }, operation.id);
  void finish(world, target, operation, stateOf(change.main));
  return { status, resource: answer, operation: { id: operation.id, uri } };
}

/** What remains of a long-running PUT: its time, and the final state. What others changed on the resource meanwhile stays. */
async function finish(world: World, target: Target, operation: Operation, state: Json | undefined): Promise<void> {
  try {
    if (world.operationLatency > 0) await world.clock.sleep(world.operationLatency);
    if (target.entry.provider.type === fluxConfigurationType) await reconcile(world, target.id);
    const now = world.resources.record(target.id);
    const put = now === undefined ? [] : [withState(now, state)];
    await world.operations.end(operation, { status: 'Succeeded' }, (changes) =>
      commit(world, { put, delete: [] }, changes),
    );
  } catch (error) {
    await world.operations.end(operation, { status: 'Failed', error: errorBodyOf(error) }, (changes) =>
      commit(world, { put: [], delete: [] }, changes),
    );
  }
}

const stateOf = (record: ResourceRecord): Json | undefined => record.resource.properties?.provisioningState;

/** The record with another `provisioningState`; without one where the service has none. */
export function withState(record: ResourceRecord, state: Json | undefined): ResourceRecord {
  const { provisioningState: _, ...properties } = record.resource.properties ?? {};
  const next = state === undefined ? properties : { ...properties, provisioningState: state };
  return { ...record, resource: { ...record.resource, properties: next } };
}

function locationIn(body: unknown): string | undefined {
  const location = typeof body === 'object' && body !== null ? (body as { location?: unknown }).location : undefined;
  return typeof location === 'string' ? location : undefined;
}
