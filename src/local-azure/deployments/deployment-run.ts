import type { ArmErrorBody } from '../../arm/arm-error.ts';
import type { DeploymentContext, Expansion, RuntimeProvider } from '../../arm/contract.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import type { Principal } from '../protocol/tokens.ts';
import type { StoreChange } from '../store/store.ts';
import type { World } from '../world.ts';
import { dependenciesOf, duration, providersOf, templateHash } from './deployment-form.ts';
import { type Deployment, type DeploymentState, deploymentType } from './deployment-table.ts';

/** A deployment at work: one object a run, shared by what takes part in it. */
export interface DeploymentRun {
  readonly world: World;
  readonly principal: Principal;
  /** `https://localhost:PORT`, for the addresses of operations. */
  readonly origin: string;
  readonly id: string;
  readonly name: string;
  readonly location: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly mode: string;
  readonly context: DeploymentContext;
  readonly expansion: Expansion;
  readonly runtime: RuntimeProvider;
  /** Undefined for a nested one: its template is a part of the other's. */
  readonly template: Json | undefined;
  /** Nested ones have the one of the root. */
  readonly correlationId: string;
  /** `clock.elapsed()` at the start. */
  readonly startedAt: number;
  /** Of the root, shared: set to stop what has not begun. */
  readonly control: { canceled: boolean };
  /** Ids of what was written, in order of completion, nested deployments' included. */
  readonly written: string[];
}

export interface RunEnd {
  readonly state: Extract<DeploymentState, 'Succeeded' | 'Failed' | 'Canceled'>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly error?: ArmErrorBody;
}

/** The record of a run as GET returns it. Values of secure parameters are not in it: the expansion leaves them out. */
export function deploymentRecord(run: DeploymentRun, state: DeploymentState, end?: RunEnd): Deployment {
  const { world, expansion } = run;
  const outputResources = [...run.written].sort().map((id) => ({ id }));
  return {
    id: run.id,
    name: run.name,
    type: deploymentType,
    ...(run.location === undefined ? {} : { location: run.location }),
    ...(run.tags === undefined ? {} : { tags: run.tags }),
    properties: {
      ...(run.template === undefined ? {} : { templateHash: templateHash(run.template) }),
      parameters: expansion.parameters,
      mode: run.mode,
      provisioningState: state,
      timestamp: world.clock.now().toISOString(),
      duration: duration(world.clock.elapsed() - run.startedAt),
      correlationId: run.correlationId,
      providers: providersOf(world, expansion),
      dependencies: dependenciesOf(expansion),
      ...(end?.outputs === undefined ? {} : { outputs: end.outputs }),
      ...(end?.state === 'Succeeded' ? { outputResources } : {}),
      ...(end?.error === undefined ? {} : { error: end.error }),
    },
  };
}

/** Keeps the record in memory and gives what is to be committed. */
export function keepRecord(run: DeploymentRun, state: DeploymentState, end?: RunEnd): readonly StoreChange[] {
  return run.world.deployments.put(deploymentRecord(run, state, end));
}

/** The envelope of a failed deployment (reference: azure-resource-manager.md 2.6). */
export function deploymentFailed(id: string, details: readonly ArmErrorBody[]): ArmErrorBody {
  return {
    code: 'DeploymentFailed',
    target: id,
    message:
      'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    details: distinct(details),
  };
}

/** The same failure of several resources is told once for each resource, never twice for one. */
function distinct(details: readonly ArmErrorBody[]): readonly ArmErrorBody[] {
  return [...new Map(details.map((detail) => [canonicalJson(detail), detail])).values()];
}
