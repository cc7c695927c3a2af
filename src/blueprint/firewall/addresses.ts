import type { Resource, Value } from '../../model/resource.ts';
import type { BuildContext } from '../context.ts';
import { idOf } from '../handles.ts';
import { type HubRefs, hubSubnetNames } from '../hub/refs.ts';
import { publicAddress } from '../network/public-address.ts';

/** Each address gives 2,496 source ports a destination and instance; the original runs on three. */
const numbers = ['01', '02', '03'] as const;

/** The public addresses of a hub's firewall. */
export function firewallAddresses({ naming }: BuildContext, { placement, region }: HubRefs): readonly Resource[] {
  return numbers.map((number) =>
    publicAddress(placement, {
      key: `hub/${region}/public-address-firewall-${number}`,
      name: naming.hub(`pip-firewall-${number}`, region),
    }),
  );
}

/** How the firewall stands in its subnet with its addresses. */
export function firewallConfigurations(hub: HubRefs, addresses: readonly Resource[]): readonly Value[] {
  return addresses.map((address, index) => ({
    name: `public-${numbers[index]}`,
    properties: {
      // One configuration names the subnet; the others add public addresses to it.
      ...(index === 0 ? { subnet: { id: idOf(hub.network, ['subnets', hubSubnetNames.firewall]) } } : {}),
      publicIPAddress: { id: idOf(address) },
    },
  }));
}
