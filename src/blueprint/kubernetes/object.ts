import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { objectKey, type PlacedObject } from '../../model/placed-object.ts';
import type { Built } from '../draft.ts';
import type { LayerName } from './layers.ts';

/** What every kind has; `T` is the kind's own type, so that a misspelt field does not compile. */
interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
}

/** An object of a kind whose type is known. */
export function object<T extends Typed>(value: T): KubernetesObject {
  return value as unknown as KubernetesObject;
}

/** Objects in a layer of a cluster's tree, with the decisions that they follow as a whole. */
export function placed(
  cluster: string,
  layer: LayerName,
  decisions: readonly string[],
  ...objects: readonly KubernetesObject[]
): Built {
  const all = objects.map((one): PlacedObject => ({ cluster, layer, object: one }));
  return {
    resources: [],
    objects: all,
    claims: all.flatMap((one) => decisions.map((decision) => ({ decision, target: objectKey(one) }))),
  };
}
