import type { ArmErrorBody } from '../../arm/arm-error.ts';
import type { DeploymentValue, ExpandedResource } from '../../arm/contract.ts';
import { dependencyGraph, idKey, scopeId } from '../../arm/index.ts';
import { Problem } from '../../kernel/errors.ts';
import { runGraph } from '../../kernel/graph.ts';
import { errorBodyOf, groupNotFound } from '../service-errors.ts';
import { deleteMissing } from './complete-mode.ts';
import { asInvalidTemplate } from './deployment-request.ts';
import { type DeploymentRun, deploymentFailed, deploymentRecord, keepRecord, type RunEnd } from './deployment-run.ts';
import { preflight } from './preflight.ts';
import { resourceOperation, runResource, StepFailed } from './run-resource.ts';

/**
 * Runs a deployment whose record is there: every resource as soon as what it depends on is done, as many at once as the graph
 * allows. A failed resource stops what depends on it, and nothing else. Never throws for what a template does wrong.
 */
export async function runDeployment(run: DeploymentRun): Promise<RunEnd> {
  const { world, expansion } = run;
  await world.store.transact(keepRecord(run, 'Running'));
  const resources = new Map(expansion.resources.map((resource) => [idKey(resource.id), resource]));
  const result = await runGraph(dependencyGraph(expansion), async (id) => {
    await step(run, resources.get(idKey(id)) as ExpandedResource);
  });
  const details = [...result.failed.values()].map((error) => failureBody(error)).filter((body) => body !== undefined);
  if (details.length > 0) return { state: 'Failed', error: deploymentFailed(run.id, details) };
  if (run.control.canceled) return { state: 'Canceled', error: canceledError(run.id) };
  if (run.mode === 'Complete') {
    const refused = await deleteMissing(run);
    if (refused.length > 0) return { state: 'Failed', error: deploymentFailed(run.id, refused) };
  }
  return evaluateOutputs(run);
}

class Canceled extends Error {}

/** One resource with its operation record around it. */
async function step(run: DeploymentRun, resource: ExpandedResource): Promise<void> {
  const { world } = run;
  if (run.control.canceled) throw new Canceled();
  const since = world.clock.elapsed();
  const keep = (state: Parameters<typeof resourceOperation>[3], end: Parameters<typeof resourceOperation>[4]) =>
    world.store.transact(world.deployments.putOperation(run.id, resourceOperation(run, resource, since, state, end)));
  await keep('Running', {});
  try {
    const done = await runResource(run, resource, (nested) => runNested(run, nested));
    if (done.provisioningOperation === 'Create' || resource.onlyIfNotExists === true) run.written.push(resource.id);
    await keep('Succeeded', done);
  } catch (error) {
    const { status, body } = error instanceof StepFailed ? error : failureOf(error);
    const target = body.target ?? resource.id;
    await keep('Failed', { status, error: body });
    throw new StepFailed(status, { ...body, target });
  }
}

/** A nested deployment: a deployment of its own at its scope, under the correlation id of the root. */
async function runNested(parent: DeploymentRun, resource: ExpandedResource): Promise<void> {
  const { world } = parent;
  const nested = asInvalidTemplate(() => resource.nested?.(parent.runtime));
  if (nested === undefined) throw new TypeError(`${resource.id} has no nested template`);
  const scope = nested.context.scope;
  if (scope.kind === 'resourceGroup' && world.resources.get(scopeId(scope)) === undefined) {
    throw groupNotFound(scope.resourceGroup);
  }
  const run: DeploymentRun = {
    ...parent,
    id: resource.id,
    name: nested.context.deploymentName,
    location: nested.context.location,
    tags: undefined,
    mode: 'Incremental',
    context: nested.context,
    expansion: nested.expansion,
    template: undefined,
    startedAt: world.clock.elapsed(),
    written: [],
  };
  preflight(world, run.name, run.expansion, run.runtime);
  await world.store.transact(world.deployments.begin(deploymentRecord(run, 'Accepted'), undefined));
  const end = await runDeployment(run);
  await world.store.transact(keepRecord(run, end.state, end));
  parent.written.push(...run.written);
  if (end.error !== undefined) {
    throw new StepFailed(409, {
      code: 'ResourceDeploymentFailure',
      target: resource.id,
      message: `The resource write operation failed to complete successfully, because it reached terminal provisioning state '${end.state}'.`,
      details: [end.error],
    });
  }
}

function evaluateOutputs(run: DeploymentRun): RunEnd {
  try {
    const outputs = asInvalidTemplate(() => run.expansion.outputs(run.runtime));
    return { state: 'Succeeded', outputs: Object.fromEntries(Object.entries(outputs).map(shown)) };
  } catch (error) {
    const { body } = failureOf(error);
    return {
      state: 'Failed',
      error: {
        code: 'DeploymentOutputEvaluationFailed',
        target: run.id,
        message:
          'Unable to evaluate template outputs. Please see error details and deployment operations. Please see https://aka.ms/arm-common-errors for usage details.',
        details: [body],
      },
    };
  }
}

/** Secure outputs show their type only. */
function shown([name, output]: readonly [string, DeploymentValue]): readonly [string, DeploymentValue] {
  return /^secure/i.test(output.type) ? [name, { type: output.type }] : [name, output];
}

function failureOf(error: unknown): { readonly status: number; readonly body: ArmErrorBody } {
  if (error instanceof Problem) return { status: 400, body: { code: error.code, message: error.message } };
  return errorBodyOf(error);
}

function failureBody(error: unknown): ArmErrorBody | undefined {
  if (error instanceof Canceled) return undefined;
  return error instanceof StepFailed ? error.body : failureOf(error).body;
}

function canceledError(id: string): ArmErrorBody {
  return { code: 'DeploymentCanceled', target: id, message: `The deployment '${id}' was canceled.` };
}
