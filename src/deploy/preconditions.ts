import type { ArmClient } from '../azure/arm-client.ts';
import { Problem } from '../kernel/errors.ts';
import type { RoleName } from '../model/role.ts';
import type { Stage, StageName } from '../model/stage.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { scopeIdOf } from './deployment-id.ts';
import type { PlannedStage } from './plan.ts';
import { stateAtTarget } from './run-deployment.ts';

/** The API version that resource groups are looked up with: one that is years old, since a target may stand in an earlier day. */
const groupsVersion = '2021-04-01';

/** Separation of duties: who runs as a role runs that role's stages only. */
export function refuseForeignRole(role: RoleName, planned: readonly PlannedStage[]): Problem | undefined {
  const foreign = planned.find((stage) => stage.role !== role);
  if (foreign === undefined) return undefined;
  const owner = foreign.role === undefined ? 'to no role' : `to the role ${foreign.role}`;
  return new Problem({
    code: 'ROLE_MISMATCH',
    kind: 'refused',
    message: `Stage ${foreign.name} belongs ${owner}, not to ${role}.`,
    why: 'Each stage has one role, so that nobody holds all of them (PCI DSS 6.5.4, 7.2.2).',
    hint:
      foreign.role === undefined
        ? 'Name one of your own stages with --stage.'
        : `Run it as --as ${foreign.role}, or name one of your own stages with --stage.`,
  });
}

/** Throws `DEPLOY_GROUP_MISSING`: a deployment makes what is in its resource group, never the group itself. */
export async function requireGroup(
  client: ArmClient,
  deployment: ReadDeployment,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { scope, entry, place } = deployment;
  if (scope.kind === 'subscription') return;
  const settings = signal === undefined ? {} : { signal };
  if ((await client.find(scopeIdOf(deployment), groupsVersion, settings)) !== undefined) return;
  throw new Problem({
    code: 'DEPLOY_GROUP_MISSING',
    message: `Resource group ${scope.resourceGroup}, where ${entry.name} goes, is not there.`,
    place,
    hint: `The stage subscription makes the groups: deploy it first. For templates of your own: az group create --name ${scope.resourceGroup} --location LOCATION`,
  });
}

/** A single stage can only run when what it needs is there. */
export async function refuseMissingStages(
  stage: StageName,
  stages: readonly Stage[],
  deployments: readonly ReadDeployment[],
  client: ArmClient,
  signal: AbortSignal | undefined,
): Promise<Problem | undefined> {
  const needed = neededBy(stage, stages);
  for (const deployment of deployments) {
    const { entry } = deployment;
    if (entry.stage === undefined || !needed.has(entry.stage)) continue;
    const state = await stateAtTarget(client, deployment, signal);
    if (state === 'Succeeded') continue;
    return new Problem({
      code: 'STAGE_NOT_READY',
      kind: 'refused',
      message: `Stage ${stage} needs stage ${entry.stage}, whose deployment ${entry.name} ${state === undefined ? 'is not there' : `is ${state}`}.`,
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
