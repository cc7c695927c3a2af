import type { ArmResource } from '../../../model/resource.ts';
import { since } from '../offers.ts';
import { has, list, resourceRule, setting, wants } from './resource-rule.ts';

export const gatewaysTakeStrongCiphers = resourceRule({
  id: 'gateways-take-strong-ciphers',
  statement: 'Application gateways take TLS 1.2 and 1.3 with strong ciphers only',
  controls: ['4.2.1', '12.3.3'],
  type: 'Microsoft.Network/applicationGateways',
  faults: (resource) => [
    ...since(
      'predefined TLS policies of 2022',
      wants(resource, 'properties.sslPolicy.policyName', 'AppGwSslPolicy20220101S'),
      wants(resource, 'properties.sslPolicy.policyType', 'Predefined'),
    ),
    ...(setting(resource, 'properties.sslPolicy.policyType') === 'Predefined' ? [] : ownChoice(resource)),
  ],
});

/** A gateway's own choice of ciphers: each with a key of its own for each session, and authenticated. */
function ownChoice(gateway: ArmResource): readonly (string | undefined)[] {
  return [
    wants(gateway, 'properties.sslPolicy.minProtocolVersion', 'TLSv1_2', 'TLSv1_3'),
    has(gateway, 'properties.sslPolicy.cipherSuites'),
    ...list(gateway, 'properties.sslPolicy.cipherSuites').map((suite) =>
      /^TLS_(ECDHE_\w+_WITH_)?AES_\d+_GCM_SHA\d+$/.test(String(suite)) ? undefined : `takes ${String(suite)}`,
    ),
  ];
}
