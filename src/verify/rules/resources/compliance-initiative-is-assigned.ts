import { missingRule } from './missing-rule.ts';
import { ofType, setting } from './resource-rule.ts';

/** PCI DSS v4.0.1. Source: Azure/azure-policy. */
const initiative = 'policysetdefinitions/a06d5deb-24aa-4991-9d58-fa7563154e31';
const assignmentType = 'Microsoft.Authorization/policyAssignments';

export const complianceInitiativeIsAssigned = missingRule({
  id: 'compliance-initiative-is-assigned',
  statement: 'Microsoft’s PCI DSS 4.0.1 initiative rates the subscription',
  controls: ['12.4.2', '6.3.1'],
  about: (state) => ofType(state, assignmentType).length > 0,
  things: () => ['PCI DSS 4.0.1'],
  fault: (_name, state) =>
    ofType(state, assignmentType).some((one) =>
      String(setting(one, 'properties.policyDefinitionId')).toLowerCase().endsWith(initiative),
    )
      ? undefined
      : 'The initiative for PCI DSS 4.0.1 is not assigned.',
});
