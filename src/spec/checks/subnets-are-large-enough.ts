import { formatPrefix } from '../../kernel/address.ts';
import { networkSections, networksOf } from './networks.ts';
import type { SpecRule } from './spec-rule.ts';

/** Each subnet has the size that its purpose needs; the reasons are in the address plan. */
export const subnetsAreLargeEnough: SpecRule = {
  reads: networkSections,
  check: (spec) =>
    networksOf(spec).flatMap((network) =>
      network.subnets
        .filter((subnet) => subnet.range.length > subnet.plan.longest)
        .map((subnet) => ({
          code: 'SPEC_SUBNET_TOO_SMALL',
          message: `The subnet ${subnet.name}, ${formatPrefix(subnet.range)}, is smaller than /${subnet.plan.longest}.`,
          why: `${subnet.plan.because.charAt(0).toUpperCase()}${subnet.plan.because.slice(1)}.`,
          hint: `Make it a /${subnet.plan.longest} or larger; the default is a /${subnet.plan.range.split('/')[1]}.`,
          at: subnet.path,
        })),
    ),
};
