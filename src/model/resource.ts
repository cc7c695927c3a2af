import type { Json } from '../kernel/canonical-json.ts';
import type { Handle, IdHandle, SubscriptionHandle } from './handle.ts';
import type { ResourceKey } from './resource-key.ts';
import type { Scope } from './scope.ts';
import type { StageName } from './stage.ts';

export type { ResourceKey } from './resource-key.ts';

/** JSON in which any value may be a handle. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Handle
  | SubscriptionHandle
  | readonly Value[]
  | { readonly [key: string]: Value | undefined };

/** Who a resource is at Entra. Templates name user-assigned identities by id, as keys of an object. */
export type ResourceIdentity =
  | { readonly type: 'SystemAssigned' }
  | { readonly type: 'UserAssigned'; readonly userAssigned: readonly [IdHandle, ...IdHandle[]] };

/** An Azure resource as a plain value, before it is rendered into a template. */
export interface Resource {
  readonly key: ResourceKey;
  readonly stage: StageName;
  /** The deployment of the stage that carries it, where a stage has several (one a cluster, one a hub): `cluster-spoke-01`. */
  readonly deployment: string;
  readonly type: string;
  readonly apiVersion: string;
  /** Full name, a segment a type segment: `vnet-a/peer-b`. */
  readonly name: string;
  readonly scope: Scope;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sku?: Value;
  readonly kind?: string;
  /** What was bought, for resources of the marketplace. */
  readonly plan?: Value;
  readonly identity?: ResourceIdentity;
  readonly zones?: readonly string[];
  readonly properties?: Value;
  /**
   * The resource of an earlier stage that this one is again, with more settings: what Azure takes in two steps only. Both have
   * the same type, name and scope.
   */
  readonly amends?: ResourceKey;
  /** Azure takes it once and refuses a second write, even of the same: where it is there, it is left as it is. */
  readonly once?: true;
  /**
   * Azure refuses parallel writes below one parent (a firewall policy, a managed identity, a VNet): resources with the same
   * value here are deployed one after the other, in blueprint order.
   */
  readonly oneAtATime?: string;
}

/** A resource as ARM returns it. */
export interface ArmResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly apiVersion?: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties?: { readonly [key: string]: Json | undefined };
  readonly [key: string]: unknown;
}
