import { isMap } from './manifests.ts';

type Fields = { readonly [key: string]: unknown };

/**
 * The lists that a strategic merge patch puts together item by item, with the key of an item (`patchMergeKey` in k8s.io/api v0.34.1,
 * core/v1 and apps/v1 types.go). Every other list is replaced. Kinds without such types (custom resources) merge as JSON does.
 */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  ports: ['containerPort', 'port', 'protocol'],
  secrets: ['name'],
  resourceClaims: ['name'],
  ownerReferences: ['uid'],
};

/** Of networking.k8s.io and the rest no list has a key. */
const groups = new Set(['', 'apps', 'batch']);

/** Whether Kubernetes has types of its own for a group, whose lists merge by key. */
function hasMergeKeys(apiVersion: string): boolean {
  return groups.has(apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');
}

/** A strategic merge patch put onto an object; undefined where the patch deletes it. */
export function strategicMerge(object: Fields, patch: Fields, apiVersion: string): Fields | undefined {
  return mergeMaps(object, patch, hasMergeKeys(apiVersion));
}

function mergeMaps(object: Fields, patch: Fields, keyed: boolean): Fields | undefined {
  if (patch.$patch === 'delete') return undefined;
  if (patch.$patch === 'replace') return without(patch, '$patch');
  const merged = new Map<string, unknown>(Object.entries(object));
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) merged.delete(key);
    else if (isMap(value)) {
      const before = merged.get(key);
      const after = mergeMaps(isMap(before) ? before : {}, value, keyed);
      if (after === undefined) merged.delete(key);
      else merged.set(key, after);
    } else if (Array.isArray(value)) merged.set(key, mergeLists(key, merged.get(key), value, keyed));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function mergeLists(key: string, before: unknown, patch: readonly unknown[], keyed: boolean): readonly unknown[] {
  const marker = patch.find((item) => isMap(item) && item.$patch === 'replace' && Object.keys(item).length === 1);
  if (marker !== undefined) return patch.filter((item) => item !== marker);
  const by = keyed ? mergeKeys[key] : undefined;
  const old = Array.isArray(before) ? before : [];
  const keyName = by?.find((name) => patch.every((item) => isMap(item) && item[name] !== undefined));
  if (keyName === undefined || old.some((item) => !isMap(item))) return patch.map(plain);
  const same = (one: unknown, other: unknown): boolean =>
    isMap(one) &&
    isMap(other) &&
    one[keyName] === other[keyName] &&
    // A port is told apart by its protocol too, where both say it.
    (key !== 'ports' || (one.protocol ?? 'TCP') === (other.protocol ?? 'TCP'));
  // What the patch speaks of stands first, in its order, as kustomize puts it.
  const spoken = patch.flatMap((one) => {
    const item = old.find((candidate) => same(one, candidate));
    if (item === undefined) return (one as Fields).$patch === 'delete' ? [] : [plain(one)];
    const after = mergeMaps(item as Fields, one as Fields, keyed);
    return after === undefined ? [] : [after];
  });
  return [...spoken, ...old.filter((item) => !patch.some((one) => same(one, item)))];
}

/** A value of a patch without its directives. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key.startsWith('$') || one === null ? [] : [[key, plain(one)]])),
  );
}

function without(value: Fields, key: string): Fields {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
