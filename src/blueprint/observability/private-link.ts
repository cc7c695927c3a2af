import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { zonesOf } from '../dns/zones.ts';
import { type Built, claimed, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import { networkResource } from '../placement.ts';
import { spokeRefs } from '../spoke/refs.ts';
import { type MonitoringRefs, monitoringRefs } from './refs.ts';

const scopeType = 'Microsoft.Insights/privateLinkScopes';

/** The one private link scope of a region, and what is reached through it. */
export function privateLinkScope(context: BuildContext, refs: MonitoringRefs): Built {
  const { stage, deployment, group, tags } = refs.placement;
  const { workspace } = hubRefs(context, refs.region);
  const at = { stage, deployment, scope: { kind: 'resourceGroup', name: group } } as const;
  const scope: Resource = {
    ...at,
    ...refs.privateLinkScope,
    type: scopeType,
    apiVersion: apiVersions.privateLinkScopes,
    location: 'global',
    tags,
    properties: { accessModeSettings: { ingestionAccessMode: 'PrivateOnly', queryAccessMode: 'PrivateOnly' } },
  };
  const linked = [workspace, refs.endpoint].map(
    (target): Resource => ({
      ...at,
      key: `${scope.key}/${target.name}`,
      type: `${scopeType}/scopedResources`,
      apiVersion: apiVersions.privateLinkScopes,
      name: `${scope.name}/${target.name}`,
      properties: { linkedResourceId: idOf(target) },
      // Azure refuses two changes of one scope at a time.
      oneAtATime: scope.key,
    }),
  );
  return joined(
    claimed(scope, 'monitoring-scope-is-private-only', 'logs-over-private-link'),
    ...linked.map((one) => claimed(one, 'logs-over-private-link')),
  );
}

/**
 * The endpoint by which a region's networks reach the scope, in the spoke of the region's first cluster: names of the scope are the same
 * for every network that resolves through the hub, so that a second endpoint would take them away from the first.
 */
export function privateLinkEndpoint(context: BuildContext, region: string): Built {
  const cluster = context.spec.clusters.find((one) => one.region === region);
  if (cluster === undefined) return joined();
  const refs = monitoringRefs(context, region);
  const spoke = spokeRefs(context, cluster);
  const name = `pe-${refs.privateLinkScope.name}`;
  const endpoint = networkResource(spoke.placement, {
    key: `spoke-${cluster.name}/private-endpoint-monitoring`,
    type: 'privateEndpoints',
    name,
    properties: {
      subnet: { id: idOf(spoke.network, ['subnets', spoke.subnetName('privateLinkEndpoints')]) },
      customNetworkInterfaceName: `nic-${name}`,
      privateLinkServiceConnections: [
        {
          name: 'monitoring',
          properties: { privateLinkServiceId: idOf(refs.privateLinkScope), groupIds: ['azuremonitor'] },
        },
      ],
    },
  });
  const zones = zonesOf(region, context.spec.components).filter(
    ({ decision }) => decision === 'monitoring-by-private-name' || decision === 'blob-zone-falls-back',
  );
  const names = networkResource(spoke.placement, {
    key: `${endpoint.key}/zones`,
    type: 'privateEndpoints/privateDnsZoneGroups',
    name: `${name}/default`,
    properties: {
      privateDnsZoneConfigs: zones.map((zone) => ({
        name: zone.name.replaceAll('.', '-'),
        properties: { privateDnsZoneId: idOf({ key: `hub/${region}/zone-${zone.name}` }) },
      })),
    },
  });
  return joined(
    claimed(endpoint, 'logs-over-private-link', 'one-monitoring-endpoint-a-region'),
    claimed(names, 'one-monitoring-endpoint-a-region'),
  );
}
