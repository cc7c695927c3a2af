import type { CostLine } from '../../model/cost-line.ts';
import type { Resource } from '../../model/resource.ts';
import { billed } from './billed.ts';
import { free, freeExtensions } from './free.ts';

/**
 * What is billed of some resources. `all` is everything that runs beside them: Defender's plans count it. What a later stage puts
 * again is billed once.
 */
export function costLinesOf(resources: readonly Resource[], all: readonly Resource[]): readonly CostLine[] {
  return resources
    .filter(({ amends }) => amends === undefined)
    .flatMap((resource) =>
      (billed[resource.type]?.(resource, all) ?? []).map((line) => ({ resource: resource.key, ...line })),
    );
}

/** Whether it is known of a type what Azure bills for it. */
export function isCostKnown(type: string): boolean {
  const [, extension] = type.split('/providers/');
  return billed[type] !== undefined || free[type] !== undefined || freeExtensions.includes(extension ?? '');
}
