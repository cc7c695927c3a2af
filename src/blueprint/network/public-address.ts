import type { Resource } from '../../model/resource.ts';
import { networkResource, type Placement } from '../placement.ts';

/** The availability zones of every region that a hub may be in. */
export const zones = ['1', '2', '3'] as const;

/** A fixed public IPv4 address that outlives the loss of a zone. */
export function publicAddress(placement: Placement, at: { readonly key: string; readonly name: string }): Resource {
  return networkResource(placement, {
    ...at,
    type: 'publicIPAddresses',
    sku: { name: 'Standard', tier: 'Regional' },
    zones,
    properties: { publicIPAddressVersion: 'IPv4', publicIPAllocationMethod: 'Static', idleTimeoutInMinutes: 4 },
  });
}
