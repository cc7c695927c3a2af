import type { Hop } from '../../model/witness.ts';
import { advance, end, type Flow, type Journey, towards } from '../flow.ts';
import type { Group, Network } from '../network.ts';
import { isEmpty, subtractSets } from '../packets.ts';

/** What stands under every answer about packets between a subnet and the internet without a firewall between them. */
export const publicAddressAssumption =
  'Whatever lives in a subnet may hold a public address: for traffic straight between a subnet and the internet, security groups and routes are the only guards counted.';

/** Packets that a route sends to the internet with a public source address of their own. */
export function leaveStraight(network: Network, journey: Journey): readonly Flow[] {
  const out = towards(journey, network.internet.addresses);
  const flows: Flow[] = [];
  if (out !== undefined) {
    const nat = journey.from.subnet?.natGateway;
    const hop: Hop = {
      layer: nat === undefined ? 'internet' : 'nat-gateway',
      resource: network.internet.id,
      rule: nat === undefined ? '(straight, by a public address)' : `(by ${nat})`,
      effect: 'forward',
    };
    flows.push(end(out, 'allowed', hop, publicAddressAssumption));
  }
  const rest = out === undefined ? journey.packets : subtractSets(journey.packets, out.packets);
  if (!isEmpty(rest))
    flows.push(end(advance(journey, rest), 'denied', nowhere(network, 'Not an address of the internet.')));
  return flows;
}

export function nowhere(network: Network, detail: string): Hop {
  return { layer: 'route', resource: network.internet.id, rule: '(nothing is there)', effect: 'drop', detail };
}

/** Why nothing from the internet can come straight to a group, or undefined when it can. */
export function sealedFromInternet(network: Network, group: Group): Hop | undefined {
  const { subnet } = group;
  if (subnet === undefined) return undefined;
  const sealed = (rule: string): Hop => ({ layer: 'platform', resource: subnet.id, rule, effect: 'deny' });
  const firewall = network.model.firewalls.find((one) => one.subnet === subnet.id);
  if (firewall !== undefined) {
    return {
      layer: 'firewall',
      resource: firewall.id,
      rule: '(default deny)',
      effect: 'deny',
      detail: 'A firewall takes from the internet what a translation rule names, and nothing else.',
    };
  }
  if (group.kind === 'private-endpoint') return sealed('(a private endpoint has no public address)');
  if (group.kind === 'load-balancer') return sealed('(an internal frontend has no public address)');
  if (subnet.name.toLowerCase() === 'gatewaysubnet' && !network.model.gatewayNetworks.includes(subnet.network)) {
    return sealed('(only a gateway can live here, and there is none)');
  }
  return undefined;
}
