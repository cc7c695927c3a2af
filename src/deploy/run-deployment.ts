import type { ArmClient } from '../azure/arm-client.ts';
import { createDeployment, findDeployment, validateDeployment, waitWhileActive } from '../azure/deployments.ts';
import type { Host } from '../kernel/host.ts';
import { message } from '../kernel/messages.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { deploymentId } from './deployment-id.ts';
import { deploymentLocationAssumed, deploymentProgress, deploymentWaits } from './messages.ts';
import { secureValues } from './secure-values.ts';

export interface RunOptions {
  /** For the progress messages. */
  readonly expectedSeconds?: number | undefined;
  /** A UUID for what the deployment sets off at the target. @default the target makes one */
  readonly correlationId?: string | undefined;
}

export interface DeploymentOutcome {
  readonly resources: number;
  readonly seconds: number;
  readonly correlationId?: string;
}

/** Where the record of a subscription's deployment goes when nobody says. */
const assumedLocation = 'eastus';

/** `provisioningState` of the target's own record; undefined when there is no record. */
export async function stateAtTarget(
  client: ArmClient,
  deployment: ReadDeployment,
  signal?: AbortSignal,
): Promise<string | undefined> {
  return (await findDeployment(client, deploymentId(deployment), signal))?.properties?.provisioningState;
}

/** Waits for an earlier deployment of the same name: ARM refuses a second one. The state that it ended in, or undefined. */
export async function waitForEarlier(
  client: ArmClient,
  deployment: ReadDeployment,
  host: Host,
): Promise<string | undefined> {
  let isSaid = false;
  const record = await waitWhileActive(client, deploymentId(deployment), {
    clock: host.clock,
    signal: host.signal,
    onProgress: () => {
      if (!isSaid) host.emit(message(deploymentWaits, about(deployment)));
      isSaid = true;
    },
  });
  return record?.properties?.provisioningState;
}

/**
 * Waits for an earlier run of it, validates, deploys and follows one deployment to its end. Throws `ArmRequestError` when it is refused or
 * fails, `INTERRUPTED` when the host's signal stops it; the target then goes on by itself.
 */
export async function runDeployment(
  client: ArmClient,
  deployment: ReadDeployment,
  host: Host,
  options: RunOptions = {},
): Promise<DeploymentOutcome> {
  const { clock, signal } = host;
  const { correlationId, expectedSeconds } = options;
  const started = clock.elapsed();
  const seconds = (): number => (clock.elapsed() - started) / 1000;
  await waitForEarlier(client, deployment, host);
  const request = {
    id: deploymentId(deployment),
    body: requestBody(deployment, host),
    secrets: secureValues(deployment),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
  const validated = await validateDeployment(client, request, signal);
  const total = validated.properties?.validatedResources?.length ?? 0;
  const { properties } = await createDeployment(client, request, {
    clock,
    signal,
    onProgress: ({ done, begun }) =>
      host.emit(
        message(deploymentProgress, {
          ...about(deployment),
          done,
          total: Math.max(total, begun),
          elapsedSeconds: seconds(),
          ...(expectedSeconds === undefined ? {} : { expectedSeconds }),
        }),
      ),
  });
  const given = properties?.correlationId ?? correlationId;
  return {
    resources: properties?.outputResources?.length ?? total,
    seconds: seconds(),
    ...(given === undefined ? {} : { correlationId: given }),
  };
}

/** How messages name a deployment; one without a stage is a stage by itself. */
export function about({ entry }: Pick<ReadDeployment, 'entry'>): {
  readonly stage: string;
  readonly deployment: string;
} {
  return { stage: entry.stage ?? entry.name, deployment: entry.name };
}

/** The template goes as its author wrote it: the service counts lines and columns in that text. */
function requestBody(deployment: ReadDeployment, host: Host): string {
  const { scope, template, parameters } = deployment;
  const location = scope.kind === 'subscription' ? `"location": ${JSON.stringify(locationOf(deployment, host))}, ` : '';
  // A byte order mark may begin a file; inside a request it is no white space.
  const text = template.replace(/^\ufeff/, '');
  return `{${location}"properties": {"mode": "Incremental", "template": ${text}, "parameters": ${JSON.stringify(parameters)}}}`;
}

function locationOf({ entry, parameters }: ReadDeployment, host: Host): string {
  if (entry.location !== undefined) return entry.location;
  const given = (parameters.location as { readonly value?: unknown } | undefined)?.value;
  if (typeof given === 'string') return given;
  host.emit(message(deploymentLocationAssumed, { deployment: entry.name, location: assumedLocation }));
  return assumedLocation;
}
