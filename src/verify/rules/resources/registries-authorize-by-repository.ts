import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const registriesAuthorizeByRepository = resourceRule({
  id: 'registries-authorize-by-repository',
  statement: 'Rights on registries are given by repository',
  controls: ['7.2.1', '7.2.2'],
  type: 'Microsoft.ContainerRegistry/registries',
  faults: (resource) =>
    since('rights by repository', wants(resource, 'properties.roleAssignmentMode', 'AbacRepositoryPermissions')),
});
