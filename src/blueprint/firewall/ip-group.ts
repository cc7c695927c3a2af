import { formatPrefix, type Prefix } from '../../kernel/address.ts';
import type { Resource } from '../../model/resource.ts';
import { networkResource, type Placement } from '../placement.ts';

/** A named set of subnets, as the firewall's rules speak of their sources. */
export function ipGroup(
  placement: Placement,
  at: { readonly key: string; readonly name: string },
  prefixes: readonly Prefix[],
): Resource {
  return networkResource(placement, {
    ...at,
    type: 'ipGroups',
    properties: { ipAddresses: prefixes.map(formatPrefix) },
  });
}
