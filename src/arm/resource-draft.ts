import type { DeploymentScope } from './contract.ts';
import type { Environment } from './environment.ts';
import type { JsonPath } from './json-document.ts';
import type { JsonObject } from './json-value.ts';

/** A resource of a template with its name and place worked out, before its body is looked at. */
export interface ResourceDraft {
  readonly path: JsonPath;
  readonly raw: JsonObject;
  readonly environment: Environment;
  readonly id: string;
  /** `idKey` of it: looked up for every edge of the graph. */
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly symbolicName: string | undefined;
  /** The copy loop that it comes from, with its position; loops of parents count for their children. */
  readonly loop: LoopPosition | undefined;
  readonly condition: boolean;
  readonly existing: boolean;
  /** Left alone where it is there already. */
  readonly onlyIfNotExists: boolean;
  /** Where a nested deployment goes. */
  readonly target: DeploymentScope | undefined;
}

export interface LoopPosition {
  readonly name: string;
  /** The same object for all iterations of one loop. */
  readonly loop: object;
  readonly index: number;
  /** How many run at once in serial mode. */
  readonly batchSize: number | undefined;
}

/** Members of a template resource that are for the engine and are not sent to the service. */
export const engineMembers: ReadonlySet<string> = new Set(
  [
    'type',
    'name',
    'apiVersion',
    'dependsOn',
    'condition',
    'copy',
    'scope',
    'resources',
    'comments',
    'metadata',
    'existing',
    'id',
    '@options',
  ].map((name) => name.toLowerCase()),
);

/** The same for nested deployments and existing resources, which also say where they are. */
export const placeMembers: ReadonlySet<string> = new Set(
  ['resourceGroup', 'subscriptionId'].map((name) => name.toLowerCase()),
);

export function isDeployment(type: string): boolean {
  return type.toLowerCase() === 'microsoft.resources/deployments';
}
