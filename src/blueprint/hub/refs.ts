import type { Value } from '../../model/resource.ts';
import type { HubSpec } from '../../spec/spec.ts';
import type { BuildContext } from '../context.ts';
import { idOf, propertyOf } from '../handles.ts';
import type { Placement } from '../placement.ts';

/** Names and keys of a hub's resources, for the parts that build them and those that refer to them. */
export interface HubRefs {
  readonly region: string;
  readonly group: string;
  readonly placement: Placement;
  readonly network: { readonly key: string; readonly name: string; readonly group: string };
  /** Whether somebody else owns it: then nothing is made in it. */
  readonly existing: boolean;
  /** Of the network: a handle, or the id that the spec gives. */
  readonly networkId: Value;
  /** Where the firewall answers inside. */
  readonly firewallAddress: Value;
  /** The firewall as intents name it. */
  readonly firewallEndpoint: string;
  readonly firewall: { readonly key: string; readonly name: string };
  readonly firewallPolicy: { readonly key: string; readonly name: string };
  /** Azure refuses two writes at a time to one policy and what hangs on it. */
  readonly policyWrites: string;
  readonly workspace: { readonly key: string; readonly name: string };
  /** For intents. */
  readonly subnets: { readonly firewall: string; readonly gateway: string; readonly bastion: string };
}

/** Where the firewall answers inside: Azure picks it from the firewall's subnet. */
const firewallAddressPath = 'ipConfigurations[0].properties.privateIPAddress';

const nameIn = (id: string | undefined): string | undefined => id?.slice(id.lastIndexOf('/') + 1);

/** Azure finds these subnets by their names. */
export const hubSubnetNames = {
  firewall: 'AzureFirewallSubnet',
  gateway: 'GatewaySubnet',
  bastion: 'AzureBastionSubnet',
} as const;

/** The hubs that are ours to make. */
export function ownHubs({ spec }: BuildContext): readonly HubSpec[] {
  return spec.hubs.filter(({ existing }) => existing === undefined);
}

export function hubRefs({ spec, naming, tags }: BuildContext, region: string): HubRefs {
  const group = naming.hubGroup(region);
  const existing = spec.hubs.find((hub) => hub.region === region)?.existing;
  const network = nameIn(existing?.virtualNetworkId) ?? naming.hub('vnet', region);
  const [key, firewallKey] = [`hub/${region}/virtual-network`, `hub/${region}/firewall`];
  const subnet = (name: string): string => `subnet:${network}/${name}`;
  return {
    region,
    group,
    placement: { stage: 'hub', deployment: `hub-${region}`, group, region, tags },
    network: { key, name: network, group },
    existing: existing !== undefined,
    networkId: existing?.virtualNetworkId ?? idOf({ key }),
    firewallAddress: existing?.firewallAddress ?? propertyOf({ key: firewallKey }, firewallAddressPath),
    firewallEndpoint: existing?.firewallAddress ?? naming.hub('afw', region),
    firewall: { key: firewallKey, name: naming.hub('afw', region) },
    firewallPolicy: {
      key: `hub/${region}/firewall-policy`,
      name: nameIn(existing?.firewallPolicyId) ?? naming.hub('afwp', region),
    },
    policyWrites: `hub/${region}/firewall-policy`,
    workspace: { key: `hub/${region}/workspace`, name: naming.hub('log', region) },
    subnets: {
      firewall: subnet(hubSubnetNames.firewall),
      gateway: subnet(hubSubnetNames.gateway),
      bastion: subnet(hubSubnetNames.bastion),
    },
  };
}
