import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const gatewaysOutliveAZone = resourceRule({
  id: 'gateways-outlive-a-zone',
  statement: 'Application gateways have at least two instances, in three zones',
  controls: ['10.7.2'],
  type: 'Microsoft.Network/applicationGateways',
  faults: (gateway) => [
    Number(setting(gateway, 'properties.autoscaleConfiguration.minCapacity')) >= 2
      ? undefined
      : 'may run with fewer than two instances',
    list(gateway, 'zones').length >= 3 ? undefined : 'stands in fewer than three zones',
    wants(gateway, 'properties.sku.tier', 'WAF_v2'),
  ],
});
