import { formatAddress, formatPrefix, type Prefix, parsePrefix } from '../../kernel/address.ts';
import { type CallSite, define, type FunctionDefinition, integerArg, invalid, textArg } from './definition.ts';

const bitsOf = (prefix: Prefix): number => (prefix.family === 4 ? 32 : 128);

function prefixArg(args: readonly unknown[], site: CallSite): Prefix {
  const text = textArg(args, 0, site);
  const prefix = text.includes('/') ? parsePrefix(text) : undefined;
  if (prefix === undefined) throw invalid(site, `'${text.slice(0, 60)}' is not an IP network in CIDR notation.`);
  return prefix;
}

/** First and last address that a host may have: in IPv4 neither the network's own nor the broadcast address. */
function usable(prefix: Prefix): readonly [bigint, bigint] {
  if (prefix.family === 6) return [prefix.first, prefix.last];
  return prefix.length >= 31 ? [prefix.first, prefix.first] : [prefix.first + 1n, prefix.last - 1n];
}

function parseCidr(args: readonly unknown[], site: CallSite): unknown {
  const prefix = prefixArg(args, site);
  const bits = BigInt(bitsOf(prefix));
  const mask = ((1n << bits) - 1n) ^ ((1n << (bits - BigInt(prefix.length))) - 1n);
  const show = (value: bigint): string => formatAddress(prefix.family, value);
  const [first, last] = usable(prefix);
  return {
    network: show(prefix.first),
    netmask: show(mask),
    ...(prefix.family === 4 ? { broadcast: show(prefix.last) } : {}),
    firstUsable: show(first),
    lastUsable: show(last),
    cidr: prefix.length,
  };
}

function cidrSubnet(args: readonly unknown[], site: CallSite): string {
  const prefix = prefixArg(args, site);
  const length = integerArg(args, 1, site);
  const at = integerArg(args, 2, site);
  const bits = BigInt(bitsOf(prefix));
  if (length < BigInt(prefix.length) || length > bits)
    throw invalid(site, `the new prefix length '${length}' has to be between '${prefix.length}' and '${bits}'.`);
  const count = 1n << (length - BigInt(prefix.length));
  if (at < 0n || at >= count)
    throw invalid(site, `the subnet index '${at}' has to be between '0' and '${count - 1n}'.`);
  const size = 1n << (bits - length);
  const first = prefix.first + at * size;
  return formatPrefix({ family: prefix.family, first, last: first + size - 1n, length: Number(length) });
}

function cidrHost(args: readonly unknown[], site: CallSite): string {
  const prefix = prefixArg(args, site);
  const at = integerArg(args, 1, site);
  const [first, last] = prefix.family === 4 ? usable(prefix) : [prefix.first + 1n, prefix.last];
  if (at < 0n || first + at > last) throw invalid(site, `the host index '${at}' is outside of the network.`);
  return formatAddress(prefix.family, first + at);
}

export const cidrFunctions: readonly FunctionDefinition[] = [
  define('cidrHost', 2, 2, cidrHost),
  define('cidrSubnet', 3, 3, cidrSubnet),
  define('parseCidr', 1, 1, parseCidr),
];
