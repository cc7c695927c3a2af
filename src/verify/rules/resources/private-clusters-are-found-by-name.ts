import { idKey } from '../../arm-view.ts';
import { ofType, resourceRule, setting } from './resource-rule.ts';

export const privateClustersAreFoundByName = resourceRule({
  id: 'private-clusters-are-found-by-name',
  statement: 'The zone in which a private API server has its name is linked to a network',
  controls: ['1.3.1', '1.4.4'],
  type: 'Microsoft.ContainerService/managedClusters',
  about: (cluster) => String(setting(cluster, 'properties.apiServerAccessProfile.privateDNSZone')).startsWith('/'),
  faults: (cluster, state) => {
    const zone = idKey(String(setting(cluster, 'properties.apiServerAccessProfile.privateDNSZone')));
    const linked = ofType(state, 'Microsoft.Network/privateDnsZones/virtualNetworkLinks').some((link) =>
      idKey(link.id).startsWith(`${zone}/`),
    );
    return [linked ? undefined : 'has its name in a zone that no network is linked to'];
  },
});
