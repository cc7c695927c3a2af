import { resourceRule, wants } from './resource-rule.ts';

export const registriesTakeIdentitiesOnly = resourceRule({
  id: 'registries-take-identities-only',
  statement: 'Registries have no administrator account and let nobody in without a name',
  controls: ['2.2.2', '8.2.2', '8.6.2'],
  type: 'Microsoft.ContainerRegistry/registries',
  faults: (resource) => [
    wants(resource, 'properties.adminUserEnabled', false),
    wants(resource, 'properties.anonymousPullEnabled', false),
  ],
});
