import type { NetworkModel, Subnet } from '../../reachability/index.ts';
import { isGatewaySubnet, platformSubnet } from './platform-subnets.ts';
import { type Rule, violation } from './rule.ts';

export const defaultRoutesLeadToAFirewall: Rule = {
  id: 'default-routes-lead-to-a-firewall',
  statement: 'Every subnet sends its default route to a firewall, but for those where the platform forbids it',
  controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1'],
  level: 'error',
  check(_state, model) {
    if (model.firewalls.length === 0) return [];
    return model.subnets
      .filter((subnet) => platformSubnet(subnet)?.routeTable !== false && !isGatewaySubnet(subnet, model))
      .flatMap((subnet) => {
        const fault = faultOf(subnet, model);
        return fault === undefined
          ? []
          : [violation(this, subnet.routeTable ?? subnet.id, `Subnet ${subnet.name} ${fault}`)];
      });
  },
  looksAt: (model) => (model.firewalls.length === 0 ? 0 : model.subnets.length),
};

function faultOf(subnet: Subnet, model: NetworkModel): string | undefined {
  if (subnet.missingRouteTable !== undefined)
    return `names the route table ${subnet.missingRouteTable}, which is not in the state.`;
  const table = model.routeTables.find((one) => one.id === subnet.routeTable);
  if (table === undefined) return 'has no route table: it goes to the internet by itself.';
  const route = table.routes.find(({ destination }) => !('tag' in destination) && destination.length === 0);
  if (route === undefined) return `has no route for 0.0.0.0/0 in ${table.name}.`;
  const { nextHop } = route;
  if (nextHop.kind === 'none') return undefined;
  if (nextHop.kind !== 'appliance')
    return `sends its default route (${route.name}) to ${nextHop.kind}, not to a firewall.`;
  const known = model.firewalls.some((firewall) => firewall.address.first === nextHop.address.first);
  return known ? undefined : `sends its default route (${route.name}) to an address where no firewall of the state is.`;
}
