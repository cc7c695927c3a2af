import type { NetworkModel, Subnet } from '../../reachability/index.ts';

/** A subnet that Azure keeps for one service, and what may not be attached to it. */
interface PlatformSubnet {
  readonly name: string;
  readonly why: string;
  readonly securityGroup: boolean;
  readonly routeTable: boolean;
}

/** Facts of the platform, by subnet name (virtual-network docs; network-semantics statement 57). */
export const platformSubnets: readonly PlatformSubnet[] = [
  {
    name: 'AzureFirewallSubnet',
    why: 'the firewall guards itself, and its default route stays the internet',
    securityGroup: false,
    routeTable: false,
  },
  {
    name: 'AzureFirewallManagementSubnet',
    why: 'reserved for managing the firewall',
    securityGroup: false,
    routeTable: false,
  },
  {
    name: 'GatewaySubnet',
    why: 'only gateways live here, and security groups are not supported',
    securityGroup: false,
    routeTable: false,
  },
  { name: 'RouteServerSubnet', why: 'only route servers live here', securityGroup: false, routeTable: false },
  { name: 'AzureBastionSubnet', why: 'Bastion allows no route table', securityGroup: true, routeTable: false },
];

export function platformSubnet(subnet: Subnet): PlatformSubnet | undefined {
  return platformSubnets.find((one) => one.name.toLowerCase() === subnet.name.toLowerCase());
}

/**
 * Whether a subnet is an Application Gateway's (version 2): its security group admits GatewayManager to 65200-65535, which nothing else
 * needs (statement 56). Such a subnet may not send its default route to an appliance.
 */
export function isGatewaySubnet(subnet: Subnet, model: NetworkModel): boolean {
  const group = model.securityGroups.find((one) => one.id === subnet.securityGroup);
  return (
    group?.rules.some(
      (rule) =>
        rule.direction === 'inbound' &&
        rule.allow &&
        rule.sources.some((term) => term.kind === 'tag' && term.tag.toLowerCase() === 'gatewaymanager') &&
        rule.destinationPorts.some((range) => range.from === 65200 && range.to === 65535),
    ) ?? false
  );
}
