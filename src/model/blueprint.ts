import type { CostLine } from './cost-line.ts';
import type { Decision } from './decision.ts';
import type { Intent } from './intent.ts';
import type { PlacedObject } from './placed-object.ts';
import type { Resource } from './resource.ts';
import type { Stage } from './stage.ts';
import type { Task } from './task.ts';

/** One folder of the blueprint, built. */
export interface Part {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly objects: readonly PlacedObject[];
  readonly decisions: readonly Decision[];
  readonly intents: readonly Intent[];
  readonly costLines: readonly CostLine[];
  /** Steps of its stages that are no ARM deployments. */
  readonly tasks?: readonly Task[];
}

/** What the owner of one hub is asked to add to it: a template that names nothing by handle, since the owner has this text only. */
export interface HubRequests {
  readonly region: string;
  /** Id of the resource group that it goes to. */
  readonly scope: string;
  readonly resources: readonly Resource[];
}

/** The whole landing zone as plain values. */
export interface Blueprint {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** Where subscription-scope deployments keep their record. */
  readonly location: string;
  readonly stages: readonly Stage[];
  readonly parts: readonly Part[];
  /** The API version of nested deployments. @default the newest */
  readonly nestedDeployments?: string;
  /** What the owners of hubs that are there are asked to add. @default nothing */
  readonly hubRequests?: readonly HubRequests[];
}
