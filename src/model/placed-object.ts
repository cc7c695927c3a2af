import type { KubernetesObject } from './kubernetes-object.ts';

/** A Kubernetes object with its place in a GitOps tree. */
export interface PlacedObject {
  /** The managed cluster's name in Azure: the tree's folder. */
  readonly cluster: string;
  /** A folder of the tree, applied as one: `namespaces`, `workload`. The layer `flux` is the root and says how the others are applied. */
  readonly layer: string;
  readonly object: KubernetesObject;
}

/** Unique in a blueprint, and what decisions name an object by: `aks-x-01/namespaces/NetworkPolicy/a0005-i/deny-by-default`. */
export function objectKey({ cluster, layer, object }: PlacedObject): string {
  const { name, namespace } = object.metadata;
  return [cluster, layer, object.kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}
