import { nearest } from '../../kernel/nearest.ts';
import { hasTypeData, type ObjectShape, type PropertyShape, type TypeShape, typeShape, variantOf } from './catalog.ts';
import type { TypeReference } from './wire-types.ts';

export { hasTypeData };

/** One place where a body is not what its type allows. */
export interface BodyFault {
  /** `properties.subnets[0].properties.adressPrefix` */
  readonly path: string;
  readonly code: 'unknown-property' | 'missing-property' | 'read-only' | 'wrong-type' | 'not-allowed-value' | 'pattern';
  readonly message: string;
}

/** Members of a body that ARM takes off before a service sees it, whatever the type says. */
const envelope: ReadonlySet<string> = new Set(['id', 'name', 'type', 'apiversion']);

/**
 * Checks a PUT body against the type data: names (without regard to case), required and read-only members, kinds of values,
 * values of closed enums, limits, patterns. An open enum takes any text; null counts as absent. Empty when nothing is wrong, and
 * where there is no data (`hasTypeData`).
 *
 * Read-only members are reported because a template that sets them is a mistake, but ARM takes them, so that what was read can be
 * written back: whether such a fault refuses the request is the caller's decision.
 *
 * @param apiVersion accepted and not looked at: the data is one version with later additions, and older versions have no more members
 */
export function checkBody(type: string, _apiVersion: string, body: unknown): readonly BodyFault[] {
  const shape = typeShape(type);
  if (shape === undefined) return [];
  const faults: BodyFault[] = [];
  checkObject(shape, shape.body, body, '', faults);
  return faults;
}

function checkObject(type: TypeShape, shape: ObjectShape, value: unknown, path: string, faults: BodyFault[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.push({ path, code: 'wrong-type', message: `${shown(path)} must be an object.` });
    return;
  }
  const actual = variantOf(shape, value, type);
  if (actual === undefined) {
    const { by = '', cases = {} } = shape.variants ?? {};
    faults.push({
      path: join(path, by),
      code: 'not-allowed-value',
      message: `${shown(join(path, by))} must be one of ${Object.keys(cases).join(', ')}.`,
    });
    return;
  }
  const present = new Set<string>();
  for (const [name, member] of Object.entries(value)) {
    const key = name.toLowerCase();
    const property = actual.properties.get(key);
    if (path === '' && envelope.has(key)) continue;
    if (member === null || member === undefined) continue;
    present.add(key);
    if (property !== undefined) checkProperty(type, property, member, join(path, property.name), faults);
    else if (actual.others !== undefined) checkValue(type, actual.others, member, join(path, name), faults);
    else faults.push(unknownProperty(actual, name, path));
  }
  for (const [key, property] of actual.properties) {
    if (!property.required || property.readOnly || present.has(key)) continue;
    // ARM asks for the location itself, with a code of its own.
    if (path === '' && key === 'location') continue;
    const at = join(path, property.name);
    faults.push({ path: at, code: 'missing-property', message: `${at} is required.` });
  }
}

function checkProperty(
  type: TypeShape,
  property: PropertyShape,
  value: unknown,
  path: string,
  faults: BodyFault[],
): void {
  if (property.readOnly) {
    faults.push({ path, code: 'read-only', message: `${path} is set by the service and cannot be written.` });
    return;
  }
  const before = faults.length;
  checkValue(type, property.type, value, path, faults);
  if (faults.length > before) return;
  const { min, max, minLength, maxLength, pattern } = property.limits;
  if (typeof value === 'number' && (value < (min ?? value) || value > (max ?? value))) {
    const message = `${path} must be between ${min ?? 'any'} and ${max ?? 'any'}, not ${value}.`;
    faults.push({ path, code: 'not-allowed-value', message });
  }
  if (typeof value !== 'string') return;
  if (value.length < (minLength ?? 0) || value.length > (maxLength ?? value.length)) {
    const message = `${path} must have ${minLength ?? 0} to ${maxLength ?? 'any number of'} characters, not ${value.length}.`;
    faults.push({ path, code: 'not-allowed-value', message });
  }
  if (pattern !== undefined && !new RegExp(pattern).test(value)) {
    faults.push({ path, code: 'pattern', message: `${path} must match ${pattern}.` });
  }
}

function checkValue(type: TypeShape, expected: TypeReference, value: unknown, path: string, faults: BodyFault[]): void {
  const rest = expected.slice(1);
  if (expected === 'any') return;
  if (expected.startsWith('#')) checkObject(type, type.object(rest), value, path, faults);
  else if (expected.startsWith('=')) checkEnum(type, rest, value, path, faults);
  else if (expected.startsWith('[')) checkList(type, rest, value, path, faults);
  else if (expected.startsWith('{')) checkMap(type, rest, value, path, faults);
  else checkPlain(expected === 'date' ? 'string' : expected, value, path, faults);
}

function checkList(type: TypeShape, item: TypeReference, value: unknown, path: string, faults: BodyFault[]): void {
  if (!Array.isArray(value)) {
    faults.push(wrongType(path, 'a list'));
    return;
  }
  for (const [i, member] of value.entries()) checkValue(type, item, member, `${path}[${i}]`, faults);
}

function checkMap(type: TypeShape, item: TypeReference, value: unknown, path: string, faults: BodyFault[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.push(wrongType(path, 'an object'));
    return;
  }
  for (const [name, member] of Object.entries(value)) checkValue(type, item, member, join(path, name), faults);
}

/** Json.NET, which the services read with, takes numbers and booleans as text and text as numbers and booleans. */
function checkPlain(wanted: string, value: unknown, path: string, faults: BodyFault[]): void {
  const isRight = typeof value === wanted || isConvertible(wanted, value);
  if (!isRight) faults.push(wrongType(path, `a ${wanted}`));
}

function isConvertible(wanted: string, value: unknown): boolean {
  if (wanted === 'string') return typeof value === 'number' || typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  return wanted === 'number' ? /^-?\d+(\.\d+)?$/.test(value) : /^(true|false)$/i.test(value);
}

function checkEnum(type: TypeShape, name: string, value: unknown, path: string, faults: BodyFault[]): void {
  const { values, open } = type.enumeration(name);
  if (typeof value !== 'string' && !(typeof value === 'number' && values.includes(String(value)))) {
    faults.push(wrongType(path, 'a string'));
    return;
  }
  const text = String(value).toLowerCase();
  if (open || values.some((allowed) => allowed.toLowerCase() === text)) return;
  const message = `${path} must be one of ${values.join(', ')}, not '${value}'.`;
  faults.push({ path, code: 'not-allowed-value', message });
}

const wrongType = (path: string, wanted: string): BodyFault => ({
  path,
  code: 'wrong-type',
  message: `${path} must be ${wanted}.`,
});

function unknownProperty(shape: ObjectShape, name: string, path: string): BodyFault {
  const at = join(path, name);
  const meant = nearest(
    name,
    [...shape.properties.values()].map((property) => property.name),
  );
  const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  const owner = shape.name.split('/').join('.');
  const message = `Could not find member '${name}' on object of type '${owner}'. Path '${at}'.${hint}`;
  return { path: at, code: 'unknown-property', message };
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const shown = (path: string): string => (path === '' ? 'The body' : path);
