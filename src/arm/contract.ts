import type { Place } from '../kernel/place.ts';
import type { JsonDocument } from './json-document.ts';

/** Where a deployment goes. */
export type DeploymentScope =
  | { readonly kind: 'tenant' }
  | { readonly kind: 'managementGroup'; readonly managementGroup: string }
  | { readonly kind: 'subscription'; readonly subscriptionId: string }
  | { readonly kind: 'resourceGroup'; readonly subscriptionId: string; readonly resourceGroup: string };

/** Where a template (or a parameter file) is kept: `templateLink` of a deployment, expressions worked out. */
export interface TemplateLink {
  /** An absolute address. */
  readonly uri?: string;
  /** The id of a version of a template spec. */
  readonly id?: string;
  /** Below the place of the template that links. */
  readonly relativePath?: string;
  readonly contentVersion?: string;
}

/** What only a cloud knows and templates may ask before anything runs. Undefined as an answer: it does not know either. */
export interface CloudFacts {
  /** Logical zones that a zonal type has in a region, in order; none where type or region has no zones. */
  zones?(namespace: string, type: string, location: string): readonly string[] | undefined;
  /** `westeurope-az1` for zone `1` of a subscription. */
  physicalZone?(subscriptionId: string, location: string, logicalZone: string): string | undefined;
  logicalZone?(subscriptionId: string, location: string, physicalZone: string): string | undefined;
  /** `providers()`: `{namespace, resourceTypes}` of a provider, or `{resourceType, locations, apiVersions}` of one type. */
  provider?(namespace: string, type: string | undefined): { readonly [key: string]: unknown } | undefined;
  /** A built-in role by its display name: `{id, roleDefinitionId}`. */
  roleDefinition?(name: string): { readonly id: string; readonly roleDefinitionId: string } | undefined;
}

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
  /** What `managementGroup()` returns beside id, name and type: `displayName`, `details`. */
  managementGroup?(name: string): { readonly [key: string]: unknown } | undefined;
  /** What `tenant()` returns beside the ids: `displayName`, `countryCode`. */
  readonly tenant?: { readonly [key: string]: unknown };
  /** What `environment()` returns. */
  readonly environment: { readonly [key: string]: unknown };
  readonly deployer: { readonly objectId: string; readonly tenantId: string };
  readonly now: Date;
  newGuid(): string;
  /** Where the template itself was taken from, for `deployment()`; absent when it was sent inline. */
  readonly templateLink?: TemplateLink;
  /**
   * The template (or parameter file) of a link, read with `readJson`; `from` is the document that the link stands in. Undefined
   * when it is not to be had: the deployment is then refused with `InvalidContentLink`. May throw `ArmError`.
   * @default no linked content at all
   */
  linked?(link: TemplateLink, from: JsonDocument): JsonDocument | undefined;
  /**
   * Answers of the cloud. 'unknown' where there is none to ask: functions that need it then stay symbolic.
   * @default they are refused by name
   */
  readonly cloud?: CloudFacts | 'unknown';
  /** `externalInputs` of a deployment request: values that the client worked out, by name. */
  readonly externalInputs?: Readonly<Record<string, { readonly value: unknown }>>;
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
  /** `@options.onlyIfNotExists` (Bicep's `@onlyIfNotExists()`): written only where nothing of this id is there. @default false */
  readonly onlyIfNotExists?: boolean;
  /** Ids of resources of the same expansion that come first, explicit and implicit. */
  readonly dependsOn: readonly string[];
  readonly place?: Place;
  /** The body with every expression evaluated, run-time functions answered by `runtime`. Throws `ArmError`. */
  evaluate(runtime: RuntimeProvider): ResourceBody;
  /** Set for `Microsoft.Resources/deployments`: the expansion of its template, inline or linked, once its turn comes. */
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
  /** About how many characters the template takes as JSON, before it is expanded. */
  readonly size: number;
  /** In template order, copies in index order; conditions that are false included. */
  readonly resources: readonly ExpandedResource[];
  /** As a deployment record shows them: values of secure types left out. */
  readonly parameters: Readonly<Record<string, DeploymentValue>>;
  outputs(runtime: RuntimeProvider): Readonly<Record<string, DeploymentValue>>;
  /** Providers in use, for the deployment record: namespace → types and locations. */
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly place?: Place }[];
}
