import type { Place } from '../kernel/place.ts';

/** Where a deployment goes. */
export type DeploymentScope =
  | { readonly kind: 'tenant' }
  | { readonly kind: 'managementGroup'; readonly managementGroup: string }
  | { readonly kind: 'subscription'; readonly subscriptionId: string }
  | { readonly kind: 'resourceGroup'; readonly subscriptionId: string; readonly resourceGroup: string };

/** What expressions may ask of the surroundings that is known before anything runs. */
export interface DeploymentContext {
  readonly deploymentName: string;
  readonly scope: DeploymentScope;
  /** `location` of a subscription-scope deployment. */
  readonly location?: string;
  readonly tenantId: string;
  readonly subscription: { readonly subscriptionId: string; readonly displayName: string };
  /** The resource group as `resourceGroup()` returns it; asked for the deployment's own and, in inner scope, nested targets. */
  resourceGroup(subscriptionId: string, name: string): { readonly [key: string]: unknown } | undefined;
  /** What `environment()` returns. */
  readonly environment: { readonly [key: string]: unknown };
  readonly deployer: { readonly objectId: string; readonly tenantId: string };
  readonly now: Date;
  newGuid(): string;
}

/** What expressions may ask while resources are being deployed. Synchronous: local Azure's store answers at once. */
export interface RuntimeProvider {
  /** The whole resource as GET returns it, or undefined when it does not exist (yet). */
  resource(id: string, apiVersion: string | undefined): { readonly [key: string]: unknown } | undefined;
  /** `list*`: a POST action by name, e.g. `listKeys`. Throws when there is none. */
  action(id: string, action: string, apiVersion: string, body: unknown): unknown;
}

/** The body that is PUT for a resource: everything but id, with `type`, `name`, `apiVersion`, `dependsOn`, `condition`, `copy`, `scope` taken off. */
export type ResourceBody = { readonly [key: string]: unknown };

export interface ExpandedResource {
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string;
  /** Full name with slashes. */
  readonly name: string;
  readonly symbolicName?: string;
  /** False where the template's `condition` is false: not deployed, and dropped from the graph. */
  readonly condition: boolean;
  /** `existing: true` of language version 2.0: read, never written. */
  readonly existing: boolean;
  /** Ids of resources of the same expansion that come first, explicit and implicit. */
  readonly dependsOn: readonly string[];
  readonly place?: Place;
  /** The body with every expression evaluated, run-time functions answered by `runtime`. Throws `ArmError`. */
  evaluate(runtime: RuntimeProvider): ResourceBody;
  /** Set for `Microsoft.Resources/deployments` with an inline template: its own expansion once its turn comes. */
  nested?(runtime: RuntimeProvider): {
    readonly context: DeploymentContext;
    readonly expansion: Expansion;
    readonly mode: string;
  };
}

export interface DeploymentValue {
  readonly type: string;
  readonly value?: unknown;
}

/** A template with everything but run-time functions worked out. */
export interface Expansion {
  /** In template order, copies in index order; conditions that are false included. */
  readonly resources: readonly ExpandedResource[];
  /** As a deployment record shows them: values of secure types left out. */
  readonly parameters: Readonly<Record<string, DeploymentValue>>;
  outputs(runtime: RuntimeProvider): Readonly<Record<string, DeploymentValue>>;
  /** Providers in use, for the deployment record: namespace → types and locations. */
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly place?: Place }[];
}
