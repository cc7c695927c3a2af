import { has, resourceRule } from './resource-rule.ts';

export const registryAgentsStandInANetwork = resourceRule({
  id: 'registry-agents-stand-in-a-network',
  statement: 'Build agents of registries stand in a network',
  controls: ['1.3.2', '6.5.1'],
  type: 'Microsoft.ContainerRegistry/registries/agentPools',
  faults: (resource) => [has(resource, 'properties.virtualNetworkSubnetResourceId')],
});
