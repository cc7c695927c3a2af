import { assignmentRule } from './assignment-rule.ts';
import { setting } from './resource-rule.ts';

export const roleAssignmentsSayWhy = assignmentRule({
  id: 'role-assignments-say-why',
  statement: 'Every role assignment says what it is for, and to what kind of principal',
  controls: ['7.2.1', '7.2.4'],
  fault: ({ resource, scope, principalType }) => {
    const why = setting(resource, 'properties.description');
    if (typeof why !== 'string' || why.trim() === '') return `A role is given at ${scope} without a reason.`;
    return principalType === 'undefined' ? `A role is given at ${scope} without a kind of principal.` : undefined;
  },
});
