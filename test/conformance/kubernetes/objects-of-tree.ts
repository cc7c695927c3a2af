import type { KubernetesObject } from './api-client.ts';
import { allObjects, type Tree } from './tree.ts';

export type { Tree };

/** An object of the tree by kind and name; where several namespaces have one, the first. */
export function treeObject(tree: Tree, kind: string, name: string, namespace?: string): KubernetesObject {
  const found = allObjects(tree).find(
    (one) =>
      one.kind === kind &&
      one.metadata.name === name &&
      (namespace === undefined || one.metadata.namespace === namespace),
  );
  if (found === undefined) throw new Error(`The tree has no ${kind} ${name}.`);
  return found;
}

interface Template {
  readonly spec: {
    readonly template: { readonly metadata: Record<string, unknown>; readonly spec: Record<string, unknown> };
  };
}

/** A pod as a Deployment or DaemonSet of the tree would make it. */
export function podOf(tree: Tree, name: string, kind = 'Deployment'): KubernetesObject {
  const owner = treeObject(tree, kind, name);
  const { metadata, spec } = (owner as unknown as Template).spec.template;
  const { namespace } = owner.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: `conformance-${name}`, ...(namespace === undefined ? {} : { namespace }) },
    spec,
  };
}

type Change = (object: KubernetesObject) => KubernetesObject;

/** A copy with several changes, one after the other. */
export function changedBy(object: KubernetesObject, ...changes: readonly Change[]): KubernetesObject {
  return changes.reduce((changed, change) => change(changed), object);
}

/** A copy with one field set; numbers in the path are places in lists: `spec.containers.0.image`. */
export function set(path: string, value: unknown): Change {
  return (object) => changed(object, path.split('.'), () => value) as KubernetesObject;
}

/** A copy without one field. */
export function without(path: string): Change {
  return (object) => changed(object, path.split('.'), () => undefined) as KubernetesObject;
}

function changed(at: unknown, [key, ...rest]: readonly string[], to: () => unknown): unknown {
  if (key === undefined) return to();
  if (Array.isArray(at)) return at.map((one, index) => (String(index) === key ? changed(one, rest, to) : one));
  const fields = (at ?? {}) as Readonly<Record<string, unknown>>;
  const value = changed(fields[key], rest, to);
  const { [key]: _, ...others } = fields;
  return value === undefined ? others : { ...others, [key]: value };
}
