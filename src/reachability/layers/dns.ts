import { formatAddress } from '../../kernel/address.ts';
import type { PrivateZone, VirtualNetwork } from '../model.ts';
import type { Network } from '../network.ts';

/** Whether clients of a network get a private zone's answers; `open` where they ask a server that is not in the state. */
export type Sight = 'yes' | 'no' | 'open';

const platformResolver = '168.63.129.16';

/**
 * Who answers a network's clients: with the platform's resolver a zone must be linked to the network itself, with a firewall's DNS proxy to the
 * network where the proxy stands, since it asks there (statements 88, 89).
 */
export function seesZone(network: Network, client: VirtualNetwork, zone: PrivateZone): Sight {
  const linked = (id: string): Sight => (zone.links.includes(id) ? 'yes' : 'no');
  if (client.dnsServers.length === 0) return linked(client.id);
  const answers = client.dnsServers.map((server): Sight => {
    if (server === platformResolver) return linked(client.id);
    const firewall = network.model.firewalls.find((one) => formatAddress(4, one.address.first) === server);
    if (firewall === undefined) return 'open';
    if (!firewall.dnsProxy) return 'no';
    const forwarded = (firewall.dnsServers ?? []).some((one) => one !== platformResolver);
    return forwarded ? 'open' : linked(network.subnetOf(firewall).network);
  });
  const [first] = answers;
  // Servers that answer differently are asked in turn, and which one answers is not in the state.
  return first !== undefined && answers.every((one) => one === first) ? first : 'open';
}
