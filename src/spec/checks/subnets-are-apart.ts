import { formatPrefix, overlaps } from '../../kernel/address.ts';
import { networkSections, networksOf } from './networks.ts';
import type { SpecRule } from './spec-rule.ts';

/** No two subnets of a network share an address. */
export const subnetsAreApart: SpecRule = {
  reads: networkSections,
  check: (spec) =>
    networksOf(spec).flatMap(({ label, subnets }) =>
      subnets.flatMap((one, i) =>
        subnets.slice(i + 1).flatMap((other) =>
          overlaps(one.range, other.range)
            ? [
                {
                  code: 'SPEC_SUBNETS_OVERLAP',
                  message: `In ${label} the subnets ${one.name}, ${formatPrefix(one.range)}, and ${other.name}, ${formatPrefix(other.range)}, overlap.`,
                  why: 'Azure refuses it, and segmentation is between subnets.',
                  hint: 'Move one of them; a subnet that is not given keeps its place in the default plan.',
                  at: one.path,
                  related: [other.path],
                },
              ]
            : [],
        ),
      ),
    ),
};
