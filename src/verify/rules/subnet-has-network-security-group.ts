import { platformSubnet } from './platform-subnets.ts';
import { type Rule, violation } from './rule.ts';

export const subnetHasNetworkSecurityGroup: Rule = {
  id: 'subnet-has-network-security-group',
  statement: 'Every subnet that may have a network security group has one',
  controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.3.2'],
  level: 'error',
  check(_state, model) {
    const misplaced = model.subnets.flatMap((subnet) => {
      const platform = platformSubnet(subnet);
      if (platform?.securityGroup !== false || subnet.securityGroup === undefined) return [];
      return [
        violation(
          this,
          subnet.id,
          `Subnet ${subnet.name} has a network security group, which Azure takes none of there: ${platform.why}.`,
        ),
      ];
    });
    const open = model.subnets
      .filter((subnet) => (platformSubnet(subnet)?.securityGroup ?? true) && subnet.securityGroup === undefined)
      .map((subnet) =>
        violation(
          this,
          subnet.id,
          subnet.missingSecurityGroup === undefined
            ? `Subnet ${subnet.name} has no network security group: everything is allowed there.`
            : `Subnet ${subnet.name} names the network security group ${subnet.missingSecurityGroup}, which is not in the state.`,
        ),
      );
    return [...open, ...misplaced];
  },
  looksAt: (model) => model.subnets.length,
};
