import { contains, formatPrefix } from '../../kernel/address.ts';
import { networkSections, networksOf } from './networks.ts';
import type { SpecRule } from './spec-rule.ts';

/** A subnet lies inside the range of its network. */
export const subnetsLieInTheirNetwork: SpecRule = {
  reads: networkSections,
  check: (spec) =>
    networksOf(spec).flatMap((network) =>
      network.subnets
        .filter((subnet) => !contains(network.range, subnet.range))
        .map((subnet) => ({
          code: 'SPEC_SUBNET_OUTSIDE',
          message: `The subnet ${subnet.name}, ${formatPrefix(subnet.range)}, lies outside ${network.label}, ${formatPrefix(network.range)}.`,
          hint: 'Move the subnet into the addressSpace, or widen that.',
          at: subnet.path,
          related: [network.path],
        })),
    ),
};
