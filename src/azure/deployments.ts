import type { Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/errors.ts';
import type { ArmClient, RequestOptions } from './arm-client.ts';
import { ArmRequestError } from './arm-request-error.ts';
import { wait } from './long-running.ts';
import { retryAfter } from './retry.ts';

/** The api-version of `Microsoft.Resources/deployments` that is spoken. */
export const deploymentsVersion = '2025-04-01';

/** A deployment to make. */
export interface DeploymentRequest {
  /** `<scope>/providers/Microsoft.Resources/deployments/<name>` */
  readonly id: string;
  /** The whole body; a text is sent as it is, so that templates keep their comments and line numbers. */
  readonly body: unknown;
  /** A UUID that the deployment and all that it sets off carry at the target. */
  readonly correlationId?: string;
  /** Values in the body that must stand in no error. */
  readonly secrets?: readonly string[];
}

/** A deployment's record, as far as it is read here. */
export interface DeploymentRecord {
  readonly id?: string;
  readonly properties?: {
    readonly provisioningState?: string;
    readonly correlationId?: string;
    readonly error?: unknown;
    readonly outputs?: Readonly<Record<string, { readonly type?: string; readonly value?: unknown }>>;
    readonly outputResources?: readonly { readonly id?: string }[];
    readonly validatedResources?: readonly { readonly id?: string }[];
  };
}

export interface DeploymentCount {
  /** Resources that are deployed. */
  readonly done: number;
  /** Resources that the deployment has begun with so far. */
  readonly begun: number;
}

export interface FollowOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called after each look at the deployment. */
  readonly onProgress?: (count: DeploymentCount) => void;
}

interface OperationRecord {
  readonly properties?: {
    readonly provisioningOperation?: string;
    readonly provisioningState?: string;
    readonly targetResource?: { readonly id?: string };
  };
}

const ended = new Set(['Succeeded', 'Failed', 'Canceled']);
/** The first wait between two looks, and the longest: each is twice the one before. In milliseconds. */
const [firstWait, longestWait] = [50, 5000];

/** Whether a deployment in this state still runs. */
export function isActive(state: string | undefined): boolean {
  return state !== undefined && !ended.has(state);
}

/** The record of a deployment, or undefined when there is none (or no such resource group). */
export async function findDeployment(
  client: ArmClient,
  id: string,
  signal?: AbortSignal,
): Promise<DeploymentRecord | undefined> {
  return await client.find<DeploymentRecord>(id, deploymentsVersion, settings(signal));
}

/** Has the target check a deployment without running it; the record names the resources that it would deploy. Throws `ArmRequestError`. */
export async function validateDeployment(
  client: ArmClient,
  request: DeploymentRequest,
  signal?: AbortSignal,
): Promise<DeploymentRecord> {
  const path = `${request.id}/validate`;
  const record = await client.post<DeploymentRecord | undefined>(
    path,
    deploymentsVersion,
    request.body,
    requestSettings(request, signal),
  );
  const error = record?.properties?.error ?? (record as { readonly error?: unknown } | undefined)?.error;
  if (error !== undefined && error !== null) throw client.failure(`POST ${path}`, error, request.correlationId);
  return record ?? {};
}

/**
 * Makes a deployment and follows it to its end by looking at its record and operations. Throws `ArmRequestError` when it is refused or
 * ends badly, `INTERRUPTED` when the signal stops the wait; the target then goes on by itself.
 */
export async function createDeployment(
  client: ArmClient,
  request: DeploymentRequest,
  options: FollowOptions,
): Promise<DeploymentRecord> {
  const record = await followDeployment(client, request.id, options, await begin(client, request, options.signal));
  const { provisioningState, error, correlationId } = record.properties ?? {};
  if (provisioningState === 'Succeeded') return record;
  const body = error ?? { code: provisioningState, message: `the deployment ended as ${provisioningState}` };
  throw client.failure(`PUT ${request.id}`, body, correlationId ?? request.correlationId);
}

/**
 * Waits until a deployment runs no more, whoever began it; its record, or undefined when there is none. `onProgress` hears of each look
 * at one that still runs.
 */
export async function waitWhileActive(
  client: ArmClient,
  id: string,
  options: FollowOptions,
): Promise<DeploymentRecord | undefined> {
  const record = await findDeployment(client, id, options.signal);
  return record === undefined ? undefined : await followDeployment(client, id, options, record);
}

/** The values of a deployment's outputs by name. */
export function outputsOf(record: DeploymentRecord): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record.properties?.outputs ?? {}).map(([name, output]) => [name, output.value]),
  );
}

async function begin(
  client: ArmClient,
  request: DeploymentRequest,
  signal: AbortSignal | undefined,
): Promise<DeploymentRecord> {
  try {
    const answer = await client.send(
      'PUT',
      request.id,
      deploymentsVersion,
      request.body,
      requestSettings(request, signal),
    );
    return recordOf(answer.body, request.id);
  } catch (error) {
    // The answer to a PUT can get lost after the target has accepted it; sent again, it meets its own deployment.
    if (!(error instanceof ArmRequestError) || error.armCode !== 'DeploymentActive') throw error;
    const record = await findDeployment(client, request.id, signal);
    const isOurs =
      request.correlationId !== undefined &&
      record?.properties?.correlationId?.toLowerCase() === request.correlationId.toLowerCase();
    if (record !== undefined && isOurs) return record;
    throw error;
  }
}

/** The Retry-After of the PUT is for the operation that it names; the record is looked at by our own pace, unless it says another. */
async function followDeployment(
  client: ArmClient,
  id: string,
  { clock, signal, onProgress }: FollowOptions,
  first: DeploymentRecord,
): Promise<DeploymentRecord> {
  let record = first;
  let asked: number | undefined;
  for (
    let pause = firstWait;
    isActive(record.properties?.provisioningState);
    pause = Math.min(longestWait, pause * 2)
  ) {
    await wait(clock, asked ?? pause, signal);
    if (onProgress !== undefined) onProgress(await countResources(client, id, signal));
    const answer = await client.send('GET', id, deploymentsVersion, undefined, settings(signal));
    asked = retryAfter(answer.headers['retry-after'], clock.now().getTime());
    record = recordOf(answer.body, id);
  }
  return record;
}

async function countResources(client: ArmClient, id: string, signal?: AbortSignal): Promise<DeploymentCount> {
  const operations = await client.list<OperationRecord>(`${id}/operations`, deploymentsVersion, settings(signal));
  const begun = new Set<string>();
  const done = new Set<string>();
  for (const { properties } of operations) {
    const target = properties?.targetResource?.id?.toLowerCase();
    // `Read` is a look at a resource that the template only refers to.
    if (target === undefined || properties?.provisioningOperation === 'Read') continue;
    begun.add(target);
    if (properties?.provisioningState === 'Succeeded') done.add(target);
  }
  return { done: done.size, begun: begun.size };
}

function recordOf(body: unknown, id: string): DeploymentRecord {
  const state = (body as DeploymentRecord | undefined)?.properties?.provisioningState;
  if (typeof state === 'string') return body as DeploymentRecord;
  throw new Problem({
    code: 'AZURE_NO_DEPLOYMENT',
    message: `The answer for ${id} is no deployment with a provisioningState.`,
    hint: 'Check that the endpoint is an Azure Resource Manager.',
  });
}

function requestSettings(
  { correlationId, secrets }: DeploymentRequest,
  signal: AbortSignal | undefined,
): RequestOptions {
  return {
    ...settings(signal),
    ...(correlationId === undefined ? {} : { headers: { 'x-ms-correlation-request-id': correlationId } }),
    ...(secrets === undefined ? {} : { secrets }),
  };
}

function settings(signal: AbortSignal | undefined): RequestOptions {
  return signal === undefined ? {} : { signal };
}
