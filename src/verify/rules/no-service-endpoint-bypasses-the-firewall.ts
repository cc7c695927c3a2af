import { type Rule, violation } from './rule.ts';

export const noServiceEndpointBypassesTheFirewall: Rule = {
  id: 'no-service-endpoint-bypasses-the-firewall',
  statement: 'No service endpoint leads around the firewall that the default route names',
  controls: ['pci-dss-4.0.1:1.3.2'],
  level: 'error',
  check(_state, model) {
    return model.subnets
      .filter((subnet) => subnet.serviceEndpoints.length > 0)
      .filter((subnet) =>
        model.routeTables
          .find((table) => table.id === subnet.routeTable)
          ?.routes.some((route) => route.nextHop.kind === 'appliance'),
      )
      .map((subnet) =>
        violation(
          this,
          subnet.id,
          `Subnet ${subnet.name} has service endpoints for ${subnet.serviceEndpoints.join(', ')}: their routes are longer than the default route.`,
        ),
      );
  },
  looksAt: (model) => model.subnets.length,
};
