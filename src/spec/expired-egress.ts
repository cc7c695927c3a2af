import type { Finding } from '../model/finding.ts';
import { formatPath } from './path.ts';
import type { Spec } from './spec.ts';

/**
 * The allowances whose last day is past on `today` (its UTC date): not errors, since they no longer let anything out, but somebody
 * must renew or remove them (PCI DSS 1.2.7, review of rule sets).
 */
export function expiredEgress(spec: Spec, today: Date): readonly Finding[] {
  const day = today.toISOString().slice(0, 10);
  return spec.egress.flatMap((allowance, i) => {
    if (allowance.expires >= day) return [];
    const location = spec.places.get(formatPath(['egress', i, 'expires']));
    return [
      {
        ruleId: 'egress-allowance-expired',
        level: 'warning',
        message: `The allowance ${allowance.name} expired on ${allowance.expires} and is left out of the firewall: ${allowance.owner} renews or removes it.`,
        controls: ['pci-dss-4.0.1:1.2.7'],
        ...(location === undefined ? {} : { location }),
      },
    ];
  });
}
