import type { ArmClient } from '../azure/arm-client.ts';
import { ArmRequestError } from '../azure/arm-request-error.ts';
import { Problem } from '../kernel/errors.ts';
import type { Host } from '../kernel/host.ts';
import { message } from '../kernel/messages.ts';
import { milliseconds } from '../kernel/units.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { deploymentId, deploymentsVersion } from './deployment-id.ts';
import { deploymentProgress } from './messages.ts';

/** A deployment's record, as far as it is read here. */
interface DeploymentRecord {
  readonly properties?: {
    readonly provisioningState?: string;
    readonly correlationId?: string;
    readonly error?: unknown;
    readonly outputResources?: readonly unknown[];
    readonly validatedResources?: readonly unknown[];
  };
}

interface OperationRecord {
  readonly properties?: { readonly provisioningState?: string; readonly targetResource?: { readonly id?: string } };
}

export interface DeploymentOutcome {
  readonly resources: number;
  readonly seconds: number;
  readonly correlationId?: string;
}

const ended = new Set(['Succeeded', 'Failed', 'Canceled']);

/** Whether the target's own record says that the deployment has ended well; undefined when there is no record. */
export async function stateAtTarget(
  client: ArmClient,
  deployment: ReadDeployment,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const record = await client.find<DeploymentRecord>(deploymentId(deployment), deploymentsVersion, settings(signal));
  return record?.properties?.provisioningState;
}

/**
 * Validates, deploys and follows one deployment to its end. Throws `ArmRequestError` when it is refused or fails, `INTERRUPTED`
 * when the host's signal stops it; the target then goes on by itself.
 */
export async function runDeployment(
  client: ArmClient,
  deployment: ReadDeployment,
  host: Host,
  expectedSeconds: number | undefined,
): Promise<DeploymentOutcome> {
  const { clock, signal } = host;
  const started = clock.elapsed();
  const seconds = (): number => (clock.elapsed() - started) / 1000;
  const id = deploymentId(deployment);
  const body = requestBody(deployment);
  const validated = await client.post<DeploymentRecord>(`${id}/validate`, deploymentsVersion, body, settings(signal));
  const total = validated?.properties?.validatedResources?.length ?? 0;
  await waitForEarlier(client, deployment, host);
  let answer = await client.send('PUT', id, deploymentsVersion, body, settings(signal));
  for (let looks = 0; ; looks++) {
    const { properties } = answer.body as DeploymentRecord;
    if (ended.has(properties?.provisioningState ?? '')) break;
    const done = await countDone(client, id, signal);
    host.emit(
      message(deploymentProgress, {
        stage: deployment.entry.stage ?? '',
        deployment: deployment.entry.name,
        done,
        total: Math.max(total, done),
        elapsedSeconds: seconds(),
        ...(expectedSeconds === undefined ? {} : { expectedSeconds }),
      }),
    );
    await pause(host, answer.headers['retry-after'], looks);
    answer = await client.send('GET', id, deploymentsVersion, undefined, settings(signal));
  }
  const { properties } = answer.body as DeploymentRecord;
  const correlationId = properties?.correlationId;
  if (properties?.provisioningState !== 'Succeeded') {
    throw new ArmRequestError({
      request: `Deployment ${deployment.entry.name}`,
      status: 0,
      body: properties?.error ?? { code: properties?.provisioningState, message: 'the deployment did not end well' },
      correlationId,
    });
  }
  return {
    resources: properties.outputResources?.length ?? total,
    seconds: seconds(),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/** The template goes as its author wrote it: the service counts lines and columns in that text. */
function requestBody({ entry, scope, template, parameters }: ReadDeployment): string {
  const location = scope.kind === 'subscription' ? `"location": ${JSON.stringify(entry.location ?? 'eastus2')}, ` : '';
  return `{${location}"properties": {"mode": "Incremental", "template": ${template}, "parameters": ${JSON.stringify(parameters)}}}`;
}

/** A deployment of the same name that still runs (an earlier run was killed) is waited for: ARM refuses a second one. */
async function waitForEarlier(client: ArmClient, deployment: ReadDeployment, host: Host): Promise<void> {
  for (let i = 0; i < 10_000; i++) {
    const state = await stateAtTarget(client, deployment, host.signal);
    if (state === undefined || ended.has(state)) return;
    await pause(host, undefined, i);
  }
  throw new Problem({
    code: 'DEPLOY_STILL_ACTIVE',
    message: `An earlier deployment ${deployment.entry.name} does not end.`,
    hint: 'Cancel it at the target, then run again with --resume.',
  });
}

async function countDone(client: ArmClient, id: string, signal: AbortSignal | undefined): Promise<number> {
  const operations = await client.list<OperationRecord>(`${id}/operations`, deploymentsVersion, settings(signal));
  return operations.filter(
    ({ properties }) => properties?.targetResource !== undefined && properties.provisioningState === 'Succeeded',
  ).length;
}

/**
 * Waits between two looks: what the service asks for, or else sooner first and up to five seconds later on, since most
 * deployments end within a second or take many minutes.
 */
async function pause(host: Host, retryAfter: string | undefined, looks: number): Promise<void> {
  const asked = Number(retryAfter ?? '0');
  const ms = asked > 0 ? asked * 1000 : Math.min(5000, 25 * 1.5 ** Math.min(looks, 20));
  await host.clock.sleep(milliseconds(ms), host.signal);
}

function settings(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { signal };
}
