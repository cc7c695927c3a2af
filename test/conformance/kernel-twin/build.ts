import { firewallFilter } from './firewall-rules.ts';
import { ledger, noteArrival } from './packet-filter.ts';
import { firewallPublicAddress, networkRoutes, peeringFilter, router } from './routing.ts';
import { edgeFilter } from './security-groups.ts';
import type { TwinVnet, Zone } from './zone.ts';

/** One namespace, as text for `ip -batch`, for `nft -f`, and as sysctls below /proc/sys/net. */
export interface NamespacePlan {
  readonly name: string;
  readonly commands: readonly string[];
  readonly filter?: string;
  /** Local addresses on which probes start and end. */
  readonly addresses: readonly string[];
  readonly forwards: boolean;
}

export interface TwinPlan {
  readonly namespaces: readonly NamespacePlan[];
  /** Links between namespaces: commands for one batch outside of them. */
  readonly links: readonly string[];
  /** Where the firewall's own view of flows is kept. */
  readonly firewall: string;
}

/**
 * ```
 * host ── edge of its subnet (security groups) ── network (routes, peerings) ──┬── other networks
 *                                                                              ├── firewall (rules, translation)
 *                                                                              └── internet
 * ```
 * An edge a subnet, with connection tracking of its own: what a flow met on its way out must not count on its way in elsewhere.
 */
export function planTwin(zone: Zone, prefix: string): TwinPlan {
  const { firewall } = zone;
  const links: string[] = [];
  const devices = new Map<string, string[]>();
  let macs = 0;
  const mac = (): string => {
    macs += 1;
    return `02:00:00:00:${(macs >> 8).toString(16).padStart(2, '0')}:${(macs & 255).toString(16).padStart(2, '0')}`;
  };
  /** Joins two namespaces; each end knows the hardware address behind its device, for the router and for given addresses. */
  const join = (a: string, deviceA: string, b: string, deviceB: string, beyondA: readonly string[] = []): void => {
    const [macA, macB] = [mac(), mac()];
    links.push(
      `link add ${deviceA} address ${macA} netns ${prefix}${a} type veth peer name ${deviceB} address ${macB} netns ${prefix}${b}`,
    );
    const know = (at: string, device: string, addresses: readonly string[], hardware: string): void => {
      if (!devices.has(at)) devices.set(at, []);
      devices
        .get(at)
        ?.push(
          `link set dev ${device} up`,
          ...addresses.map((one) => `neigh add ${one} lladdr ${hardware} dev ${device} nud permanent`),
        );
    };
    know(a, deviceA, [router, ...beyondA], macB);
    know(b, deviceB, [router], macA);
  };
  const plans: NamespacePlan[] = [];
  const add = (name: string, commands: readonly string[], more: Partial<NamespacePlan> = {}): void => {
    plans.push({ name: prefix + name, commands, addresses: [], forwards: true, ...more });
  };

  const network = (vnet: TwinVnet): string => `v${vnet.index}`;
  for (const vnet of zone.vnets) {
    for (const subnet of vnet.subnets) {
      if (subnet === firewall.subnet) continue;
      const edge = `e${subnet.index}`;
      join(network(vnet), `s${subnet.index}`, edge, 'net');
      for (const host of subnet.hosts) {
        join(edge, `h${host.index}`, `h${host.index}`, 'eth0', [host.address]);
        add(
          `h${host.index}`,
          [`addr add ${host.address}/32 dev eth0`, `route add default via ${router} dev eth0 onlink`],
          {
            addresses: [host.address],
            forwards: false,
          },
        );
      }
      add(
        edge,
        [
          // All that hosts send goes up, for routes of the subnet apply inside it as well (62).
          `route add default via ${router} dev net onlink`,
          'rule add pref 100 iif net lookup 10',
          'route add blackhole default table 10',
          ...subnet.hosts.map(({ index, address }) => `route add ${address}/32 dev h${index} table 10`),
        ],
        { filter: edgeFilter(zone, vnet, subnet) },
      );
    }
    for (const peer of zone.vnets)
      if (peer.index > vnet.index) join(network(vnet), `p${peer.index}`, network(peer), `p${vnet.index}`);
    // Routes to the firewall lead straight to it from each network: the next hop is its card, not a router on the way.
    join(network(vnet), 'fw', 'fw', vnet === firewall.vnet ? 'home' : `v${vnet.index}`);
    join(network(vnet), 'inet', 'inet', `v${vnet.index}`);
    const filter = peeringFilter(zone, vnet);
    add(network(vnet), networkRoutes(zone, vnet), filter === undefined ? {} : { filter });
  }
  add('fw', [`addr add ${firewall.address}/32 dev lo`, `route add default via ${router} dev home onlink`], {
    filter: firewallFilter(zone),
    addresses: [firewall.address],
  });
  add(
    'inet',
    [
      ...zone.outside.map((address) => `addr add ${address}/32 dev lo`),
      `route add ${firewallPublicAddress}/32 via ${router} dev v${firewall.vnet.index} onlink`,
      ...zone.vnets.flatMap((vnet) =>
        vnet.space.map((space) => `route add ${space} via ${router} dev v${vnet.index} onlink`),
      ),
    ],
    { filter: internetFilter, addresses: zone.outside, forwards: false },
  );
  return {
    namespaces: plans.map((one) => {
      const bare = one.name.slice(prefix.length);
      return { ...one, commands: ['link set dev lo up', ...(devices.get(bare) ?? []), ...one.commands] };
    }),
    links,
    firewall: `${prefix}fw`,
  };
}

const internetFilter = `table inet twin {${ledger}
  chain input {
    type filter hook input priority 0; policy accept;
    ct direction original meta l4proto { tcp, udp } ${noteArrival}
  }
}
`;
