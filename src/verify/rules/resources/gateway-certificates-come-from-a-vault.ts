import { has, list, resourceRule, setting, wants } from './resource-rule.ts';

export const gatewayCertificatesComeFromAVault = resourceRule({
  id: 'gateway-certificates-come-from-a-vault',
  statement: 'Certificates of application gateways come from a vault, without a version, read with an identity',
  controls: ['3.6.1', '4.2.1.1', '8.6.2'],
  type: 'Microsoft.Network/applicationGateways',
  faults: (gateway) => [
    wants(gateway, 'identity.type', 'UserAssigned'),
    has(gateway, 'properties.sslCertificates'),
    has(gateway, 'properties.trustedRootCertificates'),
    ...[...list(gateway, 'properties.sslCertificates'), ...list(gateway, 'properties.trustedRootCertificates')].map(
      (certificate) =>
        /^https:\/\/[^/]+\/secrets\/[^/]+$/.test(String(setting(certificate, 'properties.keyVaultSecretId')))
          ? undefined
          : `has a certificate ${String(setting(certificate, 'name'))} that does not follow a vault`,
    ),
  ],
});
