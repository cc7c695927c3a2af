import type { Resource, Value } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import type { Placement } from '../placement.ts';
import { spokeRefs } from '../spoke/refs.ts';
import { dnsDecisions } from './decisions.ts';
import { type ZoneDraft, zonesOf } from './zones.ts';

/** The private zones of each hub, linked to it, and where needed to the spokes of its region. */
export function buildDns(context: BuildContext): PartDraft {
  const built = context.spec.hubs.map(({ region }): Built => {
    const hub = hubRefs(context, region);
    const clusters = context.spec.clusters.filter((cluster) => cluster.region === region);
    return joined(
      ...zonesOf(region, context.spec.components).map((draft) => {
        const zone = privateZone(hub.placement, draft.name, `hub/${region}/zone-${draft.name}`);
        const links = [
          link(hub.placement, zone, draft, { name: hub.network.name, id: hub.networkId }),
          ...(draft.linkedToClusters
            ? clusters.map((cluster) => {
                const spoke = spokeRefs(context, cluster);
                return link({ ...spoke.placement, group: hub.group }, zone, draft, {
                  name: spoke.network.name,
                  id: idOf(spoke.network),
                });
              })
            : []),
        ];
        return joined(
          claimed(zone, draft.decision, 'zones-in-the-hub'),
          ...links.map((one) => claimed(one, draft.decision, 'zones-in-the-hub')),
        );
      }),
    );
  });
  return { name: 'dns', ...joined(...built), decisions: dnsDecisions, intents: [] };
}

function privateZone(placement: Placement, name: string, key: string): Resource {
  return {
    key,
    stage: placement.stage,
    deployment: placement.deployment,
    type: 'Microsoft.Network/privateDnsZones',
    apiVersion: apiVersions.privateDns,
    name,
    scope: { kind: 'resourceGroup', name: placement.group },
    location: 'global',
    tags: placement.tags,
    properties: {},
  };
}

function link(
  placement: Placement,
  zone: Resource,
  draft: ZoneDraft,
  network: { readonly name: string; readonly id: Value },
): Resource {
  return {
    key: `${zone.key}/link-${network.name}`,
    stage: placement.stage,
    deployment: placement.deployment,
    type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
    apiVersion: apiVersions.privateDns,
    name: `${draft.name}/to-${network.name}`,
    scope: { kind: 'resourceGroup', name: placement.group },
    location: 'global',
    tags: placement.tags,
    properties: {
      virtualNetwork: { id: network.id },
      registrationEnabled: false,
      ...(draft.unknownNames === 'Default' ? {} : { resolutionPolicy: draft.unknownNames }),
    },
  };
}
