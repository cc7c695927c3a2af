import { formatPrefix } from '../../kernel/address.ts';
import type { SpecRule } from './spec-rule.ts';

/** Source of the upper limit: Microsoft, "Azure Kubernetes Service CNI networking overview": smaller than /12. */
const widest = 13;
/** The add-ons of a regulated cluster take some forty services; Kubernetes keeps the lowest addresses of the range for fixed ones. */
const narrowest = 24;

export const servicesHaveASize: SpecRule = {
  reads: ['clusters'],
  check: (spec) =>
    spec.clusters.flatMap(({ name, network: { services } }, i) => {
      if (services.length >= widest && services.length <= narrowest) return [];
      return [
        {
          code: 'SPEC_SERVICES_SIZE',
          message: `The services of cluster ${name} have the range ${formatPrefix(services)}; it must be between /${widest} and /${narrowest}.`,
          why:
            services.length < widest
              ? 'AKS takes ranges smaller than /12 only.'
              : 'Add-ons and workload would run out of service addresses.',
          hint: 'The default is 172.16.0.0/16.',
          at: ['clusters', i, 'network', 'services'],
        },
      ];
    }),
};
