import type { BuildContext } from '../context.ts';
import { decided, joined, type PartDraft } from '../draft.ts';
import { networkDecisions } from '../network/decisions.ts';
import { networkSettings, virtualNetwork } from '../network/virtual-network.ts';
import { hubDecisions } from './decisions.ts';
import { hubIntents } from './intents.ts';
import { hubRefs, hubSubnetNames, ownHubs } from './refs.ts';

/** The network of each hub. It keeps Azure's resolver: the firewall's proxy asks through it, so that zones linked here are found. */
export function buildHubs(context: BuildContext): PartDraft {
  const built = ownHubs(context).map(({ region, network }) => {
    const hub = hubRefs(context, region);
    const resource = virtualNetwork(hub.placement, hub.network, {
      space: network.addressSpace,
      subnets: [
        { name: hubSubnetNames.firewall, prefix: network.subnets.firewall },
        { name: hubSubnetNames.gateway, prefix: network.subnets.gateway },
        {
          name: hubSubnetNames.bastion,
          prefix: network.subnets.bastion,
          securityGroup: { key: `hub/${region}/nsg-bastion` },
        },
      ],
    });
    const inside = (subnet: string, decision: string) => ({ decision, target: `${resource.key}#${subnet}` });
    return joined(decided(resource, { ...networkSettings, 'one-hub-a-region': ['properties.addressSpace'] }), {
      resources: [],
      claims: [
        inside(hubSubnetNames.firewall, 'firewall-subnet-is-its-own-edge'),
        inside(hubSubnetNames.gateway, 'gateway-subnet-stays-empty'),
        inside(hubSubnetNames.bastion, 'bastion-subnet-without-route'),
      ],
    });
  });
  return {
    name: 'hub',
    ...joined(...built),
    decisions: [...networkDecisions, ...hubDecisions],
    intents: hubIntents(context),
  };
}
