import { resourceRule, setting } from './resource-rule.ts';

export const firewallsDoNotOpenTls = resourceRule({
  id: 'firewalls-do-not-open-tls',
  statement: 'Firewalls hold no authority with which they could open TLS',
  controls: ['4.2.1', '3.6.1'],
  type: 'Microsoft.Network/firewallPolicies',
  faults: (policy) => [
    setting(policy, 'properties.transportSecurity.certificateAuthority') === undefined
      ? undefined
      : 'holds an authority that signs for any name',
  ],
});
