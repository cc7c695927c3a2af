import { type OriginalRow, rowsOf } from '../row.ts';

const gateway = rowsOf('resource', 'cluster-stamp');
const part = rowsOf('setting', 'apw-aks-H');
const own = (path: string): string => `gateway-01/gateway#${path}`;

/** The original's Application Gateway. */
export const gatewayRows: readonly OriginalRow[] = [
  gateway('apw-aks-H', 'Application Gateway', 'gateway-01/gateway'),
  part('SKU', 'WAF_v2, zones 1 to 3', [own('properties.sku'), own('zones')]),
  part('capacity', '0 to 10', own('properties.autoscaleConfiguration'), 'At least two instances.'),
  part('HTTP/2', 'off', own('properties.enableHttp2')),
  part('identity', 'mi-appgateway-frontend', own('identity')),
  part('gateway address', 'snet-applicationgateway', own('properties.gatewayIPConfigurations')),
  part('frontend', 'public address, port 443', [
    own('properties.frontendIPConfigurations'),
    own('properties.frontendPorts'),
  ]),
  part(
    'TLS policy',
    'custom: TLS 1.2, two suites',
    own('properties.sslPolicy'),
    'Microsoft’s strong policy: TLS 1.2 and 1.3.',
  ),
  part('certificate of the listener', 'from the vault', own('properties.sslCertificates')),
  part(
    'trusted root',
    'the ingress’s own certificate',
    own('properties.trustedRootCertificates'),
    'The authority that signs it.',
  ),
  part('listener', 'HTTPS, bicycle.contoso.com, SNI', own('properties.httpListeners')),
  part('backend pool', '10.240.4.4', own('properties.backendAddressPools')),
  part('HTTP settings', 'HTTPS 443, host override, 20 s', own('properties.backendHttpSettingsCollection')),
  part('probe in use', 'HTTPS /favicon.ico', own('properties.probes'), 'Asks the ingress whether it can serve.'),
  part('probe ingress-controller', 'HTTPS /healthz, used by nothing', [], 'A probe that nothing uses is not made.'),
  part('routing rule', 'listener to pool', own('properties.requestRoutingRules')),
  part(
    'web application firewall',
    'inline: OWASP 3.2, Prevention, no bot rules',
    ['gateway-01/firewall-policy#properties.managedRules', 'gateway-01/firewall-policy#properties.policySettings.mode'],
    'A policy of its own with Microsoft’s rules 2.2 and those against bots; inline configuration ends 2027-03-15.',
    { in2021: [own('properties.webApplicationFirewallConfiguration')] },
  ),
];
