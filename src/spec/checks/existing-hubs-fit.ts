import { formatPrefix, parseAddress } from '../../kernel/address.ts';
import type { SpecRule } from './spec-rule.ts';

/** The firewall of a hub that is there answers in that hub's own subnet for it. */
export const existingHubsFit: SpecRule = {
  reads: ['hubs'],
  check: (spec) =>
    spec.hubs.flatMap(({ existing, network }, i) => {
      const { firewall } = network.subnets;
      const value = existing === undefined ? undefined : parseAddress(existing.firewallAddress)?.value;
      if (existing === undefined || value === undefined || (value >= firewall.first && value <= firewall.last))
        return [];
      return [
        {
          code: 'SPEC_ADDRESS_OUTSIDE',
          message: `The firewall’s address ${existing.firewallAddress} lies outside the subnet of the firewall, ${formatPrefix(firewall)}.`,
          why: 'Routes lead to this address, and rules are made for the range that it lies in.',
          hint: 'Give the ranges that the hub really has under network.',
          at: ['hubs', i, 'existing', 'firewallAddress'],
          related: [['hubs', i, 'network', 'subnets', 'firewall']],
        },
      ];
    }),
};
