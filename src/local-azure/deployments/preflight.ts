import { randomUUID } from 'node:crypto';
import { ArmError, type ArmErrorBody } from '../../arm/arm-error.ts';
import type { ExpandedResource, Expansion, RuntimeProvider } from '../../arm/contract.ts';
import { dependencyGraph } from '../../arm/index.ts';
import { parseId } from '../resources/resource-path.ts';
import { errorBodyOf } from '../service-errors.ts';
import type { World } from '../world.ts';
import { deploymentType } from './deployment-table.ts';

/**
 * What ARM looks at before it begins: that every type and API version exists, and that bodies which need nothing of the run
 * are valid. Throws `InvalidTemplateDeployment` with a detail for each fault.
 */
export function preflight(world: World, name: string, expansion: Expansion, runtime: RuntimeProvider): void {
  // Throws `InvalidTemplate` when the dependencies go round in a circle.
  dependencyGraph(expansion);
  const details = faultsOf(world, expansion, runtime);
  if (details.length === 0) return;
  throw new ArmError(400, {
    code: 'InvalidTemplateDeployment',
    message: `The template deployment '${name}' is not valid according to the validation procedure. The tracking id is '${randomUUID()}'. See inner errors for details.`,
    details,
  });
}

function faultsOf(world: World, expansion: Expansion, runtime: RuntimeProvider): readonly ArmErrorBody[] {
  return expansion.resources
    .filter(({ condition }) => condition)
    .flatMap((resource) => faultsOfOne(world, resource, runtime));
}

function faultsOfOne(world: World, resource: ExpandedResource, runtime: RuntimeProvider): readonly ArmErrorBody[] {
  if (resource.type.toLowerCase() === deploymentType.toLowerCase()) {
    const nested = attempt(() => resource.nested?.(runtime));
    return nested === undefined ? [] : faultsOf(world, nested.expansion, runtime);
  }
  if (parseId(resource.id) === undefined) {
    return [{ code: 'InvalidTemplate', message: `'${resource.id}' is not a resource id.`, target: resource.id }];
  }
  try {
    const entry = world.types.resolve(resource.type, resource.apiVersion, undefined);
    if (resource.existing || entry.unmodelled) return [];
  } catch (error) {
    return [{ ...errorBodyOf(error).body, target: resource.id }];
  }
  const body = attempt(() => resource.evaluate(runtime));
  if (body === undefined) return [];
  return world
    .checkBody(resource.type, resource.apiVersion, body)
    .filter(({ code }) => code !== 'read-only')
    .map(({ path, message }) => ({
      code: 'InvalidRequestContent',
      message: `${message} Path '${path}' of '${resource.id}'.`,
      target: resource.id,
    }));
}

/** What cannot be worked out yet is looked at when its turn comes. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
