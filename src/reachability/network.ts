import type { AddressRange } from '../kernel/address.ts';
import { buildCluster, type Cluster } from './cluster/cluster.ts';
import type { TrafficTable } from './cluster/traffic.ts';
import { type Intervals, intersect, subtract, unite } from './intervals.ts';
import type { Firewall, Frontend, NetworkCard, NetworkModel, Subnet, VirtualNetwork } from './model.ts';
import { type PacketSet, packets } from './packets.ts';
import type { Spaces } from './spaces.ts';
import { metadataAddress, platformAddress } from './terms.ts';

/** Addresses that behave alike: a subnet, or one of its cards, endpoints or firewalls that differs from it. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly kind:
    | 'subnet'
    | 'card'
    | 'private-endpoint'
    | 'load-balancer'
    | 'firewall'
    | 'platform'
    | 'internet'
    | 'pods';
  readonly addresses: Intervals;
  readonly subnet?: Subnet;
  readonly card?: NetworkCard;
  readonly firewall?: Firewall;
  readonly frontend?: Frontend;
}

/** A model with its coordinates and look-ups, built once for any number of questions. */
export interface Network {
  readonly model: NetworkModel;
  readonly spaces: Spaces;
  readonly groups: readonly Group[];
  readonly internet: Group;
  readonly platform: Group;
  /** The groups in a network's subnets. */
  groupsIn(network: string): readonly Group[];
  /** The cluster of the state, made ready when it is first looked at. */
  readonly cluster: Cluster | undefined;
  network(id: string): VirtualNetwork;
  subnet(id: string): Subnet;
  spaceOf(network: VirtualNetwork): Intervals;
  /** The firewall that answers at an address. */
  firewallAt(address: AddressRange): Firewall | undefined;
  subnetOf(firewall: Firewall): Subnet;
  rangesSet(ranges: readonly AddressRange[]): Intervals;
  /** Results that are worked out once: keyed by layer and object. */
  readonly memo: Map<string, unknown>;
}

export function memoized<T>(network: Network, key: string, make: () => T): T {
  const found = network.memo.get(key);
  if (found !== undefined) return found as T;
  const made = make();
  network.memo.set(key, made);
  return made;
}

/** Groups equal addresses and prepares look-ups. Ids in the model are unique and lead somewhere: the reader sees to it. */
export function buildNetwork(model: NetworkModel, spaces: Spaces, traffic?: TrafficTable): Network {
  const networks = new Map(model.networks.map((network) => [network.id, network]));
  const subnets = new Map(model.subnets.map((subnet) => [subnet.id, subnet]));
  const rangesSet = (ranges: readonly AddressRange[]): Intervals =>
    ranges.map((range) => spaces.addresses.ofRange(range)).reduce(unite, []);
  const groups: Group[] = [];
  for (const subnet of model.subnets) {
    const whole = rangesSet(subnet.prefixes);
    let rest = whole;
    const add = (group: Omit<Group, 'addresses' | 'subnet'>, ranges: readonly AddressRange[]): void => {
      const addresses = rangesSet(ranges);
      const own = subtract(addresses, subtract(addresses, rest));
      if (own.length === 0) return;
      rest = subtract(rest, own);
      groups.push({ ...group, addresses: own, subnet });
    };
    for (const firewall of model.firewalls) {
      if (firewall.subnet === subnet.id) {
        add({ id: firewall.id, name: firewall.name, kind: 'firewall', firewall }, [firewall.address]);
      }
    }
    for (const endpoint of model.privateEndpoints) {
      if (endpoint.subnet === subnet.id) {
        add({ id: endpoint.id, name: endpoint.name, kind: 'private-endpoint' }, endpoint.addresses);
      }
    }
    for (const frontend of model.frontends) {
      if (frontend.subnet === subnet.id) {
        add({ id: frontend.id, name: frontend.name, kind: 'load-balancer', frontend }, [frontend.address]);
      }
    }
    for (const card of model.cards) {
      if (card.subnet === subnet.id && (card.securityGroup ?? card.missingSecurityGroup) !== undefined) {
        add({ id: card.id, name: card.name, kind: 'card', card }, card.addresses);
      }
    }
    if (rest.length > 0) groups.push({ id: subnet.id, name: subnet.name, kind: 'subnet', addresses: rest, subnet });
  }
  const own = model.networks.flatMap((network) => network.space);
  const internet: Group = {
    id: 'internet',
    name: 'internet',
    kind: 'internet',
    // IPv6 is kept apart by the address space and asked about by nobody yet.
    addresses: subtract(intersect(spaces.addresses.internet, spaces.addresses.ipv4), rangesSet(own)),
  };
  const platform: Group = {
    id: 'azure-platform',
    name: 'Azure platform',
    kind: 'platform',
    addresses: rangesSet([platformAddress, metadataAddress]),
  };
  const byNetwork = new Map<string, Group[]>(model.networks.map((one) => [one.id, []]));
  for (const group of groups) byNetwork.get(group.subnet?.network ?? '')?.push(group);
  let cluster: Cluster | undefined;
  return {
    model,
    spaces,
    groups,
    internet,
    platform,
    get cluster() {
      if (model.cluster !== undefined)
        cluster ??= buildCluster(model.cluster, spaces, (id) => subnets.get(id)?.prefixes ?? [], traffic);
      return cluster;
    },
    groupsIn: (id) => byNetwork.get(id) ?? [],
    network: (id) => networks.get(id) as VirtualNetwork,
    subnet: (id) => subnets.get(id) as Subnet,
    spaceOf: (network) => rangesSet(network.space),
    firewallAt: (address) =>
      model.firewalls.find(
        (firewall) => firewall.address.family === address.family && firewall.address.first === address.first,
      ),
    subnetOf: (firewall) => subnets.get(firewall.subnet) as Subnet,
    rangesSet,
    memo: new Map(),
  };
}

/** Packets that a subnet's security group looks at in one direction. */
export function subnetPackets(network: Network, subnet: Subnet, direction: 'inbound' | 'outbound'): PacketSet {
  const addresses = network.rangesSet(subnet.prefixes);
  return packets(direction === 'inbound' ? { destination: addresses } : { source: addresses });
}

/** Packets to the internet. */
export function internetPackets(network: Network): PacketSet {
  return packets({ destination: network.internet.addresses });
}
