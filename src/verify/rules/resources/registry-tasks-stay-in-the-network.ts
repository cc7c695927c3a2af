import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const registryTasksStayInTheNetwork = resourceRule({
  id: 'registry-tasks-stay-in-the-network',
  statement: 'Tasks of other registries do not get past a registry’s network rules',
  controls: ['1.2.5', '1.3.1'],
  type: 'Microsoft.ContainerRegistry/registries',
  faults: (resource) =>
    since('bypass for tasks', wants(resource, 'properties.networkRuleBypassAllowedForTasks', false)),
});
