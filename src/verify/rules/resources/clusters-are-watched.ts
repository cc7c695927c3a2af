import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const clustersAreWatched = resourceRule({
  id: 'clusters-are-watched',
  statement: 'Clusters have Defender’s sensor, metrics, and logs that are sent with an identity',
  controls: ['5.2.1', '10.2.1', '10.3.3'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) => [
    ...since(
      'Defender’s sensor',
      wants(resource, 'properties.securityProfile.defender.securityMonitoring.enabled', true),
    ),
    ...since('managed Prometheus', wants(resource, 'properties.azureMonitorProfile.metrics.enabled', true)),
    wants(resource, 'properties.addonProfiles.omsagent.enabled', true),
    ...since(
      'logs sent with an identity',
      wants(resource, 'properties.addonProfiles.omsagent.config.useAADAuth', 'true'),
    ),
  ],
});
