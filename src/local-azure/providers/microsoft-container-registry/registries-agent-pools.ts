import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { numberOf, textOf } from '../members.ts';
import { checkNotDelegated } from '../microsoft-network/subnet-checks.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, requireFound } from '../service-checks.ts';
import { registryOf, requirePremium } from './registries.ts';

const type = 'Microsoft.ContainerRegistry/registries/agentPools';
const tiers = ['S1', 'S2', 'S3', 'I6'];

/** Dedicated machines for registry tasks, in a subnet. A preview of Premium registries (learn.microsoft.com, task agent pools). */
export const agentPools: ResourceTypeProvider = {
  type,
  apiVersions: ['2025-03-01-preview', '2019-06-01-preview'],
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    requirePremium(registryOf(input.id, context), 'Agent pools are', 'AgentPoolNotSupported');
    if (!/^[a-z0-9-]{3,20}$/i.test(nameIn(input.id))) {
      throw badRequest(
        'InvalidAgentPoolName',
        `The agent pool name '${nameIn(input.id)}' is invalid: 3 to 20 letters, digits and hyphens.`,
      );
    }
    const tier = textOf(properties.tier) ?? 'S1';
    if (!tiers.includes(tier)) throw badRequest('InvalidAgentPoolTier', `'${tier}' is no tier: ${tiers.join(', ')}.`);
    const count = numberOf(properties.count) ?? 1;
    if (count < 0) throw badRequest('InvalidAgentPoolCount', 'An agent pool cannot have fewer than 0 machines.');
    const subnetId = textOf(properties.virtualNetworkSubnetResourceId);
    if (subnetId !== undefined) {
      const subnet = requireFound(context, subnetId, 'Microsoft.Network/virtualNetworks/subnets');
      checkNotDelegated(subnet, input.id);
      const network = context.view.get(parentOf(subnet.id));
      if (network?.location !== envelope.location) {
        throw badRequest('InvalidAgentPoolSubnet', `The subnet ${subnet.id} is not in ${String(envelope.location)}.`);
      }
      const before = textOf(propertiesOf(input.existing).virtualNetworkSubnetResourceId);
      if (before !== undefined && before.toLowerCase() !== subnetId.toLowerCase()) {
        throw badRequest(
          'AgentPoolSubnetCannotChange',
          `The subnet of agent pool '${nameIn(input.id)}' cannot be changed.`,
        );
      }
    }
    const pool = resourceOf(type, input, envelope, {
      ...properties,
      tier,
      count,
      os: properties.os ?? 'Linux',
      provisioningState: 'Succeeded',
    });
    return { put: [pool], delete: [] };
  },
  delete(existing, context) {
    const user = context.view
      .children(parentOf(existing.id), 'tasks')
      .find((task) => String(propertiesOf(task).agentPoolName).toLowerCase() === existing.name.toLowerCase());
    if (user !== undefined)
      throw badRequest('AgentPoolInUse', `The agent pool '${existing.name}' is used by task '${user.name}'.`);
    return { put: [], delete: [] };
  },
};
