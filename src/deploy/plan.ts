import { Problem, throwIfAny } from '../kernel/errors.ts';
import type { RoleName } from '../model/role.ts';
import type { Stage, StageName } from '../model/stage.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { deploymentId } from './deployment-id.ts';

/** The deployments of one stage. */
export interface PlannedStage {
  /** The stage's, or the deployment's where it belongs to none. */
  readonly name: string;
  readonly role: RoleName | undefined;
  readonly deployments: readonly ReadDeployment[];
}

/** Who runs a deployment: what the entry says, or else the stage that it belongs to. */
export function roleOf({ entry }: ReadDeployment, stages: readonly Stage[]): RoleName | undefined {
  return entry.role ?? stages.find(({ name }) => name === entry.stage)?.role;
}

/** The deployments by stage, in the order of the list. */
function byStage(deployments: readonly ReadDeployment[], stages: readonly Stage[]): readonly PlannedStage[] {
  const groups = new Map<string, ReadDeployment[]>();
  for (const deployment of deployments) {
    const name = deployment.entry.stage ?? deployment.entry.name;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [deployment]);
    else group.push(deployment);
  }
  return [...groups].map(([name, own]) => ({ name, role: own[0] && roleOf(own[0], stages), deployments: own }));
}

/**
 * What a run will do: all stages in the order of the list, or one. Throws `STAGE_UNKNOWN` where nothing belongs to it, and, each with its
 * line, `DEPLOY_NAME_TWICE`, `DEPLOY_ORDER_WRONG`, `DEPLOY_ROLE_WRONG` where the list contradicts itself or the stages.
 */
export function planDeployment(
  deployments: readonly ReadDeployment[],
  stages: readonly Stage[],
  stage?: StageName,
): readonly PlannedStage[] {
  throwIfAny([...namesTwice(deployments), ...wrongOrder(deployments, stages), ...wrongRoles(deployments, stages)]);
  const chosen = deployments.filter(({ entry }) => stage === undefined || entry.stage === stage);
  if (chosen.length > 0) return byStage(chosen, stages);
  const known = [...new Set(deployments.flatMap(({ entry }) => entry.stage ?? []))].join(', ');
  throw new Problem({
    code: 'STAGE_UNKNOWN',
    kind: 'usage',
    message:
      stage === undefined ? 'There is nothing to deploy.' : `No deployment belongs to stage ${stage} in this version.`,
    ...(known === '' ? {} : { hint: `Stages with deployments: ${known}.` }),
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
function wrongRoles(deployments: readonly ReadDeployment[], stages: readonly Stage[]): readonly Problem[] {
  return deployments.flatMap((deployment) => {
    const { stage, role } = deployment.entry;
    const owner = stages.find(({ name }) => name === stage)?.role;
    if (owner === undefined || role === undefined || role === owner) return [];
    return [wrong('DEPLOY_ROLE_WRONG', deployment, `Stage ${stage} belongs to the role ${owner}, not to ${role}.`, {})];
  });
}

function wrong(
  code: string,
  deployment: ReadDeployment,
  text: string,
  more: { readonly related?: readonly ReadDeployment['place'][]; readonly hint?: string },
): Problem {
  return new Problem({ code, kind: 'usage', message: text, place: deployment.place, ...more });
}
