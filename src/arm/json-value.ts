/** A JSON object as ARM sees it: names are matched without regard to case. */
export type JsonObject = { [key: string]: unknown };

/** Plain objects only: no arrays, and none of the engine's own classes. */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The name under which `object` holds `name`: itself where it is there, else the first that differs in case only. */
export function keyOf(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  for (const key of Object.keys(object)) if (key.length === name.length && key.toLowerCase() === wanted) return key;
  return undefined;
}

/** A member by name without regard to case; undefined when there is none. */
export function member(object: JsonObject, name: string): unknown {
  const key = keyOf(object, name);
  return key === undefined ? undefined : object[key];
}

/** Sets an own member whatever its name: a plain assignment to `__proto__` would change the prototype instead. */
export function setMember(object: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}

/** Integers are numbers as long as those are exact, and bigints beyond. */
export function isInteger(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

export type JsonType = 'Null' | 'Boolean' | 'Integer' | 'Float' | 'String' | 'Array' | 'Object';

/** The name that ARM's messages use for the type of a value. */
export function jsonType(value: unknown): JsonType {
  if (value === null || value === undefined) return 'Null';
  if (typeof value === 'boolean') return 'Boolean';
  if (isInteger(value)) return 'Integer';
  if (typeof value === 'number') return 'Float';
  if (typeof value === 'string') return 'String';
  return Array.isArray(value) ? 'Array' : 'Object';
}
