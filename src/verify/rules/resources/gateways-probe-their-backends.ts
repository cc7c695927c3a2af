import { has, list, resourceRule, wants } from './resource-rule.ts';

export const gatewaysProbeTheirBackends = resourceRule({
  id: 'gateways-probe-their-backends',
  statement: 'Application gateways ask backends for their health, over the way of requests',
  controls: ['10.7.2', '2.2.1'],
  type: 'Microsoft.Network/applicationGateways',
  faults: (gateway) => [
    has(gateway, 'properties.probes'),
    ...list(gateway, 'properties.backendHttpSettingsCollection').map((settings) =>
      has(settings, 'properties.probe.id'),
    ),
    ...list(gateway, 'properties.probes').flatMap((probe) => [
      wants(probe, 'properties.protocol', 'Https'),
      has(probe, 'properties.match.statusCodes'),
    ]),
  ],
});
