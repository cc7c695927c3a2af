import type { PacketText } from '../model/witness.ts';
import type { TrafficParts } from './cluster/traffic.ts';
import { holds, type Intervals, runsOf } from './intervals.ts';
import type { Network } from './network.ts';
import { type Box, compact, everyPort, type PacketSet, part, withPart } from './packets.ts';
import { icmp, tcp, udp } from './terms.ts';

const protocolNames = new Map([
  [icmp, 'icmp'],
  [tcp, 'tcp'],
  [udp, 'udp'],
  [132, 'sctp'],
  [50, 'esp'],
  [51, 'ah'],
]);

const mostBoxes = 400;

/** Ports that tell a reader most, in the order in which a sample prefers them. */
const tellingPorts = [443, 22, 80, 3389, 53, 123, 6443, 1433, 10250, 8080];
/** 203.0.113.10 (RFC 5737, documentation): a public address that is nobody's. */
const documentationAddress = 3405803786;

/** One packet of a set, as a person would describe it: telling protocol and port, an address inside the range. */
export function samplePacket(network: Network, set: PacketSet): PacketText {
  const one = [...set].sort((a, b) => rank(a) - rank(b))[0];
  if (one === undefined) throw new RangeError('an empty set has no packet');
  const { addresses, names } = network.spaces;
  const protocol = pick(part(one, 'protocol'), [tcp, udp, icmp]);
  const ported = protocol === tcp || protocol === udp;
  const sourcePorts = part(one, 'sourcePort');
  const name = names.describe(pick(part(one, 'name'), [0]));
  return {
    source: addresses.describe(pickAddress(part(one, 'source'))),
    destination: addresses.describe(pickAddress(part(one, 'destination'))),
    protocol: protocolNames.get(protocol) ?? String(protocol),
    ...(ported && covers(sourcePorts) ? {} : ported ? { sourcePort: pick(sourcePorts, [50000]) } : {}),
    ...(ported ? { destinationPort: pick(part(one, 'destinationPort'), tellingPorts) } : {}),
    ...(name === undefined ? {} : { name }),
  };
}

function covers(ports: Intervals): boolean {
  return ports.length === 2 && ports[0] === everyPort[0] && ports[1] === everyPort[1];
}

function rank(one: Box): number {
  const protocol = part(one, 'protocol');
  const order = [tcp, udp, icmp].findIndex((number) => holds(protocol, number));
  return order < 0 ? 3 : order;
}

function pick(set: Intervals, preferred: readonly number[]): number {
  return preferred.find((value) => holds(set, value)) ?? (set[0] as number);
}

function pickAddress(set: Intervals): number {
  if (holds(set, documentationAddress)) return documentationAddress;
  const [from = 0, until = 1] = set;
  // Azure keeps the first four addresses of a subnet.
  return until - from > 8 ? from + 4 : from;
}

/** Traffic in words: protocols and ports. */
export function describeTraffic({ protocol, destinationPort }: TrafficParts): string {
  const protocols = protocol === undefined ? 'any' : describeProtocols(protocol);
  return `protocol ${protocols}, port ${destinationPort === undefined ? 'any' : describePorts(destinationPort)}`;
}

/** What a set holds, whoever sends it to whom: a line a class. */
export function describeWithoutEnds(network: Network, set: PacketSet): readonly string[] {
  const { all } = network.spaces.addresses;
  const lines = describePackets(
    network,
    set.map((one) => withPart(withPart(one, 'source', all), 'destination', all)),
  );
  return [...new Set(lines.map((line) => line.replace(/^any to any, /, '')))];
}

/** A set in words, a line a class: for messages, not for machines. */
export function describePackets(network: Network, set: PacketSet): readonly string[] {
  const { addresses, names } = network.spaces;
  // Putting boxes together takes the square of their number: of very many the first will do.
  return compact(set.length > mostBoxes ? set.slice(0, mostBoxes) : set).map((one) => {
    const name = part(one, 'name');
    const named = names.describeSet(name);
    const words = [
      `${addresses.describeSet(part(one, 'source'))} to ${addresses.describeSet(part(one, 'destination'))}`,
      `protocol ${describeProtocols(part(one, 'protocol'))}`,
      `port ${describePorts(part(one, 'destinationPort'))}`,
      ...(named === 'no name' || named === 'any or no name' ? [] : [`names ${named}`]),
    ];
    return words.join(', ');
  });
}

function describeProtocols(set: Intervals): string {
  if (set.length === 2 && set[0] === 0 && set[1] === 256) return 'any';
  const words: string[] = [];
  for (const [from, until] of runsOf(set)) {
    if (until - from > 3) words.push(`${from}-${until - 1}`);
    else for (let number = from; number < until; number++) words.push(protocolNames.get(number) ?? String(number));
  }
  return words.join('/');
}

function describePorts(set: Intervals): string {
  if (covers(set)) return 'any';
  return [...runsOf(set)].map(([from, until]) => (until - from === 1 ? `${from}` : `${from}-${until - 1}`)).join(', ');
}
