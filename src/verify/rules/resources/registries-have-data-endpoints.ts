import { resourceRule, wants } from './resource-rule.ts';

export const registriesHaveDataEndpoints = resourceRule({
  id: 'registries-have-data-endpoints',
  statement: 'Layers come from names of the registry’s own',
  controls: ['1.3.2', '1.2.5'],
  type: 'Microsoft.ContainerRegistry/registries',
  faults: (resource) => [
    wants(resource, 'properties.dataEndpointEnabled', true),
    wants(resource, 'sku.name', 'Premium'),
  ],
});
