import { fields, idKey } from '../../arm-view.ts';
import { assignmentsOf } from './assignment-rule.ts';
import { ofType, resourceRule, setting } from './resource-rule.ts';

const identityType = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** The original's assignment had an identity without a role: nothing was ever mended. */
export const mendingPoliciesHaveRights = resourceRule({
  id: 'mending-policies-have-rights',
  statement: 'Every policy assignment that acts does so through an identity that has a role',
  controls: ['7.2.5', '10.7.3'],
  type: 'Microsoft.Authorization/policyAssignments',
  // Lists of resources leave role assignments out: a state without any says nothing of rights.
  about: (assignment, state) => assignment.identity !== undefined && assignmentsOf(state).length > 0,
  faults(assignment, state) {
    const own = setting(assignment, 'identity.principalId');
    const named = Object.keys(fields(setting(assignment, 'identity.userAssignedIdentities'))).map(idKey);
    const principals: readonly unknown[] = [
      own,
      ...ofType(state, identityType)
        .filter(({ id }) => named.includes(idKey(id)))
        .map((identity) => setting(identity, 'properties.principalId')),
    ].filter((one) => one !== undefined);
    const held = assignmentsOf(state).some(({ resource }) =>
      principals.includes(setting(resource, 'properties.principalId')),
    );
    return [held ? undefined : 'acts through an identity without any role'];
  },
});
