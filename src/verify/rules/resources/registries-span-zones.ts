import { resourceRule, wants } from './resource-rule.ts';

export const registriesSpanZones = resourceRule({
  id: 'registries-span-zones',
  statement: 'Registries span availability zones',
  controls: ['10.7.2'],
  type: 'Microsoft.ContainerRegistry/registries',
  faults: (resource) => [wants(resource, 'properties.zoneRedundancy', 'Enabled')],
});
