import { armView } from '../arm-view.ts';
import { offers } from './offers.ts';
import { platformSubnet } from './platform-subnets.ts';
import { type Rule, violation } from './rule.ts';

const offer = 'subnets without a way out';

export const defaultOutboundAccessIsOff: Rule = {
  id: 'default-outbound-access-is-off',
  statement: 'No subnet gives its machines a way to the internet by default',
  controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1'],
  level: 'error',
  check(state, model, _remarks, day) {
    if (day < offers[offer].day) return [];
    const view = armView(state);
    const settings = new Map(
      view
        .ofType('Microsoft.Network/virtualNetworks')
        .flatMap((network) => view.children(network, 'subnets'))
        .map((subnet) => [subnet.id, subnet.properties.defaultOutboundAccess]),
    );
    return model.subnets
      .filter((subnet) => platformSubnet(subnet) === undefined && settings.get(subnet.id) !== false)
      .map((subnet) =>
        violation(this, subnet.id, `Subnet ${subnet.name} does not set defaultOutboundAccess to false.`),
      );
  },
  unmeetable: (_state, _model, day) => ({ offers: day < offers[offer].day ? [offer] : [], inPart: false }),
  looksAt: (model) => model.subnets.length,
};
