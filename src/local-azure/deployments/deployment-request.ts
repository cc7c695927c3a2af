import { randomUUID } from 'node:crypto';
import { ArmError } from '../../arm/arm-error.ts';
import type { DeploymentContext, DeploymentScope, Expansion } from '../../arm/contract.ts';
import { documentAt, expandTemplate, type GivenParameters, type JsonDocument, scopeId } from '../../arm/index.ts';
import type { Json } from '../../kernel/canonical-json.ts';
import { Problem } from '../../kernel/errors.ts';
import { formatPlace } from '../../kernel/place.ts';
import { templateEnvironment } from '../protocol/metadata.ts';
import type { Principal } from '../protocol/tokens.ts';
import { isRegion, normalizeLocation, regionNames } from '../resources/regions.ts';
import { invalidContent, locationNotAvailable, locationRequired, notModelled } from '../service-errors.ts';
import { readForm, type World } from '../world.ts';
import { deploymentType } from './deployment-table.ts';

/** A request to deploy, read and expanded: nothing of it runs yet. */
export interface DeploymentRequest {
  readonly id: string;
  readonly name: string;
  readonly scope: DeploymentScope;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly mode: 'Incremental' | 'Complete';
  readonly template: Json;
  readonly context: DeploymentContext;
  readonly expansion: Expansion;
}

/** learn.microsoft.com "Naming rules": up to 64 of letters, digits, `_ - . ( )`. */
const namePattern = /^[-\w.()]{1,64}$/;

/**
 * Reads the body of a PUT or validate and expands its template. Throws as ARM does: `InvalidRequestContent`,
 * `InvalidTemplate`, `LocationRequired`.
 */
export function readDeployment(
  world: World,
  principal: Principal,
  scope: DeploymentScope,
  name: string,
  body: JsonDocument,
): DeploymentRequest {
  if (!namePattern.test(name)) {
    throw new ArmError(400, {
      code: 'InvalidDeploymentName',
      message: `The deployment name '${name}' is invalid: 1 to 64 letters, digits, '-', '_', '.', '(' or ')'.`,
    });
  }
  const root = requireObject(body.value, 'the body');
  const properties = requireObject(root.properties, 'properties');
  refuseUnmodelled(properties);
  const mode = readMode(properties.mode, scope);
  const location = readLocation(root.location, scope);
  const template = documentAt(body, ['properties', 'template']);
  if (template === undefined || template.value === null) {
    throw invalidContent("The request content was invalid: 'properties.template' is missing.");
  }
  const context = deploymentContext(world, principal, scope, name, location);
  const parameters = requireObject(properties.parameters ?? {}, 'properties.parameters') as GivenParameters;
  const expansion = asInvalidTemplate(() => expandTemplate({ template, parameters, context }));
  const tags = root.tags as Readonly<Record<string, string>> | undefined;
  return {
    id: `${scopeId(scope)}/providers/${deploymentType}/${name}`,
    name,
    scope,
    mode,
    template: template.value as Json,
    context,
    expansion,
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined || tags === null ? {} : { tags }),
  };
}

function deploymentContext(
  world: World,
  principal: Principal,
  scope: DeploymentScope,
  name: string,
  location: string | undefined,
): DeploymentContext {
  const subscriptionId = 'subscriptionId' in scope ? scope.subscriptionId : '';
  const subscription = world.subscriptions.find(subscriptionId) ?? { subscriptionId, displayName: '' };
  return {
    deploymentName: name,
    scope,
    ...(location === undefined ? {} : { location }),
    tenantId: world.tenantId,
    subscription,
    resourceGroup: (id, group) => {
      const record = world.resources.record(`/subscriptions/${id}/resourceGroups/${group}`);
      return record === undefined ? undefined : readForm(world, record);
    },
    environment: templateEnvironment(),
    deployer: { objectId: principal.objectId, tenantId: principal.tenantId },
    now: world.clock.now(),
    newGuid: randomUUID,
  };
}

/** What stands for a problem of the language room is its message, in ARM's envelope. */
export function asInvalidTemplate<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const where = error.place === undefined ? '' : ` (${formatPlace(error.place)})`;
    throw new ArmError(400, {
      code: 'InvalidTemplate',
      message: `Deployment template validation failed: '${error.message}${where}'.`,
    });
  }
}

function requireObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalidContent(`The request content was invalid and could not be deserialized: '${what} must be an object.'.`);
}

function refuseUnmodelled(properties: Readonly<Record<string, unknown>>): void {
  for (const key of ['templateLink', 'parametersLink', 'onErrorDeployment', 'extensionConfigs', 'externalInputs']) {
    const value = properties[key];
    if (value !== undefined && value !== null) throw notModelled(`'properties.${key}' of deployments`);
  }
}

function readMode(mode: unknown, scope: DeploymentScope): 'Incremental' | 'Complete' {
  const word = typeof mode === 'string' ? mode.toLowerCase() : mode;
  if (word === 'incremental') return 'Incremental';
  if (word === 'complete' && scope.kind === 'resourceGroup') return 'Complete';
  if (word === 'complete') {
    throw new ArmError(400, {
      code: 'InvalidDeploymentMode',
      message:
        "The deployment mode 'Complete' is not supported for a deployment that does not target a resource group.",
    });
  }
  throw invalidContent(
    "The request content was invalid and could not be deserialized: 'properties.mode must be Incremental or Complete.'.",
  );
}

function readLocation(location: unknown, scope: DeploymentScope): string | undefined {
  if (scope.kind === 'resourceGroup') {
    if (location === undefined || location === null) return undefined;
    throw invalidContent("The 'location' property is not allowed for a deployment that targets a resource group.");
  }
  if (typeof location !== 'string' || location === '') throw locationRequired();
  if (!isRegion(location)) throw locationNotAvailable(location, deploymentType, regionNames);
  return normalizeLocation(location);
}
