import { type Json, record } from './arm-json.ts';
import { connected, opened, type TwinSubnet, type TwinVnet, takesForwarded, type Zone } from './zone.ts';

/** 203.0.113.0/24 is for documentation (RFC 5737): nobody's address. */
export const firewallPublicAddress = '203.0.113.4';

/** The router at the other end of every link; each link knows its hardware address, so that nobody has to ask. */
export const router = '169.254.1.1';

/** Metrics decide between routes of one prefix: user routes, then system routes (network-semantics.md 59). */
const userMetric = 10;
const systemMetric = 30;
const droppedMetric = 40;

/** RFC 1918 and 6598: dropped unless a network uses them (61). */
const dropped = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** Tables of a network's namespace: whom it delivers to, and the same without the firewall. */
const deliver = 10;
const deliverFromInternet = 11;
const subnetTable = (subnet: TwinSubnet): number => 100 + subnet.index;
const privateFirewallTable = 99;

const via = (device: string): string => `via ${router} dev ${device} onlink`;

/**
 * Routing of a network's namespace, as lines for `ip -batch`. A packet that leaves a subnet is looked up in that subnet's table,
 * by longest prefix, in the kernel. `throw` hands what stays in the network on to the table of deliveries; what comes over a
 * peering meets that table alone, which is why peering is not transitive (67).
 */
export function networkRoutes(zone: Zone, vnet: TwinVnet): readonly string[] {
  const { firewall } = zone;
  const lines: string[] = [];
  for (const subnet of vnet.subnets) {
    if (subnet === firewall.subnet) {
      lines.push(...deliveries([`${firewall.address}/32 ${via('fw')}`], [deliver]));
      // What keeps a private source has no way back from the internet, so it has none into it.
      lines.push(`rule add pref 900 iif fw from ${firewallPublicAddress} lookup ${subnetTable(subnet)}`);
      lines.push(`rule add pref 901 iif fw lookup ${privateFirewallTable}`);
      lines.push(...effective(zone, vnet, subnet, privateFirewallTable, 'blackhole'));
    } else {
      lines.push(...deliveries([`${subnet.prefix} ${via(`s${subnet.index}`)}`], [deliver, deliverFromInternet]));
      lines.push(`rule add pref ${1000 + subnet.index} iif s${subnet.index} lookup ${subnetTable(subnet)}`);
    }
    lines.push(...effective(zone, vnet, subnet, subnetTable(subnet), 'internet'));
  }
  if (vnet === firewall.vnet)
    lines.push(`route add ${firewallPublicAddress}/32 ${via('fw')} table ${deliverFromInternet}`);
  lines.push(
    `rule add pref 5000 iif inet lookup ${deliverFromInternet}`,
    `rule add pref 5001 lookup ${deliver}`,
    `route add blackhole default table ${deliver}`,
    `route add blackhole default table ${deliverFromInternet}`,
  );
  return lines;
}

function deliveries(routes: readonly string[], tables: readonly number[]): readonly string[] {
  return tables.flatMap((table) => routes.map((route) => `route add ${route} table ${table}`));
}

function effective(
  zone: Zone,
  vnet: TwinVnet,
  subnet: TwinSubnet,
  table: number,
  internet: 'internet' | 'blackhole',
): readonly string[] {
  const out = (prefix: string): string =>
    internet === 'internet' ? `route add ${prefix} ${via('inet')}` : `route add blackhole ${prefix}`;
  const end = (metric: number): string => ` table ${table} metric ${metric}`;
  const user = subnet.routes.map((route) => record(route.properties));
  const lines = vnet.space.map((prefix) => `route add throw ${prefix}${end(systemMetric)}`);
  for (const peer of zone.vnets) {
    if (peer === vnet || !connected(vnet, peer)) continue;
    const way = opened(vnet, peer) ? via(`p${peer.index}`) : undefined;
    for (const prefix of peer.space)
      lines.push(
        (way === undefined ? `route add blackhole ${prefix}` : `route add ${prefix} ${way}`) + end(systemMetric),
      );
  }
  lines.push(out('0.0.0.0/0') + end(systemMetric));
  // A user route for everything takes the dropped ranges along (61; the example of the routing overview, Subnet1 and Subnet2).
  if (!user.some((route) => route.addressPrefix === '0.0.0.0/0'))
    lines.push(...dropped.map((prefix) => `route add blackhole ${prefix}${end(droppedMetric)}`));
  return [...lines, ...user.map((route) => userRoute(zone, vnet, route, out) + end(userMetric))];
}

function userRoute(zone: Zone, vnet: TwinVnet, route: Json, out: (prefix: string) => string): string {
  const prefix = String(route.addressPrefix);
  switch (String(route.nextHopType)) {
    case 'VnetLocal':
      return `route add throw ${prefix}`;
    case 'Internet':
      return out(prefix);
    case 'None':
    // No network of the twin has a gateway.
    case 'VirtualNetworkGateway':
      return `route add blackhole ${prefix}`;
    case 'VirtualAppliance': {
      // The next hop must be directly reachable: in the network, or over an open peering (66).
      const { firewall } = zone;
      const reachable = vnet === firewall.vnet || opened(vnet, firewall.vnet);
      if (String(route.nextHopIpAddress) === firewall.address && reachable) return `route add ${prefix} ${via('fw')}`;
      return `route add blackhole ${prefix}`;
    }
    default:
      throw new Error(`next hop ${String(route.nextHopType)}`);
  }
}

/** What a network does not take over a peering: new flows that the peer forwards for others (69). Undefined where it takes all. */
export function peeringFilter(zone: Zone, vnet: TwinVnet): string | undefined {
  const rules = zone.vnets
    .filter((peer) => peer !== vnet && opened(vnet, peer) && !takesForwarded(vnet, peer))
    .map((peer) => `    iifname "p${peer.index}" ct state new ip saddr != { ${peer.space.join(', ')} } drop`);
  if (rules.length === 0) return undefined;
  const head = ['  chain forward {', '    type filter hook forward priority 0; policy accept;'];
  return ['table inet twin {', ...head, ...rules, '  }', '}', ''].join('\n');
}
