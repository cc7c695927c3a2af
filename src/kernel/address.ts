import ipaddr from 'ipaddr.js';

export type AddressFamily = 4 | 6;

/** A contiguous run of addresses of one family, both ends included. IPv4 addresses are numbers below 2^32. */
export interface AddressRange {
  readonly family: AddressFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/** A CIDR block. */
export interface Prefix extends AddressRange {
  readonly length: number;
}

const bitsOf = (family: AddressFamily): number => (family === 4 ? 32 : 128);

/** Parses one IPv4 (four decimal parts) or IPv6 address; undefined when it is none. */
export function parseAddress(text: string): { readonly family: AddressFamily; readonly value: bigint } | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const parsed = ipaddr.parse(text);
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { family: parsed.kind() === 'ipv4' ? 4 : 6, value };
}

/** The text form of an address: dotted decimal, or RFC 5952 for IPv6. */
export function formatAddress(family: AddressFamily, value: bigint): string {
  const bytes = Array.from({ length: bitsOf(family) / 8 }, (_, i) =>
    Number((value >> BigInt(bitsOf(family) - 8 * (i + 1))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/**
 * Parses `a.b.c.d/n`, or a single address as its host prefix. Undefined when it is neither.
 * `first` is the network address even if host bits are set: see `hasHostBits`.
 */
export function parsePrefix(text: string): Prefix | undefined {
  const [head, tail, more] = text.split('/');
  const address = head === undefined || more !== undefined ? undefined : parseAddress(head);
  if (address === undefined) return undefined;
  const bits = bitsOf(address.family);
  if (tail !== undefined && !/^\d{1,3}$/.test(tail)) return undefined;
  const length = tail === undefined ? bits : Number(tail);
  if (length > bits) return undefined;
  const size = 1n << BigInt(bits - length);
  const first = (address.value / size) * size;
  return { family: address.family, first, last: first + size - 1n, length };
}

/** Whether the address part of `a.b.c.d/n` is not the network's own first address (Azure refuses such prefixes). */
export function hasHostBits(text: string): boolean {
  const prefix = parsePrefix(text);
  const address = parseAddress(text.split('/')[0] ?? '');
  return prefix !== undefined && address !== undefined && prefix.first !== address.value;
}

export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.family, prefix.first)}/${prefix.length}`;
}

export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** The fewest prefixes that together are exactly the range. */
export function prefixesOf(range: AddressRange): readonly Prefix[] {
  const bits = bitsOf(range.family);
  const result: Prefix[] = [];
  let first = range.first;
  while (first <= range.last) {
    let length = bits;
    while (length > 0) {
      const size = 1n << BigInt(bits - length + 1);
      if (first % size !== 0n || first + size - 1n > range.last) break;
      length--;
    }
    const last = first + (1n << BigInt(bits - length)) - 1n;
    result.push({ family: range.family, first, last, length });
    first = last + 1n;
  }
  return result;
}
