import { type Rule, violation } from './rule.ts';

export const peeringsAreConnectedOnBothSides: Rule = {
  id: 'peerings-are-connected-on-both-sides',
  statement: 'Every peering exists and is connected on both sides',
  controls: ['pci-dss-4.0.1:1.2.4'],
  level: 'error',
  check(_state, model) {
    return model.networks.flatMap((network) =>
      network.peerings.flatMap((peering) => {
        const remote = model.networks.find((one) => one.id === peering.remote);
        const back = remote?.peerings.find((one) => one.remote === network.id);
        if (remote !== undefined && back === undefined) {
          return [
            violation(this, peering.id, `Peering ${peering.name} has no counterpart in ${remote.name}: nothing flows.`),
          ];
        }
        return peering.connected ? [] : [violation(this, peering.id, `Peering ${peering.name} is not connected.`)];
      }),
    );
  },
  looksAt: (model) => model.networks.reduce((sum, network) => sum + network.peerings.length, 0),
};
