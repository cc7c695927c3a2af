import { formatPrefix, overlaps } from '../../kernel/address.ts';
import { type Rule, violation } from './rule.ts';

export const peeredNetworksDoNotOverlap: Rule = {
  id: 'peered-networks-do-not-overlap',
  statement: 'The address spaces of peered networks do not overlap',
  controls: ['pci-dss-4.0.1:1.2.1'],
  level: 'error',
  check(_state, model) {
    return model.networks.flatMap((network) =>
      network.peerings.flatMap((peering) => {
        const remote = model.networks.find((one) => one.id === peering.remote);
        // A pair is reported once, from the side whose id sorts first.
        if (remote === undefined || remote.id < network.id) return [];
        return network.space.flatMap((own) =>
          remote.space
            .filter((other) => overlaps(own, other))
            .map((other) =>
              violation(
                this,
                peering.id,
                `${network.name} (${formatPrefix(own)}) and ${remote.name} (${formatPrefix(other)}) overlap.`,
              ),
            ),
        );
      }),
    );
  },
  looksAt: (model) => model.networks.reduce((sum, network) => sum + network.peerings.length, 0),
};
