import { fields, idKey, items } from '../../arm-view.ts';
import { list, ofType, resourceRule, setting } from './resource-rule.ts';

/** Route tables that send everything to an appliance. */
const isForced = (table: unknown): boolean =>
  list(table, 'properties.routes').some(
    (route) =>
      setting(route, 'properties.addressPrefix') === '0.0.0.0/0' &&
      String(setting(route, 'properties.nextHopType')).toLowerCase() === 'virtualappliance',
  );

export const routedNetworksNameTheirDns = resourceRule({
  id: 'routed-networks-name-their-dns',
  statement:
    'Networks whose egress goes through a firewall ask it for names, not Azure’s resolver, which goes around it',
  controls: ['1.3.2', '1.4.2'],
  type: 'Microsoft.Network/virtualNetworks',
  about: (network, state) => {
    const forced = new Set(
      ofType(state, 'Microsoft.Network/routeTables')
        .filter(isForced)
        .map(({ id }) => idKey(id)),
    );
    return list(network, 'properties.subnets').some((subnet) =>
      forced.has(idKey(String(setting(subnet, 'properties.routeTable.id')))),
    );
  },
  faults: (network) => [
    items(fields(setting(network, 'properties.dhcpOptions')).dnsServers).length > 0
      ? undefined
      : 'asks Azure’s resolver, past the firewall that its egress goes through',
  ],
});
