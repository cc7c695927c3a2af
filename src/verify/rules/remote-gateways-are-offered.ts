import type { Finding } from '../../model/finding.ts';
import type { NetworkModel, VirtualNetwork } from '../../reachability/index.ts';
import { type Rule, violation } from './rule.ts';

/** What Azure asks of a peering that uses the gateway of the other side (statement 70). */
export const remoteGatewaysAreOffered: Rule = {
  id: 'remote-gateways-are-offered',
  statement:
    'A peering that uses a remote gateway is the only one of its network that does, is offered one, and has none of its own',
  controls: [],
  level: 'error',
  check: (_state, model) => model.networks.flatMap((network) => faults(network, model)),
  looksAt: (model) => model.networks.flatMap((one) => one.peerings).filter((one) => one.usesRemoteGateway).length,
};

function faults(network: VirtualNetwork, model: NetworkModel): readonly Finding[] {
  const using = network.peerings.filter((one) => one.usesRemoteGateway === true);
  return using.flatMap((peering, n) => {
    const remote = model.networks.find((one) => one.id === peering.remote);
    const back = remote?.peerings.find((one) => one.remote === network.id);
    const words = [
      ...(n > 0 ? ['another peering of its network does so too'] : []),
      ...(model.gatewayNetworks.includes(network.id) ? ['its network has a gateway of its own'] : []),
      ...(remote !== undefined && back?.offersGateway !== true
        ? ['the other side does not allow gateway transit']
        : []),
    ];
    return words.map((word) =>
      violation(remoteGatewaysAreOffered, peering.id, `Peering ${peering.name} uses a remote gateway, but ${word}.`),
    );
  });
}
