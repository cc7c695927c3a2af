import type { BuildContext } from '../context.ts';
import type { Placement } from '../placement.ts';

/** Names and keys of a hub's resources, for the parts that build them and those that refer to them. */
export interface HubRefs {
  readonly region: string;
  readonly group: string;
  readonly placement: Placement;
  readonly network: { readonly key: string; readonly name: string; readonly group: string };
  readonly firewall: { readonly key: string; readonly name: string };
  readonly firewallPolicy: { readonly key: string; readonly name: string };
  /** Azure refuses two writes at a time to one policy and what hangs on it. */
  readonly policyWrites: string;
  readonly workspace: { readonly key: string; readonly name: string };
  /** For intents. */
  readonly subnets: { readonly firewall: string; readonly gateway: string; readonly bastion: string };
}

/** Azure finds these subnets by their names. */
export const hubSubnetNames = {
  firewall: 'AzureFirewallSubnet',
  gateway: 'GatewaySubnet',
  bastion: 'AzureBastionSubnet',
} as const;

export function hubRefs({ naming, tags }: BuildContext, region: string): HubRefs {
  const group = naming.hubGroup(region);
  const network = naming.hub('vnet', region);
  const subnet = (name: string): string => `subnet:${network}/${name}`;
  return {
    region,
    group,
    placement: { stage: 'hub', deployment: `hub-${region}`, group, region, tags },
    network: { key: `hub/${region}/virtual-network`, name: network, group },
    firewall: { key: `hub/${region}/firewall`, name: naming.hub('afw', region) },
    firewallPolicy: { key: `hub/${region}/firewall-policy`, name: naming.hub('afwp', region) },
    policyWrites: `hub/${region}/firewall-policy`,
    workspace: { key: `hub/${region}/workspace`, name: naming.hub('log', region) },
    subnets: {
      firewall: subnet(hubSubnetNames.firewall),
      gateway: subnet(hubSubnetNames.gateway),
      bastion: subnet(hubSubnetNames.bastion),
    },
  };
}
