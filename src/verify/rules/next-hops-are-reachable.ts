import { contains } from '../../kernel/address.ts';
import { type Rule, violation } from './rule.ts';

export const nextHopsAreReachable: Rule = {
  id: 'next-hops-are-reachable',
  statement: 'Every next hop address lies in the network of the subnet or in one peered with it',
  controls: ['pci-dss-4.0.1:1.2.1'],
  level: 'error',
  check(_state, model) {
    return model.subnets.flatMap((subnet) => {
      const table = model.routeTables.find((one) => one.id === subnet.routeTable);
      const own = model.networks.find((one) => one.id === subnet.network);
      const near = model.networks.filter(
        (one) =>
          one === own ||
          (own?.peerings.some((peering) => peering.remote === one.id && peering.connected) &&
            one.peerings.some((peering) => peering.remote === own.id && peering.connected)),
      );
      return (table?.routes ?? []).flatMap((route) => {
        const { nextHop } = route;
        if (table === undefined || nextHop.kind !== 'appliance') return [];
        const known = near.some((network) => network.space.some((space) => contains(space, nextHop.address)));
        if (known) return [];
        return [
          violation(
            this,
            table.id,
            `Route ${route.name}: its next hop is not reachable from subnet ${subnet.name}, so its packets are dropped.`,
          ),
        ];
      });
    });
  },
  looksAt: (model) => model.routeTables.reduce((sum, table) => sum + table.routes.length, 0),
};
