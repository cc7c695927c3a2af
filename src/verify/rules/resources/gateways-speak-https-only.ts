import { has, list, resourceRule, wants } from './resource-rule.ts';

export const gatewaysSpeakHttpsOnly = resourceRule({
  id: 'gateways-speak-https-only',
  statement: 'Application gateways listen with TLS, on 443, for names that are given, and tell browsers so',
  controls: ['4.2.1', '1.2.6', '2.2.5'],
  type: 'Microsoft.Network/applicationGateways',
  faults: (gateway) => [
    has(gateway, 'properties.httpListeners'),
    has(gateway, 'properties.frontendPorts'),
    has(gateway, 'properties.requestRoutingRules'),
    ...list(gateway, 'properties.httpListeners').flatMap((listener) => [
      wants(listener, 'properties.protocol', 'Https'),
      wants(listener, 'properties.requireServerNameIndication', true),
      has(listener, 'properties.hostName'),
    ]),
    ...list(gateway, 'properties.frontendPorts').map((port) => wants(port, 'properties.port', 443)),
    JSON.stringify(list(gateway, 'properties.rewriteRuleSets')).includes('Strict-Transport-Security')
      ? undefined
      : 'does not tell browsers to ask for HTTPS',
  ],
});
