import type { Handle } from '../model/handle.ts';
import type { Resource, Value } from '../model/resource.ts';

/** A handle with its place in the resource, e.g. `properties.subnets[0].properties.routeTable.id`. */
export interface FoundHandle {
  readonly handle: Handle;
  readonly path: string;
}

export function isHandle(value: Value): value is Handle {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    '$handle' in value &&
    value.$handle !== 'subscription'
  );
}

/** Every handle of a resource, in reading order. */
export function handlesOf(resource: Resource): readonly FoundHandle[] {
  const found: FoundHandle[] = [];
  for (const part of ['sku', 'identity', 'properties'] as const) collect(resource[part], part, found);
  return found;
}

function collect(value: Value | undefined, path: string, found: FoundHandle[]): void {
  if (value === undefined || value === null || typeof value !== 'object') return;
  if (isHandle(value)) found.push({ handle: value, path });
  else if (Array.isArray(value)) {
    value.forEach((item: Value, index) => {
      collect(item, `${path}[${index}]`, found);
    });
  } else {
    for (const [key, member] of Object.entries(value as Readonly<Record<string, Value | undefined>>)) {
      collect(member, `${path}.${key}`, found);
    }
  }
}
