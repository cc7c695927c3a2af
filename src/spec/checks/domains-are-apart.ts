import type { SpecRule } from './spec-rule.ts';

/** The ingress domain is a private zone in every network: a public name in it could not be resolved from inside. */
export const domainsAreApart: SpecRule = {
  reads: ['domains'],
  check: ({ domains }) =>
    domains.public === domains.ingress || domains.public.endsWith(`.${domains.ingress}`)
      ? [
          {
            code: 'SPEC_DOMAINS_NESTED',
            message: `The public name ${domains.public} lies in the private domain ${domains.ingress}.`,
            why: 'The private zone of the ingress domain is linked to the networks and would hide the public name there.',
            hint: 'Give the ingress a domain of its own, e.g. aks-ingress.contoso.com.',
            at: ['domains', 'ingress'],
            related: [['domains', 'public']],
          },
        ]
      : [],
};
