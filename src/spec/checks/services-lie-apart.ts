import { formatPrefix, overlaps } from '../../kernel/address.ts';
import { networkSections, networksOf } from './networks.ts';
import type { SpecRule } from './spec-rule.ts';

/** The service range of a cluster is not routed: an address in it never leaves the cluster, so no network may own it. */
export const servicesLieApart: SpecRule = {
  reads: networkSections,
  check: (spec) =>
    spec.clusters.flatMap(({ name, network: { services } }, i) =>
      networksOf(spec)
        .filter((network) => overlaps(network.range, services))
        .map((network) => ({
          code: 'SPEC_RANGES_OVERLAP',
          message: `The services of cluster ${name}, ${formatPrefix(services)}, and ${network.label}, ${formatPrefix(network.range)}, overlap.`,
          why: 'Pods could not reach the hosts whose addresses are also those of services.',
          hint: 'Give network.services another range; clusters may share one.',
          at: ['clusters', i, 'network', 'services'],
          related: [network.path],
        })),
    ),
};
