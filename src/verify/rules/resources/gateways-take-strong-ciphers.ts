import { resourceRule, wants } from './resource-rule.ts';

export const gatewaysTakeStrongCiphers = resourceRule({
  id: 'gateways-take-strong-ciphers',
  statement: 'Application gateways take TLS 1.2 and 1.3 with strong ciphers only',
  controls: ['4.2.1', '12.3.3'],
  type: 'Microsoft.Network/applicationGateways',
  faults: (resource) => [
    wants(resource, 'properties.sslPolicy.policyName', 'AppGwSslPolicy20220101S'),
    wants(resource, 'properties.sslPolicy.policyType', 'Predefined'),
  ],
});
