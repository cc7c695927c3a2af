import type { ArmResource } from '../../../model/resource.ts';
import { withEtag } from '../resource-form.ts';

/** The six rules that every group has (network-semantics.md 44). */
const rules = [
  [
    'AllowVnetInBound',
    'Allow inbound traffic from all VMs in VNET',
    65000,
    'Inbound',
    'Allow',
    'VirtualNetwork',
    'VirtualNetwork',
  ],
  [
    'AllowAzureLoadBalancerInBound',
    'Allow inbound traffic from azure load balancer',
    65001,
    'Inbound',
    'Allow',
    'AzureLoadBalancer',
    '*',
  ],
  ['DenyAllInBound', 'Deny all inbound traffic', 65500, 'Inbound', 'Deny', '*', '*'],
  [
    'AllowVnetOutBound',
    'Allow outbound traffic from all VMs to all VMs in VNET',
    65000,
    'Outbound',
    'Allow',
    'VirtualNetwork',
    'VirtualNetwork',
  ],
  [
    'AllowInternetOutBound',
    'Allow outbound traffic from all VMs to Internet',
    65001,
    'Outbound',
    'Allow',
    '*',
    'Internet',
  ],
  ['DenyAllOutBound', 'Deny all outbound traffic', 65500, 'Outbound', 'Deny', '*', '*'],
] as const;

export function defaultSecurityRules(groupId: string): readonly ArmResource[] {
  return rules.map(([name, description, priority, direction, access, source, destination]) =>
    withEtag({
      name,
      id: `${groupId}/defaultSecurityRules/${name}`,
      type: 'Microsoft.Network/networkSecurityGroups/defaultSecurityRules',
      properties: {
        provisioningState: 'Succeeded',
        description,
        protocol: '*',
        sourcePortRange: '*',
        destinationPortRange: '*',
        sourceAddressPrefix: source,
        destinationAddressPrefix: destination,
        access,
        priority,
        direction,
        sourcePortRanges: [],
        destinationPortRanges: [],
        sourceAddressPrefixes: [],
        destinationAddressPrefixes: [],
      },
    }),
  );
}
