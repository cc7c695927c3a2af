import { randomUUID } from 'node:crypto';
import type { AuditAction, AuditEntry, AuditEvent } from '../audit/entry.ts';
import { messageOf, Problem } from '../kernel/errors.ts';
import { sha256 } from '../kernel/hash.ts';
import { message } from '../kernel/messages.ts';
import type { TaskKind } from '../model/task.ts';
import type { ReadTask } from '../synth/read-tasks.ts';
import { runCertificates } from './certificates-task.ts';
import { runGitops } from './gitops-task.ts';
import { taskFailed, taskSkipped, taskSucceeded } from './messages.ts';
import { endingOf, interrupted, type Ran, type RunSettings } from './recorded-run.ts';
import type { TaskOutcome, TaskTools } from './task-tools.ts';

const kinds: Readonly<Partial<Record<TaskKind, (task: ReadTask, tools: TaskTools) => Promise<TaskOutcome>>>> = {
  certificates: runCertificates,
  gitops: runGitops,
};

/**
 * Runs one task with its entries in the log, as `recordedRun` does for a deployment. A task can be run again at any time: what it finds done it
 * leaves as it is. With `resume` one whose plan has been carried out is skipped.
 */
export async function recordedTask(task: ReadTask, options: RunSettings): Promise<Ran> {
  const { audit, host } = options;
  const { name, stage } = task.entry;
  const correlationId = randomUUID();
  const write = (action: AuditAction, more: Partial<AuditEvent> = {}): void => {
    audit.append({ action, ...identityOf(task, options), ...more });
  };
  if (options.resume === true && doneBefore(audit.entries(), task)) {
    write('skipped');
    host.emit(message(taskSkipped, { stage, task: name }));
    return { status: 'skipped', seconds: 0, resources: 0 };
  }
  const started = host.clock.elapsed();
  const seconds = (): number => (host.clock.elapsed() - started) / 1000;
  write('started', { correlationId });
  try {
    const outcome = await run(task, options);
    write('succeeded', { correlationId, result: outcome.summary });
    host.emit(message(taskSucceeded, { stage, task: name, elapsedSeconds: seconds(), ...outcome }));
    return { status: 'succeeded', seconds: seconds(), resources: 0, correlationId };
  } catch (error) {
    if (error instanceof Problem && error.kind === 'interrupted') {
      write('interrupted', { correlationId });
      throw interrupted(name);
    }
    const end = endingOf(error);
    write('failed', { correlationId, result: end.code, detail: end.why });
    if (!(error instanceof Problem)) throw error;
    host.emit(message(taskFailed, { stage, task: name, why: end.why }));
    return { status: 'failed', seconds: seconds(), resources: 0, error: messageOf(error), correlationId };
  }
}

async function run(task: ReadTask, options: RunSettings): Promise<TaskOutcome> {
  const { dataPlanes, host, readFolder = () => undefined } = options;
  const { kind, name } = task.entry;
  const work = kinds[kind];
  if (work === undefined || dataPlanes === undefined) {
    throw new Problem({
      code: 'TASK_NOT_RUNNABLE',
      message:
        work === undefined
          ? `Tasks of the kind ${kind} cannot be run in this version.`
          : `Task ${name} works on the data planes of private services, and this target gives no way to them.`,
    });
  }
  return await work(task, { dataPlanes, host, readFolder, client: options.insideClient ?? options.client });
}

function identityOf({ entry, plan }: ReadTask, { who }: RunSettings): Omit<AuditEvent, 'action'> {
  return { who, role: entry.role, stage: entry.stage, task: entry.name, planDigest: sha256(plan) };
}

/** Whether the log's last word on a task is that this very plan has been carried out. */
function doneBefore(entries: readonly AuditEntry[], { entry, plan }: ReadTask): boolean {
  const last = entries.findLast(({ task, action }) => task === entry.name && action !== 'refused');
  return (last?.action === 'succeeded' || last?.action === 'skipped') && last.planDigest === sha256(plan);
}
