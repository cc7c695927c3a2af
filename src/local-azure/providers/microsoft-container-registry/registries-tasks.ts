import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { defined, membersOf, numberOf, textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, withIdentity } from '../service-checks.ts';

const type = 'Microsoft.ContainerRegistry/registries/tasks';

/** Registry tasks: definitions only, nothing runs. Codes are named here (learn.microsoft.com, ACR tasks reference). */
export const tasks: ResourceTypeProvider = {
  type,
  apiVersions: ['2025-03-01-preview', '2019-06-01-preview', '2019-04-01', '2018-09-01'],
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    if (!/^[\w-]{5,50}$/.test(nameIn(input.id))) {
      throw badRequest(
        'InvalidTaskName',
        `The task name '${nameIn(input.id)}' is invalid: 5 to 50 letters, digits, hyphens and underscores.`,
      );
    }
    const isSystem = properties.isSystemTask === true;
    if (!isSystem && (properties.step === undefined || properties.platform === undefined)) {
      throw badRequest('InvalidTask', 'A task needs a step and a platform.');
    }
    const timeout = numberOf(properties.timeout) ?? 3600;
    if (timeout < 300 || timeout > 28_800)
      throw badRequest('InvalidTaskTimeout', `The timeout of a task is 300 to 28800 seconds, not ${timeout}.`);
    const pool = textOf(properties.agentPoolName);
    const poolId = `${parentOf(input.id)}/agentPools/${pool}`;
    if (pool !== undefined && context.view.get(poolId) === undefined) {
      throw badRequest('AgentPoolNotFound', `The agent pool '${pool}' was not found.`);
    }
    const task = resourceOf(
      type,
      input,
      withIdentity(input.id, envelope, context),
      defined({
        ...properties,
        status: properties.status ?? 'Enabled',
        timeout,
        platform:
          properties.platform === undefined ? undefined : { architecture: 'amd64', ...membersOf(properties.platform) },
        agentConfiguration:
          pool === undefined ? { cpu: 2, ...membersOf(properties.agentConfiguration) } : properties.agentConfiguration,
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [task], delete: [] };
  },
};
