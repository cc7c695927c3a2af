import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { claimed, joined, type PartDraft } from '../draft.ts';
import { subscriptionDecisions } from './decisions.ts';

/** The resource groups: one a hub, one a spoke. */
export function buildSubscription({ spec, naming, tags }: BuildContext): PartDraft {
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
  const groups = [
    ...spec.hubs.map(({ region }) => group(`hub-${region}`, naming.hubGroup(region), region)),
    group('images', naming.imageSpokeGroup, spec.imageSpoke.region),
    ...spec.clusters.map(({ name, region }) => group(`spoke-${name}`, naming.spokeGroup(name), region)),
  ];
  return {
    name: 'subscription',
    ...joined(...groups.map((resource) => claimed(resource, 'groups-follow-duties'))),
    decisions: subscriptionDecisions,
    intents: [],
  };
}
