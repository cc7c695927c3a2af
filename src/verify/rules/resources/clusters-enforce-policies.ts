import { resourceRule, wants } from './resource-rule.ts';

export const clustersEnforcePolicies = resourceRule({
  id: 'clusters-enforce-policies',
  statement: 'Azure Policy decides what clusters admit',
  controls: ['2.2.1', '1.2.8'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) => [wants(resource, 'properties.addonProfiles.azurepolicy.enabled', true)],
});
