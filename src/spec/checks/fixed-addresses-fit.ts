import { formatPrefix, type Prefix, parseAddress } from '../../kernel/address.ts';
import type { SpecComplaint, SpecRule } from './spec-rule.ts';

/** The smallest subnet of Azure: a /29. */
const smallest = 29;

/** The ingress and the cluster DNS have fixed addresses, which must be free in their ranges. */
export const fixedAddressesFit: SpecRule = {
  reads: ['clusters'],
  check: (spec) =>
    spec.clusters.flatMap(({ network }, i) => [
      ...ingressAddress(network.ingressAddress, network.subnets.ingressServices, i),
      ...dnsServiceAddress(network.dnsServiceAddress, network.services, i),
    ]),
};

function ingressAddress(text: string, subnet: Prefix, i: number): readonly SpecComplaint[] {
  // A subnet without a free address is refused for its size.
  if (subnet.length > smallest) return [];
  const value = numberOf(text);
  const at = ['clusters', i, 'network', 'ingressAddress'];
  const related = [['clusters', i, 'network', 'subnets', 'ingressServices']];
  if (value < subnet.first || value > subnet.last) {
    return [
      {
        code: 'SPEC_ADDRESS_OUTSIDE',
        message: `The ingress address ${text} lies outside its subnet ingressServices, ${formatPrefix(subnet)}.`,
        hint: 'Choose one from the fifth address of the subnet on.',
        at,
        related,
      },
    ];
  }
  if (value < subnet.first + 4n || value === subnet.last) {
    return [
      {
        code: 'SPEC_ADDRESS_RESERVED',
        message: `The ingress address ${text} is one that Azure keeps for itself in ${formatPrefix(subnet)}.`,
        why: 'Azure reserves the first four addresses and the last one of every subnet.',
        hint: 'Choose one from the fifth address of the subnet on, but the last.',
        at,
        related,
      },
    ];
  }
  return [];
}

function dnsServiceAddress(text: string, services: Prefix, i: number): readonly SpecComplaint[] {
  const value = numberOf(text);
  const at = ['clusters', i, 'network', 'dnsServiceAddress'];
  const related = [['clusters', i, 'network', 'services']];
  if (value < services.first || value > services.last) {
    return [
      {
        code: 'SPEC_ADDRESS_OUTSIDE',
        message: `The address of the cluster DNS, ${text}, lies outside the services, ${formatPrefix(services)}.`,
        hint: 'Choose an address of the range, the tenth by habit.',
        at,
        related,
      },
    ];
  }
  if (value <= services.first + 1n || value === services.last) {
    return [
      {
        code: 'SPEC_ADDRESS_RESERVED',
        message: `The address of the cluster DNS, ${text}, is taken in ${formatPrefix(services)}.`,
        why: 'The first address of the services is that of the API server inside the cluster (kubernetes.default).',
        hint: 'Choose another one, the tenth by habit.',
        at,
        related,
      },
    ];
  }
  return [];
}

function numberOf(text: string): bigint {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address.value;
}
