import { type AddressRange, parseAddress, parsePrefix } from '../kernel/address.ts';
import type { AddressTerm, PortRange, Protocols } from '../reachability/index.ts';

/** `a.b.c.d`, `a.b.c.d/n` or `a.b.c.d-e.f.g.h`; undefined when it is none of them. */
export function parseRange(text: string): AddressRange | undefined {
  const [first, last, more] = text.split('-');
  if (last === undefined) return parsePrefix(text);
  const [from, to] = [parseAddress((first ?? '').trim()), parseAddress(last.trim())];
  if (more !== undefined || from === undefined || to === undefined) return undefined;
  if (from.family !== to.family || from.value > to.value) return undefined;
  return { family: from.family, first: from.value, last: to.value };
}

/** An address condition of a rule: `*`, an address, a prefix, a range, or a service tag. */
export function addressTerm(text: string): AddressTerm {
  if (text === '*' || text.toLowerCase() === 'any') return { kind: 'any' };
  const range = parseRange(text);
  if (range !== undefined) return { kind: 'range', range };
  return /^[a-z][a-z0-9.]*$/i.test(text) ? { kind: 'tag', tag: text } : { kind: 'unknown', what: text };
}

/** `*`, `443` or `1000-2000`; undefined when it is none of them. */
export function parsePorts(text: string): PortRange | undefined {
  if (text === '*') return { from: 0, to: 65535 };
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from <= to && to <= 65535 ? { from, to } : undefined;
}

const protocolNumbers = new Map([
  ['tcp', 6],
  ['udp', 17],
  ['icmp', 1],
  ['icmpv6', 58],
  ['esp', 50],
  ['ah', 51],
]);

/** Protocol names of rules as numbers. `unknown` where one is none that we know. */
export function protocols(names: readonly string[]): Protocols | 'unknown' {
  if (names.some((name) => name === '*' || name.toLowerCase() === 'any')) return undefined;
  const numbers = names.map(
    (name) => protocolNumbers.get(name.toLowerCase()) ?? (/^\d+$/.test(name) ? Number(name) : undefined),
  );
  return numbers.every((number) => number !== undefined) ? (numbers as number[]) : 'unknown';
}
