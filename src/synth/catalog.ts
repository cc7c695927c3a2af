import { Problem, throwIfAny } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Resource, ResourceKey } from '../model/resource.ts';
import { scopeKey } from './expression.ts';
import { handlesOf } from './handles.ts';

/** The resources of a blueprint by key, known to be named once and to refer only to each other. */
export type Catalog = ReadonlyMap<ResourceKey, Resource>;

const propertyPath = /^[A-Za-z_]\w*(\[\d+\])*(\.[A-Za-z_]\w*(\[\d+\])*)*$/;

/**
 * Collects the resources of all parts. Throws `Problem`s: `SYNTH_DUPLICATE_KEY`, `SYNTH_DUPLICATE_RESOURCE`,
 * `SYNTH_NAME_SEGMENTS`, `SYNTH_DANGLING_HANDLE`, `SYNTH_HANDLE_MISPLACED`, `SYNTH_HANDLE_PATH`.
 */
export function catalogOf(blueprint: Blueprint): Catalog {
  const resources = blueprint.parts.flatMap((part) => part.resources);
  const problems: Problem[] = [];
  const byKey = new Map<ResourceKey, Resource>();
  const byIdentity = new Map<string, Resource>();
  for (const resource of resources) {
    if (byKey.has(resource.key)) {
      problems.push(
        new Problem({ code: 'SYNTH_DUPLICATE_KEY', message: `Two resources have the key ${resource.key}.` }),
      );
    } else byKey.set(resource.key, resource);
    const identity = `${scopeKey(resource.scope)} ${resource.type} ${resource.name}`.toLowerCase();
    const other = byIdentity.get(identity);
    if (other === undefined) byIdentity.set(identity, resource);
    else if (resource.amends !== other.key || resource.stage === other.stage) problems.push(duplicate(other, resource));
    if (resource.type.split('/').length - 1 !== resource.name.split('/').length) {
      problems.push(
        new Problem({
          code: 'SYNTH_NAME_SEGMENTS',
          message: `${resource.key}: the name ${resource.name} does not have one segment for each segment of ${resource.type} after the namespace.`,
        }),
      );
    }
  }
  for (const resource of resources) problems.push(...handleProblems(resource, byKey));
  throwIfAny(problems);
  return byKey;
}

function duplicate(first: Resource, second: Resource): Problem {
  const where = second.scope.kind === 'subscription' ? 'the subscription' : `resource group ${second.scope.name}`;
  return new Problem({
    code: 'SYNTH_DUPLICATE_RESOURCE',
    message: `${first.key} and ${second.key} are both ${second.type} ${second.name} in ${where}.`,
    why: 'The second deployment would overwrite the first.',
    hint: 'Give one of them another name.',
  });
}

function handleProblems(resource: Resource, byKey: Catalog): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { handle, path } of handlesOf(resource)) {
    const at = `${resource.key} (${path})`;
    if (!byKey.has(handle.resource)) {
      const near = nearest(handle.resource, byKey.keys());
      problems.push(
        new Problem({
          code: 'SYNTH_DANGLING_HANDLE',
          message: `${at} refers to ${handle.resource}, which no part makes.`,
          ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
        }),
      );
    } else if (handle.$handle === 'property') {
      if (!path.startsWith('properties')) {
        problems.push(
          new Problem({
            code: 'SYNTH_HANDLE_MISPLACED',
            message: `${at} reads a property of ${handle.resource}, and ARM allows reference() only below properties.`,
          }),
        );
      }
      if (!propertyPath.test(handle.path)) {
        problems.push(
          new Problem({
            code: 'SYNTH_HANDLE_PATH',
            message: `${at} reads "${handle.path}", which is not a way through properties such as a.b[0].c.`,
          }),
        );
      }
      if (handle.resource === resource.key) {
        problems.push(
          new Problem({
            code: 'SYNTH_DEPENDENCY_CYCLE',
            message: `${at} reads a property of the resource itself, which does not exist before it is made.`,
          }),
        );
      }
    }
  }
  return problems;
}
