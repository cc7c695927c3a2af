import { resourceRule, wants } from './resource-rule.ts';

export const vaultsHaveHardware = resourceRule({
  id: 'vaults-have-hardware',
  statement: 'Vaults keep keys in hardware',
  controls: ['3.6.1', '3.7.1'],
  type: 'Microsoft.KeyVault/vaults',
  faults: (resource) => [wants(resource, 'properties.sku.name', 'premium')],
});
