import type { State } from '../../../model/state.ts';
import { type Fault, since } from '../offers.ts';
import { missingRule } from './missing-rule.ts';
import { ofType, setting } from './resource-rule.ts';

/** Plans that a landing zone of clusters needs. Source: Microsoft, "Pricings - List". */
const plans = ['Arm', 'CloudPosture', 'Containers', 'KeyVaults', 'StorageAccounts', 'VirtualMachines'];

/** The two that Containers took the place of in December 2021 (Azure/Enterprise-Scale issue 874): together they do what it did then. */
const containersBefore = ['KubernetesService', 'ContainerRegistry'];

const plansOf = (state: State, name: string) =>
  ofType(state, 'Microsoft.Security/pricings').find((one) => one.name.toLowerCase() === name.toLowerCase());

const isOn = (state: State, name: string): boolean =>
  setting(plansOf(state, name), 'properties.pricingTier') === 'Standard';

export const defenderPlansAreOn = missingRule({
  id: 'defender-plans-are-on',
  statement: 'The subscription has the Defender plans for what runs in it, for every resource',
  controls: ['5.2.1', '10.4.1', '11.5.1'],
  about: (state) => ofType(state, 'Microsoft.Security/pricings').length > 0,
  things: () => plans,
  fault(plan, state): readonly Fault[] {
    const standing = plan === 'Containers' && containersBefore.every((one) => isOn(state, one));
    const names = standing && !isOn(state, plan) ? containersBefore : [plan];
    return names.flatMap((name) => {
      const off =
        plansOf(state, name) === undefined
          ? `The Defender plan ${name} is not set.`
          : isOn(state, name)
            ? undefined
            : `The Defender plan ${name} is off.`;
      const left =
        setting(plansOf(state, name), 'properties.enforce') === 'True'
          ? undefined
          : `The Defender plan ${name} can be left by single resources.`;
      return [
        ...(plan === 'CloudPosture' ? since('parts of Defender plans', off) : [off]),
        ...(off === undefined ? since('enforced Defender plans', left) : []),
        ...(names === containersBefore
          ? since('parts of Defender plans', `The Defender plan ${plan} is not set: it has taken the place of ${name}.`)
          : []),
      ];
    });
  },
});
