import type { SpecRule } from './spec-rule.ts';

/**
 * Regions where an API server cannot stand in a network of the customer. Source: Microsoft, "API Server VNet Integration",
 * 2026-04-15.
 */
const withoutIntegration: readonly string[] = ['qatarcentral'];

/** Long-term support is sold with the premium tier only. Source: Microsoft, "Long-term support for AKS versions". */
export const longTermSupportNeedsPremium: SpecRule = {
  reads: ['clusters'],
  check: (spec) =>
    spec.clusters.flatMap(({ name, kubernetes }, i) =>
      kubernetes.support === 'long-term' && kubernetes.tier !== 'premium'
        ? [
            {
              code: 'SPEC_SUPPORT_NEEDS_PREMIUM',
              message: `The cluster ${name} asks for long-term support in the ${kubernetes.tier} tier.`,
              why: 'AKS gives long-term support to clusters of the premium tier only.',
              hint: 'Set `tier: premium`, or `support: standard`, which ends a year earlier.',
              at: ['clusters', i, 'kubernetes', 'tier'],
              related: [['clusters', i, 'kubernetes', 'support']],
            },
          ]
        : [],
    ),
};

export const apiServersStandInTheNetwork: SpecRule = {
  reads: ['profile', 'clusters'],
  check: (spec) =>
    spec.clusters.flatMap(({ name, region }, i) =>
      spec.components.apiServer === 'vnet-integration' && withoutIntegration.includes(region)
        ? [
            {
              code: 'SPEC_REGION_WITHOUT_INTEGRATION',
              message: `The cluster ${name} is in ${region}, where AKS cannot put its API server into our network.`,
              why: 'The cluster’s secrets are encrypted with a key in a private vault, which only an API server in the network reaches.',
              hint: 'Choose another region.',
              at: ['clusters', i, 'region'],
            },
          ]
        : [],
    ),
};
