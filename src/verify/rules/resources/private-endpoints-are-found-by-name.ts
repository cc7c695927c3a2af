import { idKey } from '../../arm-view.ts';
import { list, ofType, resourceRule, setting } from './resource-rule.ts';

const zones = 'Microsoft.Network/privateDnsZones';
const endpoints = 'Microsoft.Network/privateEndpoints';

export const privateEndpointsAreFoundByName = resourceRule({
  id: 'private-endpoints-are-found-by-name',
  statement: 'Every private endpoint writes its names into zones that a network is linked to',
  controls: ['1.3.1', '1.4.4'],
  type: endpoints,
  faults: ({ id }, state) => {
    const named = ofType(state, `${endpoints}/privateDnsZoneGroups`)
      .filter((group) => idKey(group.id).startsWith(`${idKey(id)}/`))
      .flatMap((group) => list(group, 'properties.privateDnsZoneConfigs'))
      .map((config) => idKey(String(setting(config, 'properties.privateDnsZoneId'))));
    const linked = ofType(state, `${zones}/virtualNetworkLinks`).map((link) => idKey(link.id));
    const unlinked = named.filter((zone) => !linked.some((link) => link.startsWith(`${zone}/`)));
    return [
      named.length === 0 ? 'writes its name into no zone' : undefined,
      ...unlinked.map((zone) => `writes into ${zone.split('/').at(-1)}, which no network is linked to`),
    ];
  },
});
