import { type ObjectShape, type TypeShape, typeShape, variantOf } from './catalog.ts';
import type { TypeReference } from './wire-types.ts';

/**
 * A body as its service takes it in: names in the wire's own spelling, enum values in theirs, read-only members and nulls left out,
 * numbers and booleans that came as text converted. Members that the type does not know stay as they are. As given where there is
 * no type data.
 */
export function writableBody(type: string, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shape = typeShape(type);
  return shape === undefined ? { ...body } : takenMembers(shape, shape.body, body);
}

function takenMembers(type: TypeShape, shape: ObjectShape, value: object): Record<string, unknown> {
  const actual = variantOf(shape, value, type) ?? shape;
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === null || member === undefined) continue;
    const property = actual.properties.get(name.toLowerCase());
    if (property === undefined) {
      result[name] = actual.others === undefined ? member : taken(type, actual.others, member);
    } else if (!property.readOnly) {
      result[property.name] = taken(type, property.type, member);
    }
  }
  return result;
}

function taken(type: TypeShape, expected: TypeReference, value: unknown): unknown {
  const rest = expected.slice(1);
  if (expected.startsWith('=')) {
    const text = String(value).toLowerCase();
    return type.enumeration(rest).values.find((known) => known.toLowerCase() === text) ?? value;
  }
  if (expected.startsWith('[')) {
    return Array.isArray(value) ? value.map((item) => taken(type, rest, item)) : value;
  }
  if (expected === 'number' && typeof value === 'string' && value !== '' && !Number.isNaN(Number(value))) {
    return Number(value);
  }
  if (expected === 'boolean' && typeof value === 'string' && /^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (expected.startsWith('#')) return takenMembers(type, type.object(rest), value);
  if (expected.startsWith('{')) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, taken(type, rest, member)]));
  }
  return value;
}
