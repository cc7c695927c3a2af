import { describe, expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { partOf } from '../test-parts.ts';
import { defaultSpec, twoClusterSpec } from '../test-spec.ts';

const { resources } = partOf(buildBlueprint(defaultSpec), 'dns');
const hub = 'hub/eastus2/virtual-network';

function linksOf(zone: string) {
  return resources
    .filter(({ type, name }) => type.endsWith('/virtualNetworkLinks') && name.startsWith(`${zone}/`))
    .map(({ stage, properties }) => {
      const { virtualNetwork, resolutionPolicy } = properties as unknown as {
        readonly virtualNetwork: { readonly id: { readonly resource: string } };
        readonly resolutionPolicy?: string;
      };
      return { stage, network: virtualNetwork.id.resource, resolutionPolicy };
    });
}

describe('private zones', () => {
  test('are those that the design names, without one that hides public services', () => {
    // network-semantics statement 90; Microsoft, private DNS zone values of Azure Monitor.
    const zones = resources.filter(({ type }) => type === 'Microsoft.Network/privateDnsZones').map(({ name }) => name);
    expect(zones.sort()).toEqual([
      'private.eastus2.azmk8s.io',
      'privatelink.agentsvc.azure-automation.net',
      'privatelink.azurecr.io',
      'privatelink.blob.core.windows.net',
      'privatelink.monitor.azure.com',
      'privatelink.ods.opinsights.azure.com',
      'privatelink.oms.opinsights.azure.com',
      'privatelink.vaultcore.azure.net',
    ]);
    expect(new Set(resources.map(({ location }) => location))).toEqual(new Set(['global']));
  });

  test('are linked to the hub, where the proxy resolves', () => {
    // network-semantics statement 89.
    expect(linksOf('privatelink.azurecr.io')).toEqual([{ stage: 'hub', network: hub, resolutionPolicy: undefined }]);
    expect(linksOf('private.eastus2.azmk8s.io')).toHaveLength(1);
  });

  test('the vault’s is linked to the cluster’s network too, for Application Gateway', () => {
    // Landing-zone page, section 2, "listener certificate".
    expect(linksOf('privatelink.vaultcore.azure.net')).toEqual([
      { stage: 'hub', network: hub, resolutionPolicy: undefined },
      { stage: 'cluster-spoke', network: 'spoke-01/virtual-network', resolutionPolicy: undefined },
    ]);
    const two = partOf(buildBlueprint(twoClusterSpec), 'dns').resources;
    expect(two.filter(({ name }) => name.startsWith('privatelink.vaultcore.azure.net/'))).toHaveLength(3);
  });

  test('the one for blobs falls back to public names', () => {
    // Landing-zone page, section 2, "monitoring".
    expect(linksOf('privatelink.blob.core.windows.net')).toEqual([
      { stage: 'hub', network: hub, resolutionPolicy: 'NxDomainRedirect' },
    ]);
  });
});
