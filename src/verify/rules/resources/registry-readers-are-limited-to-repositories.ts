import { assignmentRule } from './assignment-rule.ts';
import { setting } from './resource-rule.ts';

/** Container Registry Repository Reader. */
const repositoryReader = 'b93aa761-3e63-49ed-ac28-beffa264f7ac';

export const registryReadersAreLimitedToRepositories = assignmentRule({
  id: 'registry-readers-are-limited-to-repositories',
  statement: 'Who reads from a registry reads repositories that are named',
  controls: ['7.2.1', '7.2.5', '6.3.2'],
  about: ({ role, scope }) => role === repositoryReader || scope.includes('/microsoft.containerregistry/registries/'),
  fault: ({ resource, role, scope }) => {
    if (role !== repositoryReader) return undefined;
    const condition = setting(resource, 'properties.condition');
    return typeof condition === 'string' && condition.includes('registries/repositories:name')
      ? undefined
      : `Every repository of ${scope} can be read.`;
  },
});
