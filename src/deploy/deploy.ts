import type { AuditEvent } from '../audit/entry.ts';
import type { AuditLog } from '../audit/log.ts';
import type { ArmClient } from '../azure/arm-client.ts';
import { ArmRequestError } from '../azure/arm-request-error.ts';
import { messageOf, Problem } from '../kernel/errors.ts';
import type { Host } from '../kernel/host.ts';
import { message } from '../kernel/messages.ts';
import type { RoleName } from '../model/role.ts';
import type { Stage, StageName } from '../model/stage.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { digestsOf } from './deployment-id.ts';
import { doneBefore, lastDuration } from './history.ts';
import { deploymentFailed, deploymentSkipped, deploymentSucceeded } from './messages.ts';
import { refuseForeignRole, refuseMissingStages } from './preconditions.ts';
import { runDeployment, stateAtTarget } from './run-deployment.ts';

export interface DeployOptions {
  /** In order. */
  readonly deployments: readonly ReadDeployment[];
  readonly stages: readonly Stage[];
  readonly client: ArmClient;
  /** For stages that run from inside the network. @default `client` */
  readonly insideClient?: ArmClient;
  readonly audit: AuditLog;
  readonly host: Host;
  readonly who: { readonly principal: string; readonly kind: string };
  /** Only this stage. */
  readonly stage?: StageName | undefined;
  /** Refuses stages of other roles. */
  readonly role?: RoleName | undefined;
  /** Skips what an earlier run has done and nobody has changed since. */
  readonly resume?: boolean | undefined;
}

export type DeploymentStatus = 'succeeded' | 'failed' | 'skipped' | 'not-run';

export interface DeployedStage {
  readonly name: string;
  readonly role: RoleName | undefined;
  readonly status: DeploymentStatus;
  readonly seconds: number;
  readonly resources: number;
  readonly deployments: readonly {
    readonly name: string;
    readonly status: DeploymentStatus;
    readonly correlationId?: string;
    readonly error?: string;
  }[];
}

export interface DeployResult {
  readonly stages: readonly DeployedStage[];
  readonly auditLog: string;
}

interface Ran {
  readonly deployment: ReadDeployment;
  readonly status: DeploymentStatus;
  readonly seconds: number;
  readonly resources: number;
  readonly correlationId?: string;
  readonly error?: string;
}

/**
 * Deploys in order, each step written to the log before and after. The first failure ends the run; what comes after is `not-run`.
 * Throws `ROLE_MISMATCH` and `STAGE_NOT_READY` (refused, and logged), `STAGE_UNKNOWN`, and `INTERRUPTED`.
 */
export async function deploy(options: DeployOptions): Promise<DeployResult> {
  const { audit, stage, role } = options;
  const chosen = options.deployments.filter(({ entry }) => stage === undefined || entry.stage === stage);
  if (chosen.length === 0) {
    throw new Problem({
      code: 'STAGE_UNKNOWN',
      kind: 'usage',
      message:
        stage === undefined
          ? 'There is nothing to deploy.'
          : `No deployment belongs to stage ${stage} in this version.`,
      hint: `Stages with deployments: ${[...new Set(options.deployments.map(({ entry }) => entry.stage))].join(', ')}.`,
    });
  }
  const refusal =
    (role === undefined ? undefined : refuseForeignRole(role, chosen)) ??
    (stage === undefined
      ? undefined
      : await refuseMissingStages(stage, options.stages, options.deployments, options.client));
  if (refusal !== undefined) {
    audit.append({
      action: 'refused',
      who: options.who,
      ...named({ role, stage }),
      result: refusal.code,
      detail: refusal.message,
    });
    throw refusal;
  }
  const ran: Ran[] = [];
  for (const deployment of chosen) {
    const failed = ran.some((one) => one.status === 'failed');
    ran.push(failed ? { deployment, status: 'not-run', seconds: 0, resources: 0 } : await runOne(deployment, options));
  }
  return { stages: stagesOf(ran), auditLog: audit.file };
}

async function runOne(deployment: ReadDeployment, options: DeployOptions): Promise<Ran> {
  const { audit, host } = options;
  const { entry } = deployment;
  const client = entry.runsFrom === 'inside' ? (options.insideClient ?? options.client) : options.client;
  const event = (action: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
    action,
    who: options.who,
    deployment: entry.name,
    scope: entry.scope,
    ...named({ role: entry.role, stage: entry.stage }),
    ...digestsOf(deployment),
    ...more,
  });
  const about = { stage: entry.stage ?? '', deployment: entry.name };

  if (
    options.resume === true &&
    doneBefore(audit.entries(), deployment) &&
    (await stateAtTarget(client, deployment)) === 'Succeeded'
  ) {
    audit.append(event('skipped'));
    host.emit(message(deploymentSkipped, about));
    return { deployment, status: 'skipped', seconds: 0, resources: 0 };
  }

  const expected = lastDuration(audit.entries(), deployment);
  audit.append(event('started'));
  try {
    const outcome = await runDeployment(client, deployment, host, expected);
    audit.append(
      event('succeeded', {
        result: `${outcome.resources} resources`,
        ...(outcome.correlationId === undefined ? {} : { correlationId: outcome.correlationId }),
      }),
    );
    const progress = { ...about, done: outcome.resources, total: outcome.resources, elapsedSeconds: outcome.seconds };
    host.emit(message(deploymentSucceeded, progress));
    return { deployment, status: 'succeeded', ...outcome };
  } catch (error) {
    if (error instanceof Problem && error.kind === 'interrupted') {
      audit.append(event('interrupted'));
      throw error;
    }
    if (host.signal?.aborted) {
      audit.append(event('interrupted'));
      throw new Problem({
        code: 'INTERRUPTED',
        kind: 'interrupted',
        message: `Interrupted during ${entry.name}.`,
        hint: 'Go on with --resume.',
        cause: error,
      });
    }
    if (!(error instanceof Problem)) throw error;
    const why = error instanceof ArmRequestError ? error.details.join('; ') || error.message : error.message;
    const correlationId = error instanceof ArmRequestError ? error.correlationId : undefined;
    audit.append(
      event('failed', {
        result: error instanceof ArmRequestError ? error.armCode : error.code,
        detail: why,
        ...(correlationId === undefined ? {} : { correlationId }),
      }),
    );
    host.emit(message(deploymentFailed, { ...about, why }));
    return {
      deployment,
      status: 'failed',
      seconds: 0,
      resources: 0,
      error: messageOf(error),
      ...named({ correlationId }),
    };
  }
}

function stagesOf(ran: readonly Ran[]): readonly DeployedStage[] {
  const names = [...new Set(ran.map(({ deployment }) => deployment.entry.stage ?? deployment.entry.name))];
  return names.map((name) => {
    const own = ran.filter(({ deployment }) => (deployment.entry.stage ?? deployment.entry.name) === name);
    const statuses = new Set(own.map((one) => one.status));
    const status =
      (['failed', 'not-run', 'succeeded', 'skipped'] as const).find((one) => statuses.has(one)) ?? 'not-run';
    return {
      name,
      role: own[0]?.deployment.entry.role,
      status,
      seconds: own.reduce((sum, one) => sum + one.seconds, 0),
      resources: own.reduce((sum, one) => sum + one.resources, 0),
      deployments: own.map((one) => ({
        name: one.deployment.entry.name,
        status: one.status,
        ...named({ correlationId: one.correlationId, error: one.error }),
      })),
    };
  });
}

/** The members that have a value. */
function named<T extends Record<string, unknown>>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
