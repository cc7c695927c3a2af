import type { Components } from '../../spec/components.ts';

/** A private zone of a hub. */
export interface ZoneDraft {
  readonly name: string;
  /** What a name gets that the zone does not hold: `Default` is "there is none", `NxDomainRedirect` asks the public zone. */
  readonly unknownNames: 'Default' | 'NxDomainRedirect';
  readonly decision: string;
  /** Whether spokes of clusters are linked too, because something there resolves without asking the hub. */
  readonly linkedToClusters: boolean;
}

/** The zones of a hub, by what lives in them. Names: Microsoft, "Azure Private Endpoint private DNS zone values". */
export function zonesOf(region: string, { apiServer, zoneFallback }: Components): readonly ZoneDraft[] {
  const zone = (name: string, decision: string, more: Partial<ZoneDraft> = {}): ZoneDraft => ({
    name,
    decision,
    unknownNames: 'Default',
    linkedToClusters: false,
    ...more,
  });
  return [
    zone('privatelink.azurecr.io', 'registries-by-private-name'),
    zone('privatelink.vaultcore.azure.net', 'vaults-by-private-name', { linkedToClusters: true }),
    zone(apiServerZone(region, apiServer), 'api-server-by-private-name'),
    ...monitoringZones(zone),
    // Without a fallback it would take every other account's names away. Agents of 2021 fetch nothing from blobs that logs need.
    ...(zoneFallback === 'public-zone'
      ? [zone('privatelink.blob.core.windows.net', 'blob-zone-falls-back', { unknownNames: 'NxDomainRedirect' })]
      : []),
  ];
}

/** Where the name of an API server lies. AKS takes no other zone. */
export function apiServerZone(region: string, apiServer: Components['apiServer']): string {
  return `${apiServer === 'vnet-integration' ? 'private' : 'privatelink'}.${region}.azmk8s.io`;
}

function monitoringZones(
  zone: (name: string, decision: string, more?: Partial<ZoneDraft>) => ZoneDraft,
): readonly ZoneDraft[] {
  return [
    zone('privatelink.monitor.azure.com', 'monitoring-by-private-name'),
    zone('privatelink.oms.opinsights.azure.com', 'monitoring-by-private-name'),
    zone('privatelink.ods.opinsights.azure.com', 'monitoring-by-private-name'),
    zone('privatelink.agentsvc.azure-automation.net', 'monitoring-by-private-name'),
  ];
}
