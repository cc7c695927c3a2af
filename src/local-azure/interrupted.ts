import type { ArmErrorBody } from '../arm/arm-error.ts';
import type { Json } from '../kernel/canonical-json.ts';
import type { ResourceRecord } from './resources/resource-table.ts';
import type { StoreChange } from './store/store.ts';
import type { World } from './world.ts';

const interrupted = (what: string, target: string): ArmErrorBody => ({
  code: 'OperationInterrupted',
  target,
  message: `Local Azure stopped while ${what} ran. Resources that it had not finished are marked as failed; deploy again to complete it.`,
});

/**
 * Ends honestly what an earlier process left running: its operations and deployments have failed, and so have the resources
 * that they wrote, until they are PUT again.
 */
export async function endInterrupted(world: World): Promise<void> {
  const changes: StoreChange[] = [...world.operations.interrupt((target) => interrupted('an operation', target))];
  for (const record of world.resources.all()) {
    const state = record.resource.properties?.provisioningState;
    if (state !== 'Updating' && state !== 'Deleting') continue;
    const properties = { ...record.resource.properties, provisioningState: 'Failed' };
    const failed: ResourceRecord = { ...record, resource: { ...record.resource, properties } };
    world.resources.put(failed);
    const key = `resource/${record.resource.id.toLowerCase()}`;
    changes.push({ op: 'put', key, value: failed as unknown as Json });
  }
  for (const deployment of world.deployments.unfinished()) {
    const error = interrupted(`the deployment '${deployment.name}'`, deployment.id);
    changes.push(
      ...world.deployments.put({
        ...deployment,
        properties: { ...deployment.properties, provisioningState: 'Failed', error },
      }),
      ...world.deployments.interruptOperations(deployment.id, interrupted('the deployment', deployment.id)),
    );
  }
  if (changes.length > 0) await world.store.transact(changes);
}
