import type { KubernetesObject } from './api-client.ts';
import type { ControlPlane } from './control-plane.ts';

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const known = new WeakMap<ControlPlane, Map<string, readonly ApiResource[]>>();

/** Where the API server has an object, or would have it: from its own discovery. */
export async function pathOf(plane: ControlPlane, { apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
  const collection = await collectionOf(plane, apiVersion, kind, metadata.namespace);
  return `${collection}/${encodeURIComponent(metadata.name)}`;
}

/** Where objects of a kind are created. */
export async function collectionOf(
  plane: ControlPlane,
  apiVersion: string,
  kind: string,
  namespace: string | undefined,
): Promise<string> {
  const home = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const cache = known.get(plane) ?? new Map<string, readonly ApiResource[]>();
  known.set(plane, cache);
  let resources = cache.get(home);
  if (resources === undefined) {
    const { body } = await plane.api.get<{ readonly resources?: readonly ApiResource[] }>(home);
    resources = body.resources ?? [];
    cache.set(home, resources);
  }
  const resource = resources.find((one) => one.kind === kind && !one.name.includes('/'));
  if (resource === undefined) throw new Error(`The API server does not serve ${apiVersion} ${kind}.`);
  return resource.namespaced
    ? `${home}/namespaces/${namespace ?? 'default'}/${resource.name}`
    : `${home}/${resource.name}`;
}

/**
 * What the API server holds of each of these objects, by what it is. Left out are the count of writes and who wrote when: a write that
 * changes nothing may still be counted. The generation is in, which goes up whenever what an object asks for is written anew.
 */
export async function objectsServed(
  plane: ControlPlane,
  objects: readonly KubernetesObject[],
): Promise<ReadonlyMap<string, string>> {
  const served = new Map<string, string>();
  for (const object of objects) {
    const path = await pathOf(plane, object);
    const { status, body } = await plane.api.get<KubernetesObject>(path);
    if (status !== 200) continue;
    const { resourceVersion: _, managedFields: __, ...metadata } = body.metadata;
    served.set(path, JSON.stringify({ ...body, metadata }));
  }
  return served;
}
