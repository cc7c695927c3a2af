import type { ClusterSpec } from '../../spec/spec.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import { networkResource, type Placement } from '../placement.ts';
import { spokeRefs } from '../spoke/refs.ts';

interface EndpointDraft {
  readonly of: { readonly key: string; readonly name: string };
  /** What of the resource is reached: `vault`, `registry`. */
  readonly member: string;
  readonly zone: string;
  readonly decision: string;
}

/** A private endpoint in the cluster's network, with its name in the zone of the hub. */
export function privateEndpoint(
  context: BuildContext,
  cluster: ClusterSpec,
  placement: Placement,
  { of, member, zone, decision }: EndpointDraft,
): Built {
  const spoke = spokeRefs(context, cluster);
  const name = `pe-${of.name}`;
  const endpoint = networkResource(placement, {
    key: `${of.key}/endpoint`,
    type: 'privateEndpoints',
    name,
    properties: {
      subnet: { id: idOf(spoke.network, ['subnets', spoke.subnetName('privateLinkEndpoints')]) },
      customNetworkInterfaceName: `nic-${name}`,
      privateLinkServiceConnections: [
        { name: member, properties: { privateLinkServiceId: idOf(of), groupIds: [member] } },
      ],
    },
  });
  const names = networkResource(placement, {
    key: `${of.key}/endpoint/names`,
    type: 'privateEndpoints/privateDnsZoneGroups',
    name: `${name}/default`,
    properties: {
      privateDnsZoneConfigs: [
        {
          name: zone.replaceAll('.', '-'),
          properties: { privateDnsZoneId: idOf({ key: `hub/${cluster.region}/zone-${zone}` }) },
        },
      ],
    },
  });
  return joined(claimed(endpoint, decision), claimed(names, decision));
}
