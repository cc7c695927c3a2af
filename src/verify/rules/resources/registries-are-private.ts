import { resourceRule, wants } from './resource-rule.ts';

export const registriesArePrivate = resourceRule({
  id: 'registries-are-private',
  statement: 'Registries have no public endpoint',
  controls: ['1.4.2', '1.3.1'],
  type: 'Microsoft.ContainerRegistry/registries',
  faults: (resource) => [
    wants(resource, 'properties.publicNetworkAccess', 'Disabled'),
    wants(resource, 'properties.networkRuleSet.defaultAction', 'Deny'),
  ],
});
