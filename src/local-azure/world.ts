import type { Json } from '../kernel/canonical-json.ts';
import type { Clock } from '../kernel/clock.ts';
import { uuidV5 } from '../kernel/hash.ts';
import type { Milliseconds } from '../kernel/units.ts';
import type { ArmResource } from '../model/resource.ts';
import type { DeploymentTable } from './deployments/deployment-table.ts';
import type { Operations } from './operations.ts';
import type { ProviderContext, ResourceTypeProvider } from './providers/contract.ts';
import type { ResourceRecord, ResourceTable } from './resources/resource-table.ts';
import type { TypeTable } from './resources/type-table.ts';
import type { Store, StoreChange } from './store/store.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Checks a body against the type data: `types/check-body.ts`. */
export type BodyCheck = (
  type: string,
  apiVersion: string,
  body: unknown,
) => readonly { readonly path: string; readonly code: string; readonly message: string }[];

/** Everything that local Azure holds, for the steps and routes that work on it. What is read is in memory; every change goes to the store. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly tenantId: string;
  readonly asOf: Date;
  readonly hasDataPlanes: boolean;
  readonly operationLatency: Milliseconds;
  readonly types: TypeTable;
  readonly resources: ResourceTable;
  readonly subscriptions: Subscriptions;
  readonly operations: Operations;
  readonly deployments: DeploymentTable;
  readonly checkBody: BodyCheck;
}

/** What is put into and taken out of the resource table, in one transaction with `also`. */
export interface ResourceChange {
  readonly put: readonly ResourceRecord[];
  readonly delete: readonly string[];
}

const resourcePrefix = 'resource/';

/** Applies a change to memory at once, so that whoever comes next sees it, and resolves when it is on the disk. */
export function commit(world: World, change: ResourceChange, also: readonly StoreChange[] = []): Promise<void> {
  const changes: StoreChange[] = [];
  for (const id of change.delete) {
    world.resources.remove(id);
    changes.push({ op: 'delete', key: `${resourcePrefix}${id.toLowerCase()}` });
  }
  for (const record of change.put) {
    world.resources.put(record);
    const key = `${resourcePrefix}${record.resource.id.toLowerCase()}`;
    changes.push({ op: 'put', key, value: record as unknown as Json });
  }
  return world.store.transact([...changes, ...also]);
}

/** Reads what an earlier process left. */
export function loadResources(store: Store, table: ResourceTable): void {
  for (const { value } of store.range(resourcePrefix)) table.put(value as unknown as ResourceRecord);
}

/** Of local Azure: the namespace of every id that a service makes up. */
const serviceNamespace = 'b3f0c2a4-6f0e-5d55-9a57-0e4b8f6d2c11';

export function stableGuid(id: string, purpose: string): string {
  return uuidV5(`${id.toLowerCase()}|${purpose}`, serviceNamespace);
}

/** What a provider at work is shown. */
export function providerContext(world: World, subscriptionId: string | undefined): ProviderContext {
  return {
    view: world.resources,
    now: world.clock.now(),
    tenantId: world.tenantId,
    subscriptionId: subscriptionId ?? '',
    asOf: world.asOf,
    hasDataPlanes: world.hasDataPlanes,
    stableGuid,
  };
}

/** A resource as GET returns it. */
export function readForm(world: World, record: ResourceRecord, provider?: ResourceTypeProvider): ArmResource {
  const { resource } = record;
  const by = provider ?? world.types.find(resource.type)?.provider;
  const complete = by?.read?.(resource, providerContext(world, subscriptionOf(resource.id))) ?? resource;
  if (complete.apiVersion === undefined) return complete;
  const { apiVersion: _, ...rest } = complete;
  return rest as ArmResource;
}

/** The subscription that an id lies in. */
export function subscriptionOf(id: string): string | undefined {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1];
}
