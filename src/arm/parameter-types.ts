import { sameValue } from './functions/compare.ts';
import { isInteger, isJsonObject, type JsonObject, jsonType, keyOf, member } from './json-value.ts';
import type { Meter } from './meter.ts';
import { isOpen } from './residual.ts';

/** The types of parameters and outputs, as deployment records spell them. */
export type ValueType = 'String' | 'SecureString' | 'Int' | 'Bool' | 'Object' | 'SecureObject' | 'Array';

const types: ReadonlyMap<string, ValueType> = new Map(
  (['String', 'SecureString', 'Int', 'Bool', 'Object', 'SecureObject', 'Array'] as const).map((type) => [
    type.toLowerCase(),
    type,
  ]),
);

/** What ARM's messages call the JSON types that a value may have. */
const expected: Readonly<Record<ValueType, string>> = {
  String: 'String, Uri',
  SecureString: 'String, Uri',
  Int: 'Integer',
  Bool: 'Boolean',
  Object: 'Object',
  SecureObject: 'Object',
  Array: 'Array',
};

export function isSecure(type: ValueType): boolean {
  return type === 'SecureString' || type === 'SecureObject';
}

/** What a definition (of a parameter, an output or a part of one) allows, with the definitions of the template that it may refer to. */
export interface TypeScope {
  readonly definitions: JsonObject;
  readonly meter: Meter;
}

const maximumReferences = 32;

/** Follows `$ref` to the definition that says the type; what stands beside a `$ref` wins. Undefined when it leads nowhere. */
export function resolveDefinition(definition: JsonObject, scope: TypeScope): JsonObject | undefined {
  let current = definition;
  for (let i = 0; i < maximumReferences; i++) {
    const reference = member(current, '$ref');
    if (reference === undefined) return current;
    const name = typeof reference === 'string' ? /^#\/definitions\/(.+)$/.exec(reference)?.[1] : undefined;
    const target = name === undefined ? undefined : member(scope.definitions, decodePointer(name));
    if (!isJsonObject(target)) return undefined;
    const rest = Object.fromEntries(Object.entries(current).filter(([key]) => key !== '$ref'));
    current = { ...target, ...rest };
  }
  return undefined;
}

const decodePointer = (text: string): string => text.replaceAll('~1', '/').replaceAll('~0', '~');

/** The type of a definition, undefined when it has none that exists. */
export function typeOf(definition: JsonObject): ValueType | undefined {
  const type = member(definition, 'type');
  return typeof type === 'string' ? types.get(type.toLowerCase()) : undefined;
}

/** What is wrong with a value under a definition: the sentence, and the way to the part below the value. Undefined when nothing is. */
export interface TypeMismatch {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** Checks a value: type, constraints, and with language version 2.0 members, items, discriminators. Open values pass until they are known. */
export function checkType(
  value: unknown,
  definition: JsonObject,
  scope: TypeScope,
  depth = 0,
): TypeMismatch | undefined {
  scope.meter.spend(1);
  if (depth > 128) return mismatch('Its type is nested too deeply.');
  const resolved = resolveDefinition(definition, scope);
  if (resolved === undefined)
    return mismatch(`The reference '${String(member(definition, '$ref'))}' leads to no definition.`);
  if (isOpen(value) && !isJsonObject(value) && !Array.isArray(value)) return undefined;
  if (value === null && member(resolved, 'nullable') === true) return undefined;
  const type = typeOf(resolved);
  const discriminator = member(resolved, 'discriminator');
  if (type !== undefined && !hasType(value, type))
    return mismatch(
      `Template parameter JToken type is not valid. Expected '${expected[type]}'. Actual '${jsonType(value)}'. Please see https://aka.ms/arm-create-parameter-file for usage details`,
    );
  const allowed = member(resolved, 'allowedValues');
  if (Array.isArray(allowed)) {
    const wrong = outsideOf(value, allowed, type, scope);
    if (wrong)
      return mismatch(`The parameter value is not part of the allowed value(s): '${allowed.map(show).join(',')}'.`);
  }
  return checkBounds(value, resolved) ?? checkParts(value, resolved, discriminator, scope, depth);
}

function mismatch(message: string): TypeMismatch {
  return { message, path: [] };
}

function hasType(value: unknown, type: ValueType): boolean {
  switch (type) {
    case 'String':
    case 'SecureString':
      return typeof value === 'string';
    case 'Int':
      return isInteger(value);
    case 'Bool':
      return typeof value === 'boolean';
    case 'Array':
      return Array.isArray(value);
    default:
      return isJsonObject(value);
  }
}

/** An array may have any subset of the allowed values (or be one of them itself). */
function outsideOf(
  value: unknown,
  allowed: readonly unknown[],
  type: ValueType | undefined,
  scope: TypeScope,
): boolean {
  const isAllowed = (one: unknown): boolean => allowed.some((candidate) => sameValue(one, candidate, scope.meter));
  if (isAllowed(value)) return false;
  return !(type === 'Array' && Array.isArray(value) && value.every(isAllowed));
}

function checkBounds(value: unknown, definition: JsonObject): TypeMismatch | undefined {
  const bound = (name: string): bigint | undefined => {
    const found = member(definition, name);
    return isInteger(found) ? BigInt(found) : undefined;
  };
  if (isInteger(value)) {
    const [low, high] = [bound('minValue'), bound('maxValue')];
    if (low !== undefined && BigInt(value) < low)
      return mismatch(`The value should be greater than or equal to '${low}'.`);
    if (high !== undefined && BigInt(value) > high)
      return mismatch(`The value should be less than or equal to '${high}'.`);
  }
  if (typeof value === 'string' || Array.isArray(value)) {
    const [low, high] = [bound('minLength'), bound('maxLength')];
    if (low !== undefined && BigInt(value.length) < low)
      return mismatch(`Length of the value should be greater than or equal to '${low}'.`);
    if (high !== undefined && BigInt(value.length) > high)
      return mismatch(`Length of the value should be less than or equal to '${high}'.`);
  }
  return undefined;
}

function checkParts(
  value: unknown,
  definition: JsonObject,
  discriminator: unknown,
  scope: TypeScope,
  depth: number,
): TypeMismatch | undefined {
  if (Array.isArray(value)) return checkItems(value, definition, scope, depth);
  if (!isJsonObject(value)) return undefined;
  if (isJsonObject(discriminator)) return checkVariant(value, discriminator, scope, depth);
  const properties = member(definition, 'properties');
  if (!isJsonObject(properties)) return checkAdditional(value, {}, definition, scope, depth);
  for (const [name, part] of Object.entries(properties)) {
    if (!isJsonObject(part)) continue;
    const key = keyOf(value, name);
    if (key === undefined) {
      const resolved = resolveDefinition(part, scope);
      if (resolved === undefined || member(resolved, 'nullable') !== true)
        return mismatch(`The required property '${name}' is missing.`);
      continue;
    }
    const wrong = checkType(value[key], part, scope, depth + 1);
    if (wrong !== undefined) return below(key, wrong);
  }
  return checkAdditional(value, properties, definition, scope, depth);
}

function checkAdditional(
  value: JsonObject,
  properties: JsonObject,
  definition: JsonObject,
  scope: TypeScope,
  depth: number,
): TypeMismatch | undefined {
  const additional = member(definition, 'additionalProperties');
  const sealed = additional === false || member(definition, 'sealed') === true;
  if (!sealed && !isJsonObject(additional)) return undefined;
  for (const [key, item] of Object.entries(value)) {
    if (keyOf(properties, key) !== undefined) continue;
    if (sealed) return below(key, mismatch(`The property '${key}' is not allowed.`));
    const wrong = checkType(item, additional as JsonObject, scope, depth + 1);
    if (wrong !== undefined) return below(key, wrong);
  }
  return undefined;
}

function checkVariant(
  value: JsonObject,
  discriminator: JsonObject,
  scope: TypeScope,
  depth: number,
): TypeMismatch | undefined {
  const name = member(discriminator, 'propertyName');
  const mapping = member(discriminator, 'mapping');
  if (typeof name !== 'string' || !isJsonObject(mapping))
    return mismatch('The discriminator of the definition is not valid.');
  const kind = member(value, name);
  const variant = typeof kind === 'string' && Object.hasOwn(mapping, kind) ? mapping[kind] : undefined;
  if (isJsonObject(variant)) return checkType(value, withProperty(variant, name, scope), scope, depth + 1);
  return mismatch(`The value of the discriminator '${name}' has to be one of '${Object.keys(mapping).join(',')}'.`);
}

/**
 * A variant with the discriminator among its properties: "Type definitions in ARM templates", discriminator, accepts
 * `{"type": "ints", "foo": 1}` where every further property of the variant has to be an integer.
 */
function withProperty(variant: JsonObject, name: string, scope: TypeScope): JsonObject {
  const resolved = resolveDefinition(variant, scope);
  const properties = resolved === undefined ? undefined : member(resolved, 'properties');
  if (resolved === undefined || (isJsonObject(properties) && keyOf(properties, name) !== undefined)) return variant;
  const rest = Object.entries(resolved).filter(([key]) => key.toLowerCase() !== 'properties');
  return {
    ...Object.fromEntries(rest),
    properties: { ...(isJsonObject(properties) ? properties : {}), [name]: { type: 'string' } },
  };
}

function checkItems(
  value: readonly unknown[],
  definition: JsonObject,
  scope: TypeScope,
  depth: number,
): TypeMismatch | undefined {
  const prefix = member(definition, 'prefixItems');
  const leading = Array.isArray(prefix) ? prefix : [];
  if (value.length < leading.length) return mismatch(`The array should have at least '${leading.length}' items.`);
  const items = member(definition, 'items');
  if (items === false && value.length > leading.length)
    return mismatch(`The array should have at most '${leading.length}' items.`);
  for (const [i, item] of value.entries()) {
    const part: unknown = i < leading.length ? leading[i] : items;
    const wrong = isJsonObject(part) ? checkType(item, part, scope, depth + 1) : undefined;
    if (wrong !== undefined) return below(i, wrong);
  }
  return undefined;
}

function below(step: string | number, wrong: TypeMismatch): TypeMismatch {
  return { message: wrong.message, path: [step, ...wrong.path] };
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
