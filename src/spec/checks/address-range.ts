import { formatPrefix, hasHostBits, parsePrefix } from '../../kernel/address.ts';
import type { TextRule } from '../complaint.ts';

/** A range is one IPv4 block in CIDR form: the networks of this landing zone carry IPv4 only. */
export const addressRange: TextRule = (text) => {
  const prefix = parsePrefix(text);
  if (prefix?.family === 6) {
    return {
      code: 'SPEC_RANGE_INVALID',
      message: `${text} is an IPv6 range, and only IPv4 ranges can be built.`,
      why: 'Azure Firewall, Bastion and the pod subnets of this landing zone are laid out for IPv4.',
      hint: 'Give an IPv4 range such as 10.240.0.0/16.',
    };
  }
  if (prefix === undefined || !text.includes('/') || hasLeadingZero(text)) {
    return {
      code: 'SPEC_RANGE_INVALID',
      message: `${JSON.stringify(text)} is not an address range.`,
      hint: 'Write it as address and prefix length, e.g. 10.240.0.0/16.',
    };
  }
  return undefined;
};

/** Some readers take `010` for eight: refused rather than guessed. */
const hasLeadingZero = (text: string): boolean => /(^|[./])0\d/.test(text);

/** Azure refuses a prefix whose address is not the first one of its own block. */
export const noHostBits: TextRule = (text) => {
  if (!hasHostBits(text)) return undefined;
  const prefix = parsePrefix(text);
  return {
    code: 'SPEC_HOST_BITS',
    message: `${text} has bits set beyond its prefix length.`,
    why: 'Azure refuses such a range, because two spellings of one block would hide an overlap.',
    ...(prefix === undefined ? {} : { hint: `The block that holds it is ${formatPrefix(prefix)}.` }),
  };
};
