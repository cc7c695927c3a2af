import { list, resourceRule } from './resource-rule.ts';

export const publicAddressesSpanZones = resourceRule({
  id: 'public-addresses-span-zones',
  statement: 'Public addresses are there as long as one of three zones is',
  controls: ['10.7.2', '12.10.1'],
  type: 'Microsoft.Network/publicIPAddresses',
  faults: (address) => [new Set(list(address, 'zones')).size >= 3 ? undefined : 'is in fewer than three zones'],
});
