import type { ArmErrorBody } from '../arm/arm-error.ts';
import { withState } from './pipeline/put.ts';
import type { ResourceRecord } from './resources/resource-table.ts';
import type { StoreChange } from './store/store.ts';
import { commit, providerContext, subscriptionOf, type World } from './world.ts';

const interrupted = (what: string, target: string): ArmErrorBody => ({
  code: 'OperationInterrupted',
  target,
  message: `Local Azure stopped while ${what} ran. Resources that it had not finished are marked as failed; deploy again to complete it.`,
});

/**
 * Ends honestly what an earlier process left running: its operations and deployments have failed, and so have the resources
 * that they wrote, until they are PUT again. What cannot be PUT again is gone, with all that its PUT had made.
 */
export async function endInterrupted(world: World): Promise<void> {
  const put: ResourceRecord[] = [];
  const gone: string[] = [];
  const also: StoreChange[] = [...world.operations.interrupt((target) => interrupted('an operation', target))];
  for (const record of world.resources.all()) {
    const state = record.resource.properties?.provisioningState;
    if (state !== 'Updating' && state !== 'Deleting') continue;
    const abandoned = state === 'Updating' ? abandonedWith(world, record) : [];
    gone.push(...abandoned);
    if (abandoned.length === 0) put.push(withState(record, 'Failed'));
  }
  for (const deployment of world.deployments.unfinished()) {
    const error = interrupted(`the deployment '${deployment.name}'`, deployment.id);
    also.push(
      ...world.deployments.put({
        ...deployment,
        properties: { ...deployment.properties, provisioningState: 'Failed', error },
      }),
      ...world.deployments.interruptOperations(deployment.id, interrupted('the deployment', deployment.id)),
    );
  }
  if (put.length + gone.length + also.length > 0) await commit(world, { put, delete: gone }, also);
}

function abandonedWith(world: World, { resource }: ResourceRecord): readonly string[] {
  const provider = world.types.find(resource.type)?.provider;
  return provider?.abandon?.(resource, providerContext(world, subscriptionOf(resource.id))) ?? [];
}
