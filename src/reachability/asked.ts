import type { ContainerPort, Service, Workload } from './cluster/model.ts';
import { holds, type Intervals, intersect, intervals, runsOf, subtract, unite } from './intervals.ts';
import { seesZone } from './layers/dns.ts';
import type { PortRange } from './model.ts';
import type { Network } from './network.ts';
import { intersectSets, type PacketSet, packets, subtractSets, uniteSets } from './packets.ts';
import type { Endpoint, Question, Traffic } from './question.ts';
import { platformAddress, portedProtocols, portSet, protocolSet, transport } from './terms.ts';

function podSet(network: Network, workloads: readonly number[]): Intervals {
  const all = network.model.cluster?.workloads ?? [];
  return intervals(
    workloads.flatMap((position) => {
      const workload = all[position];
      return workload === undefined ? [] : [...runsOf(network.spaces.ofWorkload(workload))];
    }),
  );
}

/** The addresses that an endpoint stands for as a source. Host names and FQDN tags stand for none. */
function sourcesOf(network: Network, endpoint: Endpoint): Intervals {
  switch (endpoint.kind) {
    case 'addresses':
      return network.rangesSet(endpoint.ranges);
    case 'internet':
      return network.internet.addresses;
    case 'any':
      return unite(unite(insideAddresses(network), network.internet.addresses), network.spaces.addresses.pods);
    case 'tag':
      return endpoint.addresses ? network.spaces.addresses.ofTag(endpoint.tag) : [];
    case 'platform-dns':
      return network.spaces.addresses.ofRange(platformAddress);
    case 'workloads':
    case 'service':
      return podSet(network, endpoint.workloads);
    case 'name':
      return [];
    case 'private-name':
      return network.rangesSet(endpoint.answers);
  }
}

function insideAddresses(network: Network): Intervals {
  return network.groups.map((group) => group.addresses).reduce(unite, []);
}

/**
 * The packets to an endpoint. As what is asked for (`ask`), a literal address or a service tag is addressed as such, without a host name;
 * as an exception (`cover`) it holds those packets under every name.
 */
function packetsTo(
  network: Network,
  endpoint: Endpoint,
  purpose: 'ask' | 'cover',
  name: string | undefined,
): PacketSet {
  const { addresses, names } = network.spaces;
  const plain = purpose === 'cover' ? names.all : name === undefined ? names.unnamed : names.ofPattern(name);
  switch (endpoint.kind) {
    case 'addresses':
      return packets({ destination: network.rangesSet(endpoint.ranges), name: plain });
    case 'internet':
      return packets({ destination: network.internet.addresses, name: name === undefined ? names.all : plain });
    case 'any':
      return uniteSets(
        packets({ destination: unite(insideAddresses(network), addresses.pods), name: plain }),
        packets({ destination: network.internet.addresses, name: name === undefined ? names.all : plain }),
      );
    case 'tag': {
      const byAddress = endpoint.addresses ? packets({ destination: addresses.ofTag(endpoint.tag), name: plain }) : [];
      const byName = endpoint.names
        ? packets({ destination: network.internet.addresses, name: names.ofTag(endpoint.tag) })
        : [];
      return uniteSets(byAddress, byName);
    }
    case 'platform-dns':
      return packets({
        destination: addresses.ofRange(platformAddress),
        protocol: portedProtocols,
        destinationPort: [53, 54],
        name: names.all,
      });
    case 'workloads':
      return packets({ destination: podSet(network, endpoint.workloads), name: plain });
    case 'service':
      return intersectSets(servicePackets(network, endpoint, []), packets({ name: plain }));
    case 'private-name':
      return uniteSets(
        packets({ destination: network.rangesSet(endpoint.answers), name: plain }),
        packets({ destination: network.internet.addresses, name: names.ofPattern(endpoint.pattern) }),
      );
    case 'name':
      return packets({ destination: network.internet.addresses, name: names.ofPattern(endpoint.pattern) });
  }
}

/** Who asks for a name of a private zone decides what it gets: the zone's addresses, or the public name's. */
function privatePackets(
  network: Network,
  { zone, pattern, answers }: Extract<Endpoint, { kind: 'private-name' }>,
  from: Intervals,
): PacketSet {
  const { names, addresses } = network.spaces;
  const near = packets({ destination: network.rangesSet(answers), name: names.unnamed });
  const far = packets({ destination: network.internet.addresses, name: names.ofPattern(pattern) });
  let rest = from;
  let set: PacketSet = [];
  const { cluster } = network.model;
  for (const client of network.model.networks) {
    const inside = network.model.subnets.filter((one) => one.network === client.id).map((one) => one.id);
    const pods = (cluster?.workloads ?? []).flatMap((one, position) =>
      one.place?.subnets.some((subnet) => inside.includes(subnet)) === true ? [position] : [],
    );
    const source = intersect(rest, unite(network.spaceOf(client), podSet(network, pods)));
    if (source.length === 0) continue;
    rest = subtract(rest, source);
    const sight = seesZone(network, client, zone);
    const asks = packets({ source });
    if (sight !== 'no') set = uniteSets(set, intersectSets(asks, near));
    if (sight !== 'yes') set = uniteSets(set, intersectSets(asks, far));
  }
  // Pods that stand nowhere in the network may be anywhere; others outside ask the public name.
  const unplaced = intersect(rest, addresses.pods);
  if (unplaced.length > 0) set = uniteSets(set, intersectSets(packets({ source: unplaced }), near));
  return rest.length === 0 ? set : uniteSets(set, intersectSets(packets({ source: rest }), far));
}

/** The number of a workload's port that a service leads to; several where its containers share a name. */
export function targetPorts(workload: Workload, service: Service, port: Service['ports'][number]): readonly number[] {
  // A headless service only answers with addresses: what is dialled is the pod's own port.
  if (service.kind === 'headless') return [port.port];
  if (typeof port.target === 'number') return [port.target];
  return workload.ports.flatMap((one: ContainerPort) =>
    one.name === port.target && one.protocol === port.protocol ? [one.port] : [],
  );
}

/** What is asked of a service is asked of the pods behind it, on the ports that its own are translated to (statement 23). */
function servicePackets(
  network: Network,
  { service, workloads }: Extract<Endpoint, { kind: 'service' }>,
  traffic: readonly Traffic[],
): PacketSet {
  const { names } = network.spaces;
  const wanted = ({ protocol, port }: Service['ports'][number]): boolean =>
    traffic.length === 0 ||
    traffic.some(({ protocols, ports }) => holds(protocolSet(protocols), protocol) && holds(portSet(ports), port));
  let set: PacketSet = [];
  for (const port of service.ports.filter(wanted)) {
    for (const position of workloads) {
      const workload = network.model.cluster?.workloads[position];
      if (workload === undefined) continue;
      const ports: readonly PortRange[] = targetPorts(workload, service, port).map((one) => ({ from: one, to: one }));
      if (ports.length === 0) continue;
      const destination = network.spaces.ofWorkload(workload);
      const protocol = protocolSet([port.protocol]);
      set = uniteSets(set, packets({ destination, protocol, destinationPort: portSet(ports), name: names.unnamed }));
    }
  }
  return set;
}

/** Exactly the packets that a question is about. */
export function askedPackets(network: Network, question: Question): PacketSet {
  const from = subtract(
    question.from.map((one) => sourcesOf(network, one)).reduce(unite, []),
    withPodsIn(network, (question.exceptFrom ?? []).map((one) => sourcesOf(network, one)).reduce(unite, [])),
  );
  const services = question.to.filter((one) => one.kind === 'service');
  let to: PacketSet = [];
  for (const endpoint of question.to)
    if (endpoint.kind === 'private-name') to = uniteSets(to, privatePackets(network, endpoint, from));
    else if (endpoint.kind !== 'service') to = uniteSets(to, packetsTo(network, endpoint, 'ask', question.name));
  if (question.traffic.length > 0) {
    let traffic: PacketSet = [];
    for (const { protocols, ports } of question.traffic) {
      // A port without a protocol asks about the protocols that have ports.
      traffic = uniteSets(traffic, transport(protocols ?? (ports.length > 0 ? [6, 17] : undefined), ports).must);
    }
    to = intersectSets(to, traffic);
  }
  for (const service of services) to = uniteSets(to, servicePackets(network, service, question.traffic));
  const exceptTo = question.exceptTo ?? [];
  for (const endpoint of exceptTo) to = subtractSets(to, packetsTo(network, endpoint, 'cover', undefined));
  const ranges = exceptTo
    .filter(({ kind }) => kind === 'addresses')
    .map((one) => sourcesOf(network, one))
    .reduce(unite, []);
  const podsThere = subtract(withPodsIn(network, ranges), ranges);
  if (podsThere.length > 0) to = subtractSets(to, packets({ destination: podsThere, name: network.spaces.names.all }));
  return withoutStrays(network, question, intersectSets(packets({ source: from }), to));
}

/**
 * Some addresses, and the pods that surely have one of them: who excepts a subnet excepts the pods in it. A workload that may also
 * stand elsewhere is not excepted.
 */
function withPodsIn(network: Network, addresses: Intervals): Intervals {
  const { cluster } = network;
  if (cluster === undefined || addresses.length === 0) return addresses;
  const inside = cluster.model.workloads.flatMap((workload, position) => {
    const own = cluster.addressesOf(workload);
    return own !== undefined && subtract(own, addresses).length === 0 ? [position] : [];
  });
  return unite(addresses, podSet(network, inside));
}

/**
 * What `any` does not mean. Addresses where pods live stand for pods, and those are asked about one by one; a workload that stands nowhere in the
 * network sends nothing to its addresses, as far as the state tells.
 */
function withoutStrays(network: Network, question: Question, asked: PacketSet): PacketSet {
  const { cluster } = network.model;
  if (cluster === undefined) return asked;
  const { addresses } = network.spaces;
  const named = (ends: readonly Endpoint[]): Intervals =>
    ends
      .filter((one) => one.kind !== 'any')
      .map((one) => sourcesOf(network, one))
      .reduce(unite, []);
  const podRanges = network.rangesSet(cluster.podRanges);
  const placed = cluster.workloads.flatMap((one, position) => (one.place === undefined ? [] : [position]));
  const unplaced = subtract(addresses.pods, podSet(network, placed));
  let left = asked;
  if (question.from.some((one) => one.kind === 'any')) {
    const asIs = named(question.from);
    const inRanges = subtract(podRanges, asIs);
    if (inRanges.length > 0) left = subtractSets(left, packets({ source: inRanges, destination: addresses.pods }));
    const nowhere = subtract(unplaced, asIs);
    if (nowhere.length > 0) left = subtractSets(left, packets({ source: nowhere, destination: addresses.all }));
  }
  if (question.to.some((one) => one.kind === 'any')) {
    const inRanges = subtract(podRanges, named(question.to));
    if (inRanges.length > 0) left = subtractSets(left, packets({ source: addresses.pods, destination: inRanges }));
  }
  return left;
}
