import { randomUUID } from 'node:crypto';
import type { AuditAction, AuditEvent, AuditWho } from '../audit/entry.ts';
import type { AuditLog } from '../audit/log.ts';
import type { ArmClient } from '../azure/arm-client.ts';
import { ArmRequestError } from '../azure/arm-request-error.ts';
import type { DataPlanes } from '../azure/data-plane.ts';
import { messageOf, Problem } from '../kernel/errors.ts';
import type { Host } from '../kernel/host.ts';
import { message } from '../kernel/messages.ts';
import type { Stage } from '../model/stage.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { definedMembers } from './defined-members.ts';
import { digestsOf, scopeIdOf } from './deployment-id.ts';
import { doneBefore, lastDuration } from './history.ts';
import { deploymentFailed, deploymentSkipped, deploymentSucceeded } from './messages.ts';
import { roleOf } from './plan.ts';
import { requireGroup } from './preconditions.ts';
import { about, runDeployment, waitForEarlier } from './run-deployment.ts';

/** What a run works with. */
export interface RunSettings {
  readonly stages: readonly Stage[];
  readonly client: ArmClient;
  /** For stages that run from inside the network. @default `client` */
  readonly insideClient?: ArmClient;
  /** The way to data planes, for tasks. */
  readonly dataPlanes?: DataPlanes;
  /** @see TaskTools */
  readonly readFolder?: (path: string) => ReadonlyMap<string, string> | undefined;
  readonly audit: AuditLog;
  readonly host: Host;
  readonly who: AuditWho;
  /** Skips what an earlier run has done and nobody has changed since. */
  readonly resume?: boolean | undefined;
}

export type DeploymentStatus = 'succeeded' | 'failed' | 'skipped' | 'not-run';

/** How one deployment of a run ended. */
export interface Ran {
  readonly status: DeploymentStatus;
  readonly seconds: number;
  readonly resources: number;
  readonly correlationId?: string;
  readonly error?: string;
}

export const notRun: Ran = { status: 'not-run', seconds: 0, resources: 0 };

/**
 * Runs one deployment with its entries in the log: `started` before anything is asked of the target that changes it, then how it ended.
 * Throws `INTERRUPTED` and defects, logged as well; every other failure is an end like the others.
 */
export async function recordedRun(deployment: ReadDeployment, options: RunSettings): Promise<Ran> {
  const { audit, host } = options;
  const client = deployment.entry.runsFrom === 'inside' ? (options.insideClient ?? options.client) : options.client;
  const write = (action: AuditAction, more: Partial<AuditEvent> = {}): void => {
    audit.append({ action, ...identityOf(deployment, options), ...more });
  };
  const started = host.clock.elapsed();
  const correlationId = randomUUID();
  try {
    if (options.resume === true && doneBefore(audit.entries(), deployment)) {
      const state = await waitForEarlier(client, deployment, host);
      if (state === 'Succeeded') {
        write('skipped');
        host.emit(message(deploymentSkipped, about(deployment)));
        return { status: 'skipped', seconds: 0, resources: 0 };
      }
    }
    const expectedSeconds = lastDuration(audit.entries(), deployment);
    write('started', { correlationId });
    await requireGroup(client, deployment, host.signal);
    const outcome = await runDeployment(client, deployment, host, { expectedSeconds, correlationId });
    write('succeeded', {
      result: `${outcome.resources} resources`,
      correlationId: outcome.correlationId ?? correlationId,
    });
    const progress = { done: outcome.resources, total: outcome.resources, elapsedSeconds: outcome.seconds };
    host.emit(message(deploymentSucceeded, { ...about(deployment), ...progress }));
    return { status: 'succeeded', ...outcome };
  } catch (error) {
    if (error instanceof Problem && error.kind === 'interrupted') {
      write('interrupted', { correlationId });
      throw interrupted(deployment.entry.name);
    }
    const end = endingOf(error);
    const failure = definedMembers({ result: end.code, detail: end.why, correlationId: end.correlationId });
    // A log that cannot be written has said so itself; it takes no more.
    if (end.code !== 'AUDIT_LOG_UNWRITABLE') write('failed', { correlationId, ...failure });
    if (!(error instanceof Problem) || end.code === 'AUDIT_LOG_UNWRITABLE') throw error;
    host.emit(message(deploymentFailed, { ...about(deployment), why: end.why }));
    return {
      status: 'failed',
      seconds: (host.clock.elapsed() - started) / 1000,
      resources: 0,
      error: error.message,
      correlationId: end.correlationId ?? correlationId,
    };
  }
}

/** What every entry about a deployment says of it. */
function identityOf(deployment: ReadDeployment, { who, stages }: RunSettings): Omit<AuditEvent, 'action'> {
  return {
    who,
    deployment: deployment.entry.name,
    scope: scopeIdOf(deployment),
    ...definedMembers({ role: roleOf(deployment, stages), stage: deployment.entry.stage }),
    ...digestsOf(deployment),
  };
}

export function endingOf(error: unknown): {
  readonly code: string;
  readonly why: string;
  readonly correlationId?: string;
} {
  if (error instanceof ArmRequestError) {
    const why = error.details.join('; ') || error.message;
    return { code: error.armCode, why, ...definedMembers({ correlationId: error.correlationId }) };
  }
  return { code: error instanceof Problem ? error.code : 'DEFECT', why: messageOf(error) };
}

export function interrupted(step: string): Problem {
  return new Problem({
    code: 'INTERRUPTED',
    kind: 'interrupted',
    message: `Interrupted during ${step}.`,
    why: 'What the target has begun it goes on with by itself.',
    hint: 'Go on with --resume.',
  });
}
