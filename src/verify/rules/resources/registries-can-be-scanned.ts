import { resourceRule, wants } from './resource-rule.ts';

export const registriesCanBeScanned = resourceRule({
  id: 'registries-can-be-scanned',
  statement: 'Scanners of Azure get at registries',
  controls: ['6.3.1', '11.3.1'],
  type: 'Microsoft.ContainerRegistry/registries',
  faults: (resource) => [wants(resource, 'properties.networkRuleBypassOptions', 'AzureServices')],
});
