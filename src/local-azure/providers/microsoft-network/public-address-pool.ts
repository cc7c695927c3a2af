import { formatAddress, parsePrefix } from '../../../kernel/address.ts';
import { sha256 } from '../../../kernel/hash.ts';

/** Where public addresses come from: the documentation ranges of RFC 5737, so that no real host is ever meant. */
const pools = ['203.0.113.0/24', '198.51.100.0/24'] as const;

/** Documentation range of RFC 3849 for IPv6. */
const pool6 = '2001:db8:a5:1::/64';

/**
 * The address of a public IP resource: the same id, the same address, as long as nobody has it already; then the next that is free.
 * Undefined when all are taken.
 */
export function publicAddressFor(id: string, version: 'IPv4' | 'IPv6', taken: ReadonlySet<string>): string | undefined {
  const seed = BigInt(`0x${sha256(id.toLowerCase()).slice(0, 12)}`);
  for (const pool of version === 'IPv4' ? pools : [pool6]) {
    const prefix = parsePrefix(pool);
    if (prefix === undefined) continue;
    const hosts = version === 'IPv4' ? prefix.last - prefix.first - 1n : 65_536n;
    for (let step = 0n; step < hosts; step++) {
      const address = formatAddress(prefix.family, prefix.first + 1n + ((seed + step) % hosts));
      if (!taken.has(address)) return address;
    }
  }
  return undefined;
}
