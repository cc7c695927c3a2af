import type { Problem } from '../kernel/errors.ts';
import type { Acceptance } from '../model/acceptance.ts';
import type { RoleName } from '../model/role.ts';
import type { StageName } from '../model/stage.ts';
import type { ReadDeployment } from '../synth/read.ts';
import type { ReadTask } from '../synth/read-tasks.ts';
import { definedMembers } from './defined-members.ts';
import { type PlannedStage, planDeployment, stepsOf } from './plan.ts';
import { refuseForeignRole, refuseMissingStages } from './preconditions.ts';
import { type DeploymentStatus, notRun, type Ran, type RunSettings, recordedRun } from './recorded-run.ts';
import { recordedTask } from './recorded-task.ts';

export interface DeployOptions extends RunSettings {
  /** In order. */
  readonly deployments: readonly ReadDeployment[];
  /** Steps that are no deployments, each after the deployment that it names. */
  readonly tasks?: readonly ReadTask[] | undefined;
  /** Only this stage. */
  readonly stage?: StageName | undefined;
  /** Refuses stages of other roles. */
  readonly role?: RoleName | undefined;
  /** What somebody has accepted with a reason: written to the log before anything is deployed. */
  readonly accepted?: readonly Acceptance[] | undefined;
}

export interface DeployedStage {
  readonly name: string;
  readonly role: RoleName | undefined;
  readonly status: DeploymentStatus;
  readonly seconds: number;
  readonly resources: number;
  /** Its steps: deployments, and tasks after them. */
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

/**
 * Deploys in order, tasks in between, each step written to the log before and after. The first failure ends the run; what comes after is `not-run`.
 * Throws `ROLE_MISMATCH` and `STAGE_NOT_READY` (refused, and logged), `INTERRUPTED` (logged), and what `planDeployment` throws. One run
 * a data folder at a time: the caller sees to that.
 */
export async function deploy(options: DeployOptions): Promise<DeployResult> {
  const { audit, stages } = options;
  const tasks = options.tasks ?? [];
  const planned = planDeployment(options.deployments, stages, options.stage, tasks);
  const refusal = await refusalOf(options, planned);
  if (refusal !== undefined) {
    audit.append({
      action: 'refused',
      who: options.who,
      ...definedMembers({ role: options.role, stage: options.stage }),
      result: refusal.code,
      detail: refusal.message,
    });
    throw refusal;
  }
  for (const { rule, reason } of options.accepted ?? []) {
    audit.append({
      action: 'accepted',
      who: options.who,
      ...definedMembers({ role: options.role, stage: options.stage }),
      result: rule,
      detail: reason,
    });
  }
  const chosen = new Set<ReadDeployment | ReadTask>(planned.flatMap((stage) => [...stage.deployments, ...stage.tasks]));
  const ran = new Map<ReadDeployment | ReadTask, Ran>();
  let hasFailed = false;
  // In the order of the list, which stages with several deployments may share.
  for (const step of stepsOf(options.deployments, tasks)) {
    const one = step.kind === 'task' ? step.task : step.deployment;
    if (!chosen.has(one)) continue;
    const run = () => (step.kind === 'task' ? recordedTask(step.task, options) : recordedRun(step.deployment, options));
    const end: Ran = hasFailed ? notRun : await run();
    hasFailed ||= end.status === 'failed';
    ran.set(one, end);
  }
  return { stages: planned.map((stage) => endOf(stage, ran)), auditLog: audit.file };
}

async function refusalOf(options: DeployOptions, planned: readonly PlannedStage[]): Promise<Problem | undefined> {
  const { stage, role, stages, deployments, client, host } = options;
  const refusal = role === undefined ? undefined : refuseForeignRole(role, planned);
  if (refusal !== undefined || stage === undefined) return refusal;
  return await refuseMissingStages(stage, stages, deployments, client, host.signal);
}

/** A stage has failed when one of its deployments has; it was skipped when all of them were. */
function endOf(
  { name, role, deployments, tasks }: PlannedStage,
  ran: ReadonlyMap<ReadDeployment | ReadTask, Ran>,
): DeployedStage {
  const own = [...deployments, ...tasks].map((step) => ({ step, ...(ran.get(step) ?? notRun) }));
  const statuses = new Set(own.map((one) => one.status));
  return {
    name,
    role,
    status: (['failed', 'not-run', 'succeeded', 'skipped'] as const).find((one) => statuses.has(one)) ?? 'not-run',
    seconds: own.reduce((sum, one) => sum + one.seconds, 0),
    resources: own.reduce((sum, one) => sum + one.resources, 0),
    deployments: own.map(({ step, status, correlationId, error }) => ({
      name: step.entry.name,
      status,
      ...definedMembers({ correlationId, error }),
    })),
  };
}
