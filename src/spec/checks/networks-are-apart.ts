import { formatPrefix, overlaps } from '../../kernel/address.ts';
import { networkSections, networksOf } from './networks.ts';
import type { SpecRule } from './spec-rule.ts';

/** No two networks share an address: hubs and spokes are peered, and routes and firewall rules name addresses. */
export const networksAreApart: SpecRule = {
  reads: networkSections,
  check: (spec) => {
    const networks = networksOf(spec);
    return networks.flatMap((one, i) =>
      networks.slice(i + 1).flatMap((other) =>
        overlaps(one.range, other.range)
          ? [
              {
                code: 'SPEC_RANGES_OVERLAP',
                message: `${capital(one.label)}, ${formatPrefix(one.range)}, and ${other.label}, ${formatPrefix(other.range)}, overlap.`,
                why: 'Azure refuses to peer networks that share addresses, and a rule for one would hold for the other.',
                hint: 'Give one of them another addressSpace.',
                at: one.path,
                related: [other.path],
              },
            ]
          : [],
      ),
    );
  },
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
