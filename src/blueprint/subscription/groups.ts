import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';

/** Azure makes this group by itself, with a watcher in it, for the first network of a region. Its name cannot be chosen. */
export const networkWatcherGroup = 'NetworkWatcherRG';

/** Every resource group that parts may fill, in the order in which people read them. */
export function resourceGroups({ spec, naming, tags }: BuildContext): readonly Resource[] {
  const group = (key: string, name: string, region: string): Resource => ({
    key: `subscription/${key}`,
    stage: 'subscription',
    deployment: 'subscription',
    type: 'Microsoft.Resources/resourceGroups',
    apiVersion: apiVersions.resourceGroups,
    name,
    scope: { kind: 'subscription' },
    location: region,
    tags,
  });
  const [first] = spec.hubs;
  return [
    group('governance', naming.governanceGroup, first.region),
    ...spec.hubs.map(({ region }) => group(`hub-${region}`, naming.hubGroup(region), region)),
    ...spec.hubs.map(({ region }) => group(`monitoring-${region}`, naming.monitoringGroup(region), region)),
    group('network-watchers', networkWatcherGroup, first.region),
    group('images', naming.imageSpokeGroup, spec.imageSpoke.region),
    group('jump-box-images', naming.jumpBoxImageGroup, spec.imageSpoke.region),
    ...spec.clusters.map(({ name, region }) => group(`spoke-${name}`, naming.spokeGroup(name), region)),
    ...spec.clusters.map(({ name, region }) => group(`cluster-${name}`, naming.clusterGroup(name), region)),
  ];
}
