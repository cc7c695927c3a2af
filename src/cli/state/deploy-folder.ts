import { deploymentId } from '../../deploy/deployment-id.ts';
import { runDeployment } from '../../deploy/run-deployment.ts';
import { messageOf, Problem } from '../../kernel/errors.ts';
import { silentHost } from '../../kernel/host.ts';
import { milliseconds } from '../../kernel/units.ts';
import { createLocalAzure } from '../../local-azure/local-azure.ts';
import { createMemoryStore } from '../../local-azure/store/index.ts';
import type { State } from '../../model/state.ts';
import type { ReadDeployment } from '../../synth/read.ts';
import type { Context } from '../context.ts';
import { readDeployments } from '../deployment.ts';
import { clientsOf } from '../local-target.ts';
import { readStateObjects } from './read-objects.ts';

/** A version of resource groups that Azure takes on every day that can be asked about. */
const groupVersion = '2021-04-01';

/**
 * What a folder of ARM templates would make, by deploying them in order into a local Azure in memory. Types that are not modelled
 * are stored as they are sent, and named among the assumptions. Resource groups that nobody makes are made.
 * @param asOf the day on which Azure takes them. @default today
 */
export async function deployFolder(context: Context, folder: string, origin: string, asOf?: Date): Promise<State> {
  const deployments = readDeployments(folder);
  const azure = createLocalAzure({
    store: createMemoryStore(),
    clock: context.clock,
    subscriptions: [],
    ...(asOf === undefined ? {} : { asOf }),
    allowUnknownTypes: true,
    withoutDataPlanes: true,
    operationLatency: milliseconds(0),
  });
  try {
    const client = clientsOf(azure).insideClient();
    const host = { ...silentHost(context.clock), signal: context.signal };
    const assumptions: string[] = [];
    for (const deployment of deployments) {
      const { scope } = deployment;
      await azure.ensureSubscription(scope.subscriptionId);
      if (scope.kind === 'resourceGroup') {
        const group = `/subscriptions/${scope.subscriptionId}/resourceGroups/${scope.resourceGroup}`;
        if ((await client.find(group, groupVersion)) === undefined) {
          const location = locationOf(deployment);
          await client.put(group, groupVersion, { location });
          assumptions.push(
            `Resource group ${scope.resourceGroup} is made by none of the templates; it was made in ${location}.`,
          );
        }
      }
      await runOne(deployment, () => runDeployment(client, deployment, host, undefined));
    }
    await azure.idle();
    if (azure.resources().some(({ type }) => type.toLowerCase() === 'microsoft.keyvault/vaults')) {
      assumptions.push(
        'Whether the vaults hold the secrets that gateways refer to, and whether their identities may read them, was not checked: templates put nothing into vaults.',
      );
    }
    const unmodelled = azure.unmodelledTypes();
    if (unmodelled.length > 0) {
      assumptions.push(
        `Local Azure does not model ${unmodelled.join(', ')}: they were taken as the templates have them.`,
      );
    }
    const resources = azure.resources();
    const { objects, notes } = readStateObjects(folder, resources);
    return { resources, objects, origin, assumptions: [...assumptions, ...notes] };
  } finally {
    await azure.close();
  }
}

async function runOne(deployment: ReadDeployment, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Problem && error.kind === 'interrupted') throw error;
    throw new Problem({
      code: 'STATE_NOT_DEPLOYABLE',
      message: `${deployment.entry.template} cannot be deployed: ${messageOf(error)}`,
      place: deployment.place,
      why: 'A state is what a deployment makes, so the templates are deployed into a local Azure in memory first.',
      hint: `The deployment is ${deploymentId(deployment)}; mend the template, or its place in the order.`,
      ...(error instanceof Problem && error.why !== undefined ? { why: error.why } : {}),
      cause: error,
    });
  }
}

/** Where a missing group goes: the deployment's own location, the parameter called location, or a default that is said. */
function locationOf({ entry, parameters }: ReadDeployment): string {
  const given = (parameters.location as { readonly value?: unknown } | undefined)?.value;
  return entry.location ?? (typeof given === 'string' ? given : 'eastus');
}
