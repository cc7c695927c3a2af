import type { ArmClient } from '../azure/arm-client.ts';
import { Problem } from '../kernel/errors.ts';
import type { RoleName } from '../model/role.ts';
import type { Stage, StageName } from '../model/stage.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { stateAtTarget } from './run-deployment.ts';

/** Separation of duties: who runs as a role runs that role's stages only. */
export function refuseForeignRole(role: RoleName, deployments: readonly ReadDeployment[]): Problem | undefined {
  const foreign = deployments.find(({ entry }) => entry.role !== undefined && entry.role !== role);
  if (foreign === undefined) return undefined;
  return new Problem({
    code: 'ROLE_MISMATCH',
    kind: 'refused',
    message: `Stage ${foreign.entry.stage} belongs to the role ${foreign.entry.role}, not to ${role}.`,
    why: 'Each stage has one role, so that nobody holds all of them (PCI DSS 6.5.4, 7.2.2).',
    hint: `Run it as --as ${foreign.entry.role}, or name one of your own stages with --stage.`,
  });
}

/** A single stage can only run when what it needs is there. */
export async function refuseMissingStages(
  stage: StageName,
  stages: readonly Stage[],
  deployments: readonly ReadDeployment[],
  client: ArmClient,
): Promise<Problem | undefined> {
  const needed = neededBy(stage, stages);
  for (const deployment of deployments) {
    const { entry } = deployment;
    if (entry.stage === undefined || !needed.has(entry.stage)) continue;
    const state = await stateAtTarget(client, deployment);
    if (state === 'Succeeded') continue;
    return new Problem({
      code: 'STAGE_NOT_READY',
      kind: 'refused',
      message: `Stage ${stage} needs stage ${entry.stage}, whose deployment ${entry.name} is ${state === undefined ? 'not there' : state}.`,
      hint: `Deploy it first: aks-regulated deploy --stage ${entry.stage}`,
    });
  }
  return undefined;
}

function neededBy(stage: StageName, stages: readonly Stage[]): ReadonlySet<StageName> {
  const needed = new Set<StageName>();
  const visit = (name: StageName): void => {
    for (const need of stages.find((one) => one.name === name)?.needs ?? []) {
      if (!needed.has(need)) {
        needed.add(need);
        visit(need);
      }
    }
  };
  visit(stage);
  return needed;
}
