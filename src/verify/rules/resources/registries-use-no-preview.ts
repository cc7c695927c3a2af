import { resourceRule, wants } from './resource-rule.ts';

export const registriesUseNoPreview = resourceRule({
  id: 'registries-use-no-preview',
  statement: 'Registries leave the preview of the quarantine flag off',
  controls: ['6.3.2'],
  type: 'Microsoft.ContainerRegistry/registries',
  faults: (resource) => [wants(resource, 'properties.policies.quarantinePolicy.status', 'disabled')],
});
