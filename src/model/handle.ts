import type { ResourceKey } from './resource-key.ts';

/**
 * A typed reference to another resource of the blueprint. It is plain data: synth turns it into `[resourceId(…)]` or
 * `[reference(…)]`, and derives the dependency from it.
 */
export type Handle = IdHandle | PropertyHandle;

/** The id of a resource, or of something inside it (`children: [['subnets', 'snet-x']]`). */
export interface IdHandle {
  readonly $handle: 'id';
  readonly resource: ResourceKey;
  readonly children?: readonly (readonly [type: string, name: string])[];
}

/**
 * The id of the subscription that the template is deployed to: `[subscription().id]`, so that no subscription id stands in a
 * template. It names no resource, so nothing waits for it.
 */
export interface SubscriptionHandle {
  readonly $handle: 'subscription';
  /** Name of a resource group that a service will make: the id is then that group's. */
  readonly group?: string;
}

/** A value that Azure decides, read at run time: `path` is below `properties`, e.g. `ipConfigurations[0].properties.privateIPAddress`. */
export interface PropertyHandle {
  readonly $handle: 'property';
  readonly resource: ResourceKey;
  readonly path: string;
  /** The path begins at the resource itself: `identity.principalId`. */
  readonly full?: true;
}
