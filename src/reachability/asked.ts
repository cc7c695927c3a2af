import { type Intervals, subtract, unite } from './intervals.ts';
import type { Network } from './network.ts';
import { intersectSets, type PacketSet, packets, subtractSets, uniteSets } from './packets.ts';
import type { Endpoint, Question } from './question.ts';
import { platformAddress, portedProtocols, transport } from './terms.ts';

/** The addresses that an endpoint stands for as a source. Host names and FQDN tags stand for none. */
function sourcesOf(network: Network, endpoint: Endpoint): Intervals {
  switch (endpoint.kind) {
    case 'addresses':
      return network.rangesSet(endpoint.ranges);
    case 'internet':
      return network.internet.addresses;
    case 'any':
      return unite(insideAddresses(network), network.internet.addresses);
    case 'tag':
      return endpoint.addresses ? network.spaces.addresses.ofTag(endpoint.tag) : [];
    case 'platform-dns':
      return network.spaces.addresses.ofRange(platformAddress);
    case 'name':
      return [];
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
        packets({ destination: insideAddresses(network), name: plain }),
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
    case 'name':
      return packets({ destination: network.internet.addresses, name: names.ofPattern(endpoint.pattern) });
  }
}

/** Exactly the packets that a question is about. */
export function askedPackets(network: Network, question: Question): PacketSet {
  const from = subtract(
    question.from.map((one) => sourcesOf(network, one)).reduce(unite, []),
    (question.exceptFrom ?? []).map((one) => sourcesOf(network, one)).reduce(unite, []),
  );
  let to: PacketSet = [];
  for (const endpoint of question.to) to = uniteSets(to, packetsTo(network, endpoint, 'ask', question.name));
  for (const endpoint of question.exceptTo ?? [])
    to = subtractSets(to, packetsTo(network, endpoint, 'cover', undefined));
  const between = intersectSets(packets({ source: from }), to);
  if (question.traffic.length === 0) return between;
  let traffic: PacketSet = [];
  for (const { protocols, ports } of question.traffic) {
    // A port without a protocol asks about the protocols that have ports.
    traffic = uniteSets(traffic, transport(protocols ?? (ports.length > 0 ? [6, 17] : undefined), ports).must);
  }
  return intersectSets(between, traffic);
}
