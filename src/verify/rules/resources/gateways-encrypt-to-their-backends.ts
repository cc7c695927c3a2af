import { since } from '../offers.ts';
import { has, list, resourceRule, wants } from './resource-rule.ts';

export const gatewaysEncryptToTheirBackends = resourceRule({
  id: 'gateways-encrypt-to-their-backends',
  statement: 'Application gateways encrypt to backends that prove their name',
  controls: ['4.2.1', '1.4.2'],
  type: 'Microsoft.Network/applicationGateways',
  faults: (gateway) => [
    has(gateway, 'properties.backendAddressPools'),
    has(gateway, 'properties.backendHttpSettingsCollection'),
    ...list(gateway, 'properties.backendHttpSettingsCollection').flatMap((settings) => [
      wants(settings, 'properties.protocol', 'Https'),
      ...since(
        'validation of backends',
        wants(settings, 'properties.validateCertChainAndExpiry', true),
        wants(settings, 'properties.validateSNI', true),
      ),
      has(settings, 'properties.trustedRootCertificates'),
    ]),
  ],
});
