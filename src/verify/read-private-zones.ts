import { parsePrefix } from '../kernel/address.ts';
import type { PrivateZone, VirtualNetwork } from '../reachability/index.ts';
import { type ArmView, fields, idKey, items, reference, text } from './arm-view.ts';

/** Private DNS zones with their address records and the networks that they are linked to. */
export function readPrivateZones(view: ArmView, networks: readonly VirtualNetwork[]): readonly PrivateZone[] {
  return view.ofType('Microsoft.Network/privateDnsZones').map((zone): PrivateZone => {
    const records = view.children(zone, 'A').map((record) => {
      const name = record.name === '@' ? zone.name : `${record.name}.${zone.name}`;
      const addresses = items(record.properties.aRecords).flatMap(
        (one) => parsePrefix(text(fields(one).ipv4Address) ?? '') ?? [],
      );
      return [name.toLowerCase(), addresses] as const;
    });
    return {
      id: zone.id,
      name: zone.name.toLowerCase(),
      links: view.children(zone, 'virtualNetworkLinks').flatMap((link) => {
        const id = reference(link.properties.virtualNetwork);
        return networks.filter((one) => id !== undefined && idKey(one.id) === idKey(id)).map((one) => one.id);
      }),
      records: new Map(records),
    };
  });
}
