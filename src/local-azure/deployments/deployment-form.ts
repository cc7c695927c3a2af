import type { Expansion } from '../../arm/contract.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { sha256 } from '../../kernel/hash.ts';
import { parseId } from '../resources/resource-path.ts';
import { namespaceOf } from '../resources/type-table.ts';
import type { World } from '../world.ts';

/**
 * The `templateHash` of a record: a decimal number of 64 bits, the same for the same template whatever the order of its keys.
 * Azure's own algorithm is not published; the two numbers differ.
 */
export function templateHash(template: unknown): string {
  return BigInt(`0x${sha256(canonicalJson(template)).slice(0, 16)}`).toString();
}

/** ISO 8601 duration of some milliseconds: `PT1.234S`. */
export function duration(ms: number): string {
  return `PT${Math.max(0, Math.round(ms)) / 1000}S`;
}

/** `properties.providers`: the namespaces and types that a template uses, with the locations that its resources have. */
export function providersOf(world: World, expansion: Expansion): readonly unknown[] {
  const namespaces = new Map<string, Map<string, Set<string | null>>>();
  for (const { type, id, condition } of expansion.resources) {
    if (!condition) continue;
    const namespace = namespaceOf(type);
    const types = namespaces.get(namespace) ?? new Map<string, Set<string | null>>();
    namespaces.set(namespace, types);
    const short = type.slice(namespace.length + 1);
    const locations = types.get(short) ?? new Set<string | null>();
    types.set(short, locations);
    locations.add(world.resources.get(id)?.location ?? null);
  }
  return [...namespaces].map(([namespace, types]) => ({
    namespace,
    resourceTypes: [...types].map(([resourceType, locations]) => ({ resourceType, locations: [...locations] })),
  }));
}

/** `properties.dependencies`: what waits for what. */
export function dependenciesOf(expansion: Expansion): readonly unknown[] {
  return expansion.resources
    .filter(({ condition, dependsOn }) => condition && dependsOn.length > 0)
    .map(({ id, type, name, dependsOn }) => ({
      dependsOn: dependsOn.map(targetOf),
      id,
      resourceType: type,
      resourceName: name,
    }));
}

/** `{id, resourceType, resourceName}` of an id. */
export function targetOf(id: string): {
  readonly id: string;
  readonly resourceType?: string;
  readonly resourceName?: string;
} {
  const path = parseId(id);
  return path === undefined ? { id } : { id, resourceType: path.type, resourceName: path.name };
}
