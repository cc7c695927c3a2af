import { since } from '../offers.ts';
import { deniable, deniableIn2021, denyByDefault } from './data/deniable-policies.ts';
import { missingRule } from './missing-rule.ts';
import { ofType, setting } from './resource-rule.ts';

const assignmentType = 'Microsoft.Authorization/policyAssignments';

/** What is denied is what Azure can deny by a policy of its own; the list is Azure's, not a landing zone's. */
export const policiesDenyWhatTheyCan = missingRule({
  id: 'policies-deny-what-they-can',
  statement: 'What Azure can deny by policy is denied, and nothing that is assigned is left without effect',
  controls: ['2.2.1', '1.2.8', '12.4.2'],
  about: (state) => ofType(state, assignmentType).length > 0,
  things: (state) => [...ofType(state, assignmentType).map(({ id }) => id), ...Object.keys(deniable)],
  fault(thing, state) {
    const assignments = ofType(state, assignmentType);
    const of = (definition: string) =>
      assignments.filter((one) =>
        String(setting(one, 'properties.policyDefinitionId')).toLowerCase().endsWith(definition.toLowerCase()),
      );
    if (thing in deniable) {
      const left = denyByDefault.has(thing) ? 'deny' : '';
      const effects = of(thing).map((one) =>
        String(setting(one, 'properties.parameters.effect.value') ?? left).toLowerCase(),
      );
      const fault = effects.includes('deny') ? undefined : `No assignment denies: ${deniable[thing]}.`;
      return deniableIn2021.has(thing) ? fault : since('built-in policies of today', fault);
    }
    const own = assignments.find(({ id }) => id === thing);
    return setting(own, 'properties.enforcementMode') === 'DoNotEnforce'
      ? `Assignment ${own?.name} is not enforced.`
      : undefined;
  },
});
