import type { AddressRange } from '../kernel/address.ts';
import { type Intervals, intersect, runsOf, subtract } from './intervals.ts';
import type { AddressTerm, PortRange, Protocols } from './model.ts';
import type { Network } from './network.ts';
import { type Box, everyPort, everyProtocol, part } from './packets.ts';

/** The conditions of a rule that matches exactly some packets. */
export interface RuleParts {
  readonly protocols: Protocols;
  readonly sources: readonly AddressTerm[];
  readonly destinations: readonly AddressTerm[];
  readonly sourcePorts: readonly PortRange[];
  readonly destinationPorts: readonly PortRange[];
}

/** A box as the conditions of one rule; undefined where it speaks of pods or of parts of service tags, which no rule of the network can name. */
export function ruleParts(network: Network, box: Box): RuleParts | undefined {
  const sources = termsOf(network, part(box, 'source'));
  const destinations = termsOf(network, part(box, 'destination'));
  if (sources === undefined || destinations === undefined) return undefined;
  return {
    protocols: protocolsOf(part(box, 'protocol')),
    sources,
    destinations,
    sourcePorts: portsOf(part(box, 'sourcePort')),
    destinationPorts: portsOf(part(box, 'destinationPort')),
  };
}

function termsOf({ spaces: { addresses, tags } }: Network, set: Intervals): readonly AddressTerm[] | undefined {
  if (subtract(addresses.all, set).length === 0) return [{ kind: 'any' }];
  const terms: AddressTerm[] = [];
  let rest = set;
  const take = (term: AddressTerm, of: Intervals): void => {
    if (of.length === 0 || subtract(of, rest).length > 0) return;
    terms.push(term);
    rest = subtract(rest, of);
  };
  take({ kind: 'tag', tag: 'Internet' }, addresses.internet);
  for (const tag of tags) take({ kind: 'tag', tag }, addresses.ofTag(tag));
  for (const [from, until] of runsOf(intersect(rest, [0, 2 ** 32]))) {
    const range: AddressRange = { family: 4, first: BigInt(from), last: BigInt(until - 1) };
    // A public range is itself under every label; one that is not whole cannot be said by its addresses.
    if (subtract(addresses.ofRange(range), rest).length > 0) return undefined;
    terms.push({ kind: 'range', range });
    rest = subtract(rest, addresses.ofRange(range));
  }
  return rest.length === 0 ? terms : undefined;
}

function protocolsOf(set: Intervals): Protocols {
  if (subtract(everyProtocol, set).length === 0) return undefined;
  return [...runsOf(set)].flatMap(([from, until]) => Array.from({ length: until - from }, (_, n) => from + n));
}

function portsOf(set: Intervals): readonly PortRange[] {
  if (subtract(everyPort, set).length === 0) return [];
  return [...runsOf(set)].map(([from, until]) => ({ from, to: until - 1 }));
}
