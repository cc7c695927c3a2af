import { Problem, throwIfAny } from '../kernel/errors.ts';
import type { RoleName } from '../model/role.ts';
import type { Stage, StageName } from '../model/stage.ts';
import type { ReadDeployment } from '../synth/read.ts';
import type { ReadTask } from '../synth/read-tasks.ts';
import { deploymentId } from './deployment-id.ts';

/** The deployments of one stage. */
export interface PlannedStage {
  /** The stage's, or the deployment's where it belongs to none. */
  readonly name: string;
  readonly role: RoleName | undefined;
  readonly deployments: readonly ReadDeployment[];
  readonly tasks: readonly ReadTask[];
}

/** One step of a run. */
export type Step =
  | { readonly kind: 'deployment'; readonly deployment: ReadDeployment }
  | { readonly kind: 'task'; readonly task: ReadTask };

/** The steps in their order: each task after the deployment that it names, or first of all. Throws `TASKS_AFTER_UNKNOWN`. */
export function stepsOf(deployments: readonly ReadDeployment[], tasks: readonly ReadTask[]): readonly Step[] {
  const names = new Set(deployments.map(({ entry }) => entry.name));
  throwIfAny(
    tasks
      .filter(({ entry }) => entry.after !== undefined && !names.has(entry.after))
      .map(
        ({ entry, place }) =>
          new Problem({
            code: 'TASKS_AFTER_UNKNOWN',
            kind: 'usage',
            message: `Task ${entry.name} comes after ${entry.after}, which is no deployment.`,
            place,
          }),
      ),
  );
  const following = (name: string | undefined): readonly Step[] =>
    tasks.filter(({ entry }) => entry.after === name).map((task) => ({ kind: 'task', task }));
  return [
    ...following(undefined),
    ...deployments.flatMap((deployment): readonly Step[] => [
      { kind: 'deployment', deployment },
      ...following(deployment.entry.name),
    ]),
  ];
}

/** Who runs a deployment: what the entry says, or else the stage that it belongs to. */
export function roleOf({ entry }: ReadDeployment, stages: readonly Stage[]): RoleName | undefined {
  return entry.role ?? stages.find(({ name }) => name === entry.stage)?.role;
}

/** The steps by stage, in their order. */
function byStage(steps: readonly Step[], stages: readonly Stage[]): readonly PlannedStage[] {
  const groups = new Map<string, Step[]>();
  for (const step of steps) {
    const { stage, name } = step.kind === 'task' ? step.task.entry : step.deployment.entry;
    const group = groups.get(stage ?? name);
    if (group === undefined) groups.set(stage ?? name, [step]);
    else group.push(step);
  }
  return [...groups].map(([name, own]) => {
    const deployments = own.flatMap((step) => (step.kind === 'deployment' ? [step.deployment] : []));
    const tasks = own.flatMap((step) => (step.kind === 'task' ? [step.task] : []));
    const role = deployments[0] === undefined ? tasks[0]?.entry.role : roleOf(deployments[0], stages);
    return { name, role, deployments, tasks };
  });
}

/**
 * What a run will do: all stages in the order of the list, or one. Throws `STAGE_UNKNOWN` where nothing belongs to it, and, each with its
 * line, `DEPLOY_NAME_TWICE`, `DEPLOY_ORDER_WRONG`, `DEPLOY_ROLE_WRONG` where the list contradicts itself or the stages.
 */
export function planDeployment(
  deployments: readonly ReadDeployment[],
  stages: readonly Stage[],
  stage?: StageName,
  tasks: readonly ReadTask[] = [],
): readonly PlannedStage[] {
  const entries = [...deployments, ...tasks];
  throwIfAny([...namesTwice(deployments), ...wrongOrder(deployments, stages), ...wrongRoles(entries, stages)]);
  const steps = stepsOf(deployments, tasks);
  const entryOf = (step: Step) => (step.kind === 'task' ? step.task.entry : step.deployment.entry);
  const chosen = steps.filter((step) => stage === undefined || entryOf(step).stage === stage);
  if (chosen.length > 0) return byStage(chosen, stages);
  const known = [...new Set(steps.flatMap((step) => entryOf(step).stage ?? []))].join(', ');
  throw new Problem({
    code: 'STAGE_UNKNOWN',
    kind: 'usage',
    message: stage === undefined ? 'There is nothing to deploy.' : `Nothing belongs to stage ${stage} in this version.`,
    ...(known === '' ? {} : { hint: `Stages: ${known}.` }),
  });
}

/** The second would overwrite the first one's record at the target, and `--resume` could not tell them apart. */
function namesTwice(deployments: readonly ReadDeployment[]): readonly Problem[] {
  const seen = new Map<string, ReadDeployment>();
  const problems: Problem[] = [];
  for (const deployment of deployments) {
    const id = deploymentId(deployment).toLowerCase();
    const before = seen.get(id);
    if (before === undefined) {
      seen.set(id, deployment);
      continue;
    }
    problems.push(
      wrong('DEPLOY_NAME_TWICE', deployment, `Two deployments to one scope are called ${deployment.entry.name}.`, {
        related: [before.place],
        hint: 'Give each its own name.',
      }),
    );
  }
  return problems;
}

function wrongOrder(deployments: readonly ReadDeployment[], stages: readonly Stage[]): readonly Problem[] {
  return deployments.flatMap((deployment, i) => {
    const needs = stages.find(({ name }) => name === deployment.entry.stage)?.needs ?? [];
    const later = deployments
      .slice(i + 1)
      .find(({ entry }) => entry.stage !== undefined && needs.includes(entry.stage));
    if (later === undefined) return [];
    const text = `Stage ${deployment.entry.stage} needs stage ${later.entry.stage}, whose deployment ${later.entry.name} comes after it.`;
    return [wrong('DEPLOY_ORDER_WRONG', deployment, text, { related: [later.place], hint: 'Exchange the two.' })];
  });
}

/** A list that gives a stage to another role would undo the separation of duties. */
function wrongRoles(all: readonly (ReadDeployment | ReadTask)[], stages: readonly Stage[]): readonly Problem[] {
  return all.flatMap((step) => {
    const { stage, role } = step.entry;
    const owner = stages.find(({ name }) => name === stage)?.role;
    if (owner === undefined || role === undefined || role === owner) return [];
    return [wrong('DEPLOY_ROLE_WRONG', step, `Stage ${stage} belongs to the role ${owner}, not to ${role}.`, {})];
  });
}

function wrong(
  code: string,
  step: Pick<ReadDeployment, 'place'>,
  text: string,
  more: { readonly related?: readonly ReadDeployment['place'][]; readonly hint?: string },
): Problem {
  return new Problem({ code, kind: 'usage', message: text, place: step.place, ...more });
}
