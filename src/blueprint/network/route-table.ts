import type { Value } from '../../model/resource.ts';
import type { Built } from '../draft.ts';
import { networkResource, type Placement } from '../placement.ts';

/** The one route that a spoke needs: whatever has no better route goes to the firewall. */
export function routeTable(
  placement: Placement,
  at: { readonly key: string; readonly name: string },
  firewallAddress: Value,
): Built {
  const route = 'default-through-firewall';
  const resource = networkResource(placement, {
    ...at,
    type: 'routeTables',
    properties: {
      disableBgpRoutePropagation: true,
      routes: [
        {
          name: route,
          properties: {
            addressPrefix: '0.0.0.0/0',
            nextHopType: 'VirtualAppliance',
            nextHopIpAddress: firewallAddress,
          },
        },
      ],
    },
  });
  return {
    resources: [resource],
    claims: [
      { decision: 'egress-through-firewall', target: `${at.key}#${route}` },
      { decision: 'no-learned-routes', target: at.key },
    ],
  };
}
