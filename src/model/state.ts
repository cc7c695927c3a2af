import type { KubernetesObject } from './kubernetes-object.ts';
import type { ArmResource } from './resource.ts';

/** A Kubernetes object, and which cluster it is of. */
export interface StateObject {
  /** The name of its managed cluster; absent where the source does not say, which leaves no doubt in a state with one cluster. */
  readonly cluster?: string;
  readonly object: KubernetesObject;
}

/** What runs, or what a set of templates would make run: ours or anybody's. */
export interface State {
  /** Every resource, children too (a subnet inside its VNet and, where the target lists it so, by itself). */
  readonly resources: readonly ArmResource[];
  readonly objects: readonly StateObject[];
  /** Where it came from, for reports: `local`, `azure`, or a folder. */
  readonly origin: string;
  /** What the reader had to assume, e.g. types that local Azure does not model. */
  readonly assumptions: readonly string[];
}
