import { assignmentsOf } from './assignment-rule.ts';
import { list, resourceRule, setting } from './resource-rule.ts';

export const customRolesNameTheirActions = resourceRule({
  id: 'custom-roles-name-their-actions',
  statement:
    'Roles of our own name each action, without a wildcard; those that identities hold give no right on rights',
  controls: ['7.2.1', '7.2.2'],
  type: 'Microsoft.Authorization/roleDefinitions',
  about: (role) => setting(role, 'properties.type') === 'CustomRole',
  faults(role, state) {
    const id = role.name.toLowerCase();
    // People who govern give rights; an identity that may can give itself any.
    const forPeople = !assignmentsOf(state).some((one) => one.role === id && one.principalType === 'serviceprincipal');
    return list(role, 'properties.permissions')
      .flatMap((permission) => [...list(permission, 'actions'), ...list(permission, 'dataActions')])
      .map(String)
      .map((action) =>
        action.includes('*') || (!forPeople && /^microsoft\.authorization\/.*\/(write|delete)$/i.test(action))
          ? `allows ${action}`
          : undefined,
      );
  },
});
