import { nearest } from '../../kernel/nearest.ts';
import type { SpecRule } from './spec-rule.ts';

/** An allowance for one cluster names one that is there. */
export const egressNamesClusters: SpecRule = {
  reads: ['egress', 'clusters'],
  check: (spec) => {
    const names = spec.clusters.map((one) => one.name);
    return spec.egress.flatMap((allowance, i) => {
      if (allowance.cluster === undefined || names.includes(allowance.cluster)) return [];
      const meant = nearest(allowance.cluster, names);
      return [
        {
          code: 'SPEC_CLUSTER_UNKNOWN',
          message: `There is no cluster ${JSON.stringify(allowance.cluster)}.`,
          hint: meant === undefined ? `The clusters are ${names.join(', ')}.` : `Did you mean ${meant}?`,
          at: ['egress', i, 'cluster'],
        },
      ];
    });
  },
};
