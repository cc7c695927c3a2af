import { contains, overlaps, type Prefix, parsePrefix } from '../../kernel/address.ts';
import type { TextRule } from '../complaint.ts';

interface ReservedRange {
  readonly range: string;
  readonly by: string;
}

/**
 * Source of the first five: Microsoft, "Azure Virtual Network FAQ", address ranges that cannot be added to a virtual network.
 * Of the rest: Microsoft, "Azure CNI networking in AKS", prerequisites: neither services nor pods nor the cluster's network.
 */
const reservedRanges: readonly ReservedRange[] = [
  { range: '224.0.0.0/4', by: 'multicast; Azure refuses it in a virtual network' },
  { range: '255.255.255.255/32', by: 'broadcast; Azure refuses it in a virtual network' },
  { range: '127.0.0.0/8', by: 'loopback; Azure refuses it in a virtual network' },
  { range: '169.254.0.0/16', by: 'link-local, where the instance metadata service answers; Azure and AKS refuse it' },
  { range: '168.63.129.16/32', by: "Azure's own DNS, DHCP and health probes; Azure refuses it in a virtual network" },
  { range: '172.30.0.0/16', by: 'AKS, for itself' },
  { range: '172.31.0.0/16', by: 'AKS, for itself' },
  { range: '192.0.2.0/24', by: 'AKS, for itself' },
];

/** RFC 1918, and RFC 6598 (shared address space), which Azure routes as private too. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

const parsed = (text: string): Prefix => {
  const prefix = parsePrefix(text);
  if (prefix === undefined) throw new Error(`${text} is no prefix`);
  return prefix;
};

/** No part of a range may lie where Azure or AKS keep addresses for themselves. */
export const notReserved: TextRule = (text) => {
  const prefix = parsed(text);
  const reserved = reservedRanges.find(({ range }) => overlaps(parsed(range), prefix));
  return reserved === undefined
    ? undefined
    : {
        code: 'SPEC_RANGE_RESERVED',
        message: `${text} takes addresses of ${reserved.range}, which is reserved.`,
        why: `It belongs to: ${reserved.by}.`,
        hint: 'Choose a range in 10.0.0.0/8, 172.16.0.0/12 below 172.30.0.0, or 192.168.0.0/16.',
      };
};

/** All of a range must be private: public addresses inside would hide hosts of the Internet, and the firewall would not translate them. */
export const isPrivate: TextRule = (text) => {
  const prefix = parsed(text);
  return privateRanges.some((range) => contains(parsed(range), prefix))
    ? undefined
    : {
        code: 'SPEC_RANGE_PUBLIC',
        message: `${text} is not a private range.`,
        why: 'Hosts of the Internet that own these addresses could not be reached, and Azure Firewall does not hide public addresses behind its own.',
        hint: `Choose a range inside ${privateRanges.join(', ')}.`,
      };
};
