import type { Resource, Value } from '../model/resource.ts';

const parts = ['sku', 'identity', 'zones', 'properties'] as const;

/**
 * The paths of all settings of a resource, `properties.networkAcls.bypass`: down to values that are no objects. A step into a list is
 * a step into each of its members, so that paths have no numbers.
 */
export function settingPaths(resource: Resource): readonly string[] {
  return [...new Set(parts.flatMap((part) => below(resource[part] as Value | undefined, part)))];
}

function below(value: Value | undefined, path: string): readonly string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || '$handle' in value) return [path];
  if (Array.isArray(value)) return value.length === 0 ? [path] : value.flatMap((one: Value) => below(one, path));
  const members = Object.entries(value as Readonly<Record<string, Value | undefined>>);
  return members.length === 0 ? [path] : members.flatMap(([name, one]) => below(one, `${path}.${name}`));
}

/** Whether a decision about `claimed` speaks for `path`. */
export function covers(claimed: string, path: string): boolean {
  return path === claimed || path.startsWith(`${claimed}.`);
}
