import type { KubernetesObject } from '../api-client.ts';

/**
 * An object that must not come in, beside the same object mended. `mended` is the tree's own object or made from it, so that what is
 * refused differs from what is good by one thing.
 */
export interface Hostile {
  readonly what: string;
  readonly hostile: KubernetesObject;
  readonly mended: KubernetesObject;
  /** Texts that the refusal must have: the rule that refuses (a policy, a standard, a quota, a range, a right), and its reason. */
  readonly refusedBy: readonly string[];
  /** Who sends it, where not an administrator; and who may send it mended, where that is somebody else. */
  readonly as?: string;
  readonly mendedAs?: string;
}

export type Change = (object: KubernetesObject) => KubernetesObject;
