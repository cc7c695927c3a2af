import type { ArmResource } from '../../../model/resource.ts';
import { listOf, type Members, membersOf, textOf } from '../members.ts';
import { withEtag } from '../resource-form.ts';
import { duplicateChild, invalidName, invalidReference } from './network-errors.ts';

/** The named parts of a resource that are no resources of their own: listeners, probes, pools. Each gets an id below the resource. */
export function partsOf(
  id: string,
  type: string,
  properties: Members,
  segments: readonly string[],
): Record<string, readonly Members[]> {
  return Object.fromEntries(
    segments
      .filter((segment) => properties[segment] !== undefined)
      .map((segment) => [segment, partsIn(id, type, segment, listOf(properties[segment]))]),
  );
}

function partsIn(id: string, type: string, segment: string, items: readonly unknown[]): readonly Members[] {
  const seen = new Set<string>();
  return items.map((item) => {
    const { name: given, properties, ...rest } = membersOf(item);
    const name = textOf(given);
    if (name === undefined) throw invalidName('');
    if (seen.has(name.toLowerCase())) throw duplicateChild(id, name);
    seen.add(name.toLowerCase());
    return withEtag({
      ...rest,
      name,
      id: `${id}/${segment}/${name}`,
      type: `${type}/${segment}`,
      properties: { ...membersOf(properties), provisioningState: 'Succeeded' },
    } as ArmResource) as unknown as Members;
  });
}

/** Every `{id}` below a value that points into the resource must point at one of its parts. */
export function checkPartReferences(id: string, parts: Readonly<Record<string, readonly Members[]>>): void {
  const known = new Set(
    Object.values(parts)
      .flat()
      .map((part) => String(part.id).toLowerCase()),
  );
  const prefix = `${id.toLowerCase()}/`;
  for (const part of Object.values(parts).flat()) {
    for (const referenced of idsIn(part.properties)) {
      const wanted = referenced.toLowerCase();
      // Path rules are parts of parts.
      if (!wanted.startsWith(prefix) || known.has(wanted) || wanted.includes('/pathrules/')) continue;
      throw invalidReference(referenced, String(part.id));
    }
  }
}

function idsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'id' && typeof member === 'string' ? [member] : idsIn(member),
  );
}
