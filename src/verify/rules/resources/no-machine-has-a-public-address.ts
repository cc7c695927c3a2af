import type { Rule } from '../rule.ts';
import { violation } from '../rule.ts';
import { list, ofType, setting } from './resource-rule.ts';

const statement = 'No machine has a public address';
const controls = ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2'] as const;
const rule = { id: 'no-machine-has-a-public-address', level: 'error', controls } as const;

const cards = 'Microsoft.Network/networkInterfaces';
const scaleSets = 'Microsoft.Compute/virtualMachineScaleSets';
const inModel = 'properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations';

export const noMachineHasAPublicAddress: Rule = {
  ...rule,
  statement,
  check: (state) => [
    ...ofType(state, cards)
      .filter((card) =>
        list(card, 'properties.ipConfigurations').some(
          (one) => setting(one, 'properties.publicIPAddress.id') !== undefined,
        ),
      )
      .map(({ id, name }) => violation(rule, id, `Network interface ${name} has a public address.`)),
    ...ofType(state, scaleSets)
      .filter((set) =>
        list(set, inModel)
          .flatMap((card) => list(card, 'properties.ipConfigurations'))
          .some((one) => setting(one, 'properties.publicIPAddressConfiguration') !== undefined),
      )
      .map(({ id, name }) => violation(rule, id, `Machines of scale set ${name} get public addresses.`)),
  ],
  looksAt: (_model, state) => ofType(state, cards).length + ofType(state, scaleSets).length,
};
