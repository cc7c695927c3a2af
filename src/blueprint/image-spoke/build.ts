import type { BuildContext } from '../context.ts';
import { decided, joined, type PartDraft } from '../draft.ts';
import { hubRefs } from '../hub/refs.ts';
import { peerings } from '../network/peering.ts';
import { routeTable } from '../network/route-table.ts';
import { securityGroup } from '../network/security-group.ts';
import { spokeNetworkSettings, virtualNetwork } from '../network/virtual-network.ts';
import { imageSpokeDecisions } from './decisions.ts';
import { imageSpokeIntents } from './intents.ts';
import { imageSpokeRefs } from './refs.ts';
import { imageSpokeRules } from './security-rules.ts';

/** The network where images of jump boxes are built. */
export function buildImageSpoke(context: BuildContext): PartDraft {
  const { imageSpoke } = context.spec;
  const { placement, network, subnetNames } = imageSpokeRefs(context);
  const hub = hubRefs(context, imageSpoke.region);
  const rules = imageSpokeRules(imageSpoke, context.hubIn(imageSpoke.region));
  const routes = { key: 'image-spoke/routes', name: `rt-${network.name}` };
  const groups = {
    build: { key: 'image-spoke/nsg-imagebuilder', name: `nsg-${network.name}-imagebuilder` },
    containers: { key: 'image-spoke/nsg-imagebuilder-containers', name: `nsg-${network.name}-imagebuilder-containers` },
  };
  const { build, containers } = imageSpoke.network.subnets;
  const resource = virtualNetwork(placement, network, {
    space: imageSpoke.network.addressSpace,
    dnsServer: hub.firewallAddress,
    subnets: [
      {
        name: subnetNames.build,
        prefix: build,
        securityGroup: groups.build,
        routeTable: routes,
      },
      ...(containers === undefined
        ? []
        : [
            {
              name: subnetNames.containers,
              prefix: containers,
              securityGroup: groups.containers,
              routeTable: routes,
              delegatedTo: 'Microsoft.ContainerInstance/containerGroups',
            },
          ]),
    ],
  });
  const built = joined(
    routeTable(placement, routes, hub.firewallAddress),
    securityGroup(placement, groups.build, rules.build),
    containers === undefined ? joined() : securityGroup(placement, groups.containers, rules.containers),
    decided(resource, { ...spokeNetworkSettings, 'images-built-apart': ['properties.addressSpace'] }),
    {
      resources: [],
      claims:
        containers === undefined
          ? [{ decision: 'image-builder-through-a-proxy', target: `${resource.key}#${subnetNames.build}` }]
          : [{ decision: 'image-builder-without-proxy', target: `${resource.key}#${subnetNames.containers}` }],
    },
    peerings(placement, 'image-spoke', network, hub),
  );
  return { name: 'image-spoke', ...built, decisions: imageSpokeDecisions, intents: imageSpokeIntents(context) };
}
