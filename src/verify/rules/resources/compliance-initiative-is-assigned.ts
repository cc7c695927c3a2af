import type { State } from '../../../model/state.ts';
import { since } from '../offers.ts';
import { missingRule } from './missing-rule.ts';
import { ofType, setting } from './resource-rule.ts';

/** PCI DSS v4.0.1, and v3.2.1 before it. Source: Azure/azure-policy. */
const initiative = 'policysetdefinitions/a06d5deb-24aa-4991-9d58-fa7563154e31';
const initiativeBefore = 'policysetdefinitions/496eeda9-8f2f-4d5e-8dfd-204f0a92ed41';
const assignmentType = 'Microsoft.Authorization/policyAssignments';

export const complianceInitiativeIsAssigned = missingRule({
  id: 'compliance-initiative-is-assigned',
  statement: 'Microsoft’s PCI DSS 4.0.1 initiative rates the subscription',
  controls: ['12.4.2', '6.3.1'],
  about: (state) => ofType(state, assignmentType).length > 0,
  things: () => ['PCI DSS'],
  fault: (_name, state) => [
    isAssigned(state, initiative) || isAssigned(state, initiativeBefore)
      ? undefined
      : 'No initiative for PCI DSS is assigned.',
    ...since(
      'PCI DSS 4.0.1',
      isAssigned(state, initiative) ? undefined : 'The initiative for PCI DSS 4.0.1 is not assigned.',
    ),
  ],
});

function isAssigned(state: State, definition: string): boolean {
  return ofType(state, assignmentType).some((one) =>
    String(setting(one, 'properties.policyDefinitionId')).toLowerCase().endsWith(definition),
  );
}
