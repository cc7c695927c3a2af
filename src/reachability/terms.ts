import { parsePrefix } from '../kernel/address.ts';
import type { AddressSpace } from './address-space.ts';
import { type Intervals, interval, intervals, subtract, unite } from './intervals.ts';
import type { AddressTerm, PortRange, Protocols } from './model.ts';
import { everyPort, everyProtocol, type PacketSet, packets } from './packets.ts';

export const tcp = 6;
export const udp = 17;
export const icmp = 1;

/** The protocols that have ports, as far as the platform's rules look at them. */
export const portedProtocols: Intervals = intervals([
  [tcp, tcp + 1],
  [udp, udp + 1],
]);
const portless = subtract(everyProtocol, portedProtocols);

/** The platform's own address: load balancer probes, DNS, DHCP, the wire server (statements 52, 53). */
export const platformAddress = single('168.63.129.16');
export const metadataAddress = single('169.254.169.254');

function single(text: string) {
  const range = parsePrefix(text);
  if (range === undefined) throw new RangeError(text);
  return range;
}

/** What a rule's terms stand for: `must` surely, `may` possibly. */
export interface TermSets {
  readonly may: Intervals;
  readonly must: Intervals;
}

/** Where terms that name something of the model find it. */
export interface TermScope {
  readonly addresses: AddressSpace;
  /** What the tag VirtualNetwork stands for there. */
  readonly virtualNetwork: Intervals;
  /** The addresses of an application security group. */
  ofGroup(group: string): Intervals;
}

export function termSets(terms: readonly AddressTerm[], scope: TermScope): TermSets {
  let may: Intervals = [];
  let must: Intervals = [];
  for (const term of terms) {
    if (term.kind === 'unknown') {
      may = scope.addresses.all;
      continue;
    }
    const set = termSet(term, scope);
    may = unite(may, set);
    must = unite(must, set);
  }
  return { may, must };
}

function termSet(term: Exclude<AddressTerm, { kind: 'unknown' }>, scope: TermScope): Intervals {
  switch (term.kind) {
    case 'any':
      return scope.addresses.all;
    case 'range':
      return scope.addresses.ofRange(term.range);
    case 'group':
      return scope.ofGroup(term.group);
    case 'tag':
      switch (term.tag.toLowerCase()) {
        case 'internet':
          return scope.addresses.internet;
        case 'virtualnetwork':
          return scope.virtualNetwork;
        case 'azureloadbalancer':
          return scope.addresses.ofRange(platformAddress);
        // These three speak of platform addresses, which the platform layer looks at by itself.
        case 'azureplatformdns':
        case 'azureplatformimds':
        case 'azureplatformlkm':
          return [];
        default:
          return scope.addresses.ofTag(term.tag);
      }
  }
}

/** Port ranges as a set; none given means every port. */
export function portSet(ports: readonly PortRange[]): Intervals {
  return ports.length === 0 ? everyPort : intervals(ports.map(({ from, to }) => [from, to + 1] as const));
}

export function protocolSet(protocols: Protocols): Intervals {
  return protocols === undefined ? everyProtocol : intervals(protocols.map((number) => [number, number + 1] as const));
}

/**
 * The packets of protocols and ports. Protocols without ports ignore the port condition when they are named (statement 55); when a rule
 * says "any protocol" and restricts ports, whether it matches them is left open.
 */
export function transport(
  protocols: Protocols,
  destinationPorts: readonly PortRange[],
  sourcePorts: readonly PortRange[] = [],
): { readonly may: PacketSet; readonly must: PacketSet } {
  const asked = protocolSet(protocols);
  const destinationPort = portSet(destinationPorts);
  const sourcePort = portSet(sourcePorts);
  const free = covers(destinationPort) && covers(sourcePort);
  if (free) {
    const every = packets({ protocol: asked });
    return { may: every, must: every };
  }
  const ported = packets({ protocol: subtract(asked, portless), destinationPort, sourcePort });
  const without = packets({ protocol: subtract(asked, portedProtocols) });
  const may = [...ported, ...without];
  return { may, must: protocols === undefined ? ported : may };
}

function covers(ports: Intervals): boolean {
  return subtract(interval(0, 65536), ports).length === 0;
}
