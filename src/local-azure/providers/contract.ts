import type { ArmResource } from '../../model/resource.ts';

/** Read access to what is there, for a provider at work. Ids are matched without regard to case. */
export interface ResourceView {
  get(id: string): ArmResource | undefined;
  /** Every resource of a type, in all groups. */
  ofType(type: string): readonly ArmResource[];
  /** Direct children of a type below a parent id: `children(vnetId, 'subnets')`. */
  children(parentId: string, segment: string): readonly ArmResource[];
}

/** What a provider is given of the world. */
export interface ProviderContext {
  readonly view: ResourceView;
  readonly now: Date;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** `--as-of`: which versions and features exist. */
  readonly asOf: Date;
  /** False where nobody could put anything into data planes: what a reference to a secret leads to is not asked then. */
  readonly hasDataPlanes: boolean;
  /** A UUID that is the same for the same id in every run: service-made ids must not make two runs differ. */
  stableGuid(id: string, purpose: string): string;
}

export interface PutInput {
  readonly id: string;
  readonly name: string;
  readonly apiVersion: string;
  /** As sent, `id`, `name` and `type` taken off. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly existing: ArmResource | undefined;
}

/** What a write does to the store, all in one transaction: the resource itself, its children, and neighbours that change with it. */
export interface ProviderChange {
  readonly put: readonly ArmResource[];
  readonly delete: readonly string[];
}

/**
 * A resource type as its service behaves. Functions are pure: they read through the context and return changes, or throw
 * `ArmError` (from `src/arm/arm-error.ts`) with the service's own code and message.
 */
export interface ResourceTypeProvider {
  /** `Microsoft.Network/virtualNetworks/subnets` */
  readonly type: string;
  /** Newest first. */
  readonly apiVersions: readonly string[];
  /** Whether a resource of it has a location; `global` for those that only take that. */
  readonly location: 'required' | 'global' | 'none';
  /** True where Azure answers a PUT with 201 and an operation to poll. */
  readonly longRunning: boolean;
  /** Checks and completes a PUT. The main resource is the first of `put`. */
  put(input: PutInput, context: ProviderContext): ProviderChange;
  /** @default just the resource and its children */
  delete?(existing: ArmResource, context: ProviderContext): ProviderChange;
  /**
   * What goes when a stop cut its PUT off. Only for types that cannot be PUT again, which a new deployment could not mend.
   * @default nothing: the resource stays, marked as failed
   */
  abandon?(unfinished: ArmResource, context: ProviderContext): readonly string[];
  /** Completes a stored resource for reading (inline children, back references). @default as stored */
  read?(stored: ArmResource, context: ProviderContext): ArmResource;
  /** POST actions by name, lower case. */
  readonly actions?: Readonly<
    Record<string, (existing: ArmResource, body: unknown, context: ProviderContext) => unknown>
  >;
}
