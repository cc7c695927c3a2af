type Metadata = Map<PropertyKey | undefined, Map<unknown, unknown>>;
interface MetadataReflect {
  getMetadata?: unknown;
  getOwnMetadata?: unknown;
  defineMetadata?: unknown;
}

/**
 * The three functions of the Reflect metadata proposal that `tsyringe`, which `@peculiar/x509` loads, asks for at start.
 * Does nothing where a polyfill is there already.
 */
export function ensureReflectMetadata(): void {
  const reflect = Reflect as MetadataReflect;
  if (reflect.getMetadata !== undefined) return;
  const store = new WeakMap<object, Metadata>();
  const own = (key: unknown, target: object, property?: PropertyKey): unknown =>
    store.get(target)?.get(property)?.get(key);
  reflect.getOwnMetadata = own;
  reflect.getMetadata = (key: unknown, target: object, property?: PropertyKey): unknown => {
    for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      const found = own(key, at, property);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  reflect.defineMetadata = (key: unknown, value: unknown, target: object, property?: PropertyKey): void => {
    const properties: Metadata = store.get(target) ?? new Map();
    store.set(target, properties);
    const entries = properties.get(property) ?? new Map<unknown, unknown>();
    properties.set(property, entries);
    entries.set(key, value);
  };
}
