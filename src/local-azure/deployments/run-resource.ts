import { ArmError, type ArmErrorBody } from '../../arm/arm-error.ts';
import type { ExpandedResource } from '../../arm/contract.ts';
import { sha256 } from '../../kernel/hash.ts';
import { putResource } from '../pipeline/put.ts';
import { describe, parseId } from '../resources/resource-path.ts';
import { notModelled, resourceNotFound } from '../service-errors.ts';
import { duration, targetOf } from './deployment-form.ts';
import { asInvalidTemplate } from './deployment-request.ts';
import type { DeploymentRun } from './deployment-run.ts';
import { type DeploymentOperation, deploymentType } from './deployment-table.ts';

/** A failure with the HTTP status that the service answered. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly status: number;
  readonly body: ArmErrorBody;

  constructor(status: number, body: ArmErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export interface StepResult {
  readonly provisioningOperation: 'Create' | 'Read';
  readonly status: number;
}

/** Runs a nested deployment to its end; throws `StepFailed` when it fails. */
export type RunNested = (resource: ExpandedResource) => Promise<void>;

/** One resource of a deployment, through the same pipeline as a PUT over HTTP, to the end of its long-running operation. */
export async function runResource(
  run: DeploymentRun,
  resource: ExpandedResource,
  runNested: RunNested,
): Promise<StepResult> {
  if (resource.type.toLowerCase() === deploymentType.toLowerCase()) {
    if (resource.nested === undefined) throw notModelled("'properties.templateLink' of deployments");
    await runNested(resource);
    return { provisioningOperation: 'Create', status: 201 };
  }
  const { world } = run;
  const path = parseId(resource.id);
  if (path === undefined)
    throw new ArmError(400, { code: 'InvalidTemplate', message: `'${resource.id}' is not a resource id.` });
  if (resource.existing) {
    if (run.runtime.resource(resource.id, resource.apiVersion) === undefined) {
      throw resourceNotFound(describe(path), path.resourceGroup);
    }
    return { provisioningOperation: 'Read', status: 200 };
  }
  if (resource.onlyIfNotExists === true && world.resources.get(resource.id) !== undefined) {
    return { provisioningOperation: 'Read', status: 200 };
  }
  const body = asInvalidTemplate(() => resource.evaluate(run.runtime));
  const call = { principal: run.principal, path, apiVersion: resource.apiVersion, origin: run.origin };
  const { status, operation } = await putResource(world, call, body);
  if (operation !== undefined) {
    await world.operations.settled(operation.id);
    const ended = world.operations.find(operation.id);
    if (ended?.error !== undefined) throw new StepFailed(ended.errorStatus ?? 409, ended.error);
  }
  return { provisioningOperation: 'Create', status };
}

const statusCodes: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  412: 'PreconditionFailed',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  501: 'NotImplemented',
};

/** The operation of one resource as `…/operations` lists it. Its id is 16 hex digits, the same in every run of the same name. */
export function resourceOperation(
  run: DeploymentRun,
  resource: ExpandedResource,
  since: number,
  state: 'Running' | 'Succeeded' | 'Failed' | 'Canceled',
  end: { readonly provisioningOperation?: string; readonly status?: number; readonly error?: ArmErrorBody },
): DeploymentOperation {
  const { clock } = run.world;
  const operationId = sha256(`${run.id}|${resource.id}`.toLowerCase()).slice(0, 16).toUpperCase();
  return {
    id: `${run.id}/operations/${operationId}`,
    operationId,
    properties: {
      provisioningOperation: end.provisioningOperation ?? (resource.existing ? 'Read' : 'Create'),
      provisioningState: state,
      timestamp: clock.now().toISOString(),
      duration: duration(clock.elapsed() - since),
      trackingId: run.correlationId,
      serviceRequestId: run.correlationId,
      ...(end.status === undefined ? {} : { statusCode: statusCodes[end.status] ?? String(end.status) }),
      ...(end.error === undefined ? {} : { statusMessage: { status: 'Failed', error: end.error } }),
      targetResource: {
        ...targetOf(resource.id),
        ...(resource.symbolicName === undefined ? {} : { symbolicName: resource.symbolicName }),
      },
    },
  };
}
