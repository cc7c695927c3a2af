import { contains } from '../../kernel/address.ts';
import {
  intersectSets,
  isEmpty,
  type Network,
  orderedSecurityRules,
  type PacketSet,
  prepare,
  type SecurityGroup,
  type SecurityRule,
  type Subnet,
  securityRulePackets,
  subnetPackets,
  subtractSets,
  termScope,
  uniteSets,
} from '../../reachability/index.ts';
import { type Rule, violation } from './rule.ts';

const directions = ['inbound', 'outbound'] as const;

export const noNsgRuleIsShadowed: Rule = {
  id: 'no-nsg-rule-is-shadowed',
  statement: 'Every rule of a network security group decides about some packet of a subnet that has the group',
  controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.2.7'],
  level: 'warning',
  check(_state, model) {
    const network = prepare(model, []);
    return model.securityGroups.flatMap((group) => {
      const subnets = model.subnets.filter((subnet) => subnet.securityGroup === group.id);
      if (subnets.length === 0) return [];
      const alive = new Set(subnets.flatMap((subnet) => livingRules(network, group, subnet)));
      return group.rules
        .filter((rule) => !alive.has(rule))
        .map((rule) =>
          violation(
            this,
            group.id,
            `Rule ${rule.name} (${rule.direction}, ${rule.priority}) of ${group.name} never decides: earlier rules take its packets, or no subnet with the group sends or gets them.`,
          ),
        );
    });
  },
  looksAt: (model) => model.securityGroups.reduce((sum, group) => sum + group.rules.length, 0),
};

function livingRules(network: Network, group: SecurityGroup, subnet: Subnet): readonly SecurityRule[] {
  const scope = termScope(network, subnet);
  return directions.flatMap((direction) => {
    let taken: PacketSet = [];
    return orderedSecurityRules(group, direction).filter((rule) => {
      // Rules about platform services are judged by another list (statement 53).
      if (rule.destinations.some((term) => term.kind === 'tag' && /^azureplatform/i.test(term.tag))) return true;
      if (mayServeFrontend(network, rule, subnet)) return true;
      const { may, must } = securityRulePackets(rule, scope);
      const left = subtractSets(intersectSets(may, subnetPackets(network, subnet, direction)), taken);
      taken = uniteSets(taken, must);
      return !isEmpty(left);
    });
  });
}

/**
 * A load balancer with floating IP (AKS makes such) leaves the address of its frontend in the packets that it sends to nodes, so the
 * group of the nodes' subnet sees an address of another subnet of the network (statement 93). Load balancers are not in the model.
 */
function mayServeFrontend({ model }: Network, rule: SecurityRule, subnet: Subnet): boolean {
  if (rule.direction !== 'inbound') return false;
  const others = model.subnets.filter((other) => other.network === subnet.network && other.id !== subnet.id);
  return rule.destinations.every((term) => {
    if (term.kind !== 'range') return false;
    const { range } = term;
    return others.some((other) => other.prefixes.some((prefix) => contains(prefix, range)));
  });
}
