import { ArmError } from '../../arm/arm-error.ts';
import type { Principal } from '../protocol/tokens.ts';
import { errorBodyOf } from '../service-errors.ts';
import type { World } from '../world.ts';
import type { DeploymentRequest } from './deployment-request.ts';
import { type DeploymentRun, deploymentRecord, keepRecord, type RunEnd } from './deployment-run.ts';
import type { Deployment } from './deployment-table.ts';
import { preflight } from './preflight.ts';
import { runDeployment } from './run-deployment.ts';
import { storeRuntime } from './runtime.ts';

/** What `cancel` reaches: the deployments that run in this process, by id. */
const controls = new WeakMap<World, Map<string, { canceled: boolean }>>();

/** What a caller of a deployment is. */
export interface DeploymentCaller {
  readonly principal: Principal;
  readonly origin: string;
  readonly correlationId: string;
}

/** Looks at a request without running it: throws what a PUT would be refused with, else gives the record with `validatedResources`. */
export function validateDeployment(world: World, request: DeploymentRequest, caller: DeploymentCaller): Deployment {
  const run = runOf(world, request, caller);
  preflight(world, request.name, request.expansion, run.runtime);
  const record = deploymentRecord(run, 'Succeeded');
  const validatedResources = request.expansion.resources.filter(({ condition }) => condition).map(({ id }) => ({ id }));
  return { ...record, properties: { ...record.properties, validatedResources } };
}

/**
 * Accepts a deployment and runs it. Resolves once the acceptance is on the disk. Throws `DeploymentActive` (409) while one of
 * the same name runs, `InvalidDeploymentLocation` (409), `InvalidTemplateDeployment` (400).
 */
export async function startDeployment(
  world: World,
  request: DeploymentRequest,
  caller: DeploymentCaller,
): Promise<{ readonly status: 200 | 201; readonly deployment: Deployment; readonly operationId: string }> {
  const before = world.deployments.find(request.id);
  requireNotActive(before);
  requireSameLocation(before, request);
  const run = runOf(world, request, caller);
  preflight(world, request.name, request.expansion, run.runtime);
  const deployment = deploymentRecord(run, 'Accepted');
  const { operation, change } = world.operations.begin('deployment', request.id, [request.id]);
  try {
    await world.store.transact([...world.deployments.begin(deployment, request.template), change]);
  } catch (error) {
    world.operations.abandon(operation);
    throw error;
  }
  controlsOf(world).set(request.id.toLowerCase(), run.control);
  void finish(run, operation);
  return { status: before === undefined ? 201 : 200, deployment, operationId: operation.id };
}

async function finish(run: DeploymentRun, operation: Parameters<World['operations']['end']>[0]): Promise<void> {
  const { world } = run;
  let end: RunEnd;
  try {
    end = await runDeployment(run);
  } catch (error) {
    end = { state: 'Failed', error: errorBodyOf(error).body };
  }
  const outcome = end.error === undefined ? {} : { error: { status: 409, body: end.error } };
  await world.operations.end(operation, { status: end.state, ...outcome }, (changes) =>
    world.store.transact([...keepRecord(run, end.state, end), ...changes]),
  );
  controlsOf(world).delete(run.id.toLowerCase());
}

/** Stops a deployment: what has not begun does not begin. Throws 409 when it does not run, and gives undefined when there is none. */
export function cancelDeployment(world: World, id: string): Deployment | undefined {
  const deployment = world.deployments.find(id);
  if (deployment === undefined) return undefined;
  const control = controlsOf(world).get(id.toLowerCase());
  if (control === undefined) {
    throw new ArmError(409, {
      code: 'DeploymentCannotBeCancelled',
      message: `The deployment '${deployment.name}' cannot be cancelled because its provisioning state is '${deployment.properties.provisioningState}'.`,
    });
  }
  control.canceled = true;
  return deployment;
}

function controlsOf(world: World): Map<string, { canceled: boolean }> {
  const known = controls.get(world);
  if (known !== undefined) return known;
  const made = new Map<string, { canceled: boolean }>();
  controls.set(world, made);
  return made;
}

function runOf(world: World, request: DeploymentRequest, caller: DeploymentCaller): DeploymentRun {
  return {
    world,
    principal: caller.principal,
    origin: caller.origin,
    correlationId: caller.correlationId,
    id: request.id,
    name: request.name,
    location: request.location,
    tags: request.tags,
    mode: request.mode,
    context: request.context,
    expansion: request.expansion,
    template: request.template,
    runtime: storeRuntime(world, caller.principal),
    startedAt: world.clock.elapsed(),
    control: { canceled: false },
    written: [],
  };
}

function requireNotActive(before: Deployment | undefined): void {
  if (before === undefined) return;
  const { provisioningState, timestamp } = before.properties;
  if (provisioningState !== 'Accepted' && provisioningState !== 'Running') return;
  throw new ArmError(409, {
    code: 'DeploymentActive',
    message: `Unable to edit or replace deployment '${before.name}': previous deployment from '${timestamp}' is still active. Please see https://aka.ms/arm-deploy for usage details.`,
  });
}

function requireSameLocation(before: Deployment | undefined, request: DeploymentRequest): void {
  if (before?.location === undefined || before.location === request.location) return;
  throw new ArmError(409, {
    code: 'InvalidDeploymentLocation',
    message: `Invalid deployment location '${request.location}'. The deployment '${before.name}' already exists in location '${before.location}'.`,
  });
}
