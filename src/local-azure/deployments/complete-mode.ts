import type { ArmErrorBody } from '../../arm/arm-error.ts';
import { idKey, scopeId } from '../../arm/index.ts';
import { deleteInRounds, rootsOf } from '../pipeline/delete-group.ts';
import type { DeploymentRun } from './deployment-run.ts';

/**
 * Complete mode: deletes what lies in the group and is not in the template, resources whose condition is false included
 * (learn.microsoft.com "deployment modes"). Gives what a service refused to delete.
 */
export async function deleteMissing(run: DeploymentRun): Promise<readonly ArmErrorBody[]> {
  const kept = new Set(run.written.map(idKey));
  const missing = rootsOf(run.world, scopeId(run.context.scope)).filter((id) => !kept.has(idKey(id)));
  const refused = await deleteInRounds(run.world, missing);
  return refused.map(({ id, error }) => ({ ...error, target: id }));
}
