import { missingRule } from './missing-rule.ts';
import { ofType, setting } from './resource-rule.ts';

/** Plans that a landing zone of clusters needs. Source: Microsoft, "Pricings - List". */
const plans = ['Arm', 'CloudPosture', 'Containers', 'KeyVaults', 'StorageAccounts', 'VirtualMachines'];

export const defenderPlansAreOn = missingRule({
  id: 'defender-plans-are-on',
  statement: 'The subscription has the Defender plans for what runs in it, for every resource',
  controls: ['5.2.1', '10.4.1', '11.5.1'],
  about: (state) => ofType(state, 'Microsoft.Security/pricings').length > 0,
  things: () => plans,
  fault(plan, state) {
    const found = ofType(state, 'Microsoft.Security/pricings').find(
      ({ name }) => name.toLowerCase() === plan.toLowerCase(),
    );
    if (found === undefined) return `The Defender plan ${plan} is not set.`;
    if (setting(found, 'properties.pricingTier') !== 'Standard') return `The Defender plan ${plan} is off.`;
    return setting(found, 'properties.enforce') === 'True'
      ? undefined
      : `The Defender plan ${plan} can be left by single resources.`;
  },
});
