import type { HubRequests } from '../model/blueprint.ts';
import type { OutputFile } from '../model/deployments.ts';
import type { Resource } from '../model/resource.ts';
import { jsonText, renderDeployments } from './listings.ts';
import { renderResource } from './render-resource.ts';

const folder = 'hub-owner';

/**
 * What the owners of existing hubs are asked to add, as a folder of deployments of its own: `hub-owner/deployments.yaml` and a template
 * a region. We deploy none of it.
 */
export function hubOwnerFiles(requests: readonly HubRequests[]): readonly OutputFile[] {
  if (requests.length === 0) return [];
  const entries = requests.map(({ region, scope }) => ({
    template: `${region}.json`,
    scope,
    name: `hub-${region}-for-spokes`,
  }));
  return [
    {
      path: `${folder}/deployments.yaml`,
      text: renderDeployments(entries, [
        'What the owners of the hubs are asked to add, once our networks are there: their half of each peering, and what their',
        'firewalls let out. None of it is deployed by us. To link our private zones and to peer, we need on their network:',
        '  Microsoft.Network/virtualNetworks/peer/action, Microsoft.Network/virtualNetworks/join/action',
      ]),
    },
    ...requests.map(({ region, scope, resources }) => ({
      path: `${folder}/${region}.json`,
      text: jsonText(template(resources, scope)),
    })),
  ];
}

function template(resources: readonly Resource[], scope: string) {
  const context = {
    catalog: new Map(),
    scope: { kind: 'resourceGroup', name: scope.split('/')[4] ?? '' },
    parameters: {},
  } as const;
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    // One after the other: Azure refuses two writes at once below one firewall policy.
    resources: resources.map((resource, i) =>
      renderResource(resource, i === 0 ? [] : [dependency(resources[i - 1] as Resource)], context),
    ),
  };
}

const dependency = ({ type, name }: Resource): string =>
  `[resourceId(${[type, ...name.split('/')].map((text) => `'${text}'`).join(', ')})]`;
