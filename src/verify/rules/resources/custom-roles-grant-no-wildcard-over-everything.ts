import { list, resourceRule, setting } from './resource-rule.ts';

export const customRolesGrantNoWildcardOverEverything = resourceRule({
  id: 'custom-roles-grant-no-wildcard-over-everything',
  statement: 'No role of our own gives every action, or every action of a service',
  controls: ['7.2.1', '7.2.2'],
  type: 'Microsoft.Authorization/roleDefinitions',
  about: (role) => setting(role, 'properties.type') === 'CustomRole',
  faults: (role) =>
    list(role, 'properties.permissions')
      .flatMap((permission) => list(permission, 'actions'))
      // `*`, `*/write`, `Microsoft.Network/*` and its like; reading a service is not meant.
      .map((action) =>
        /^(\*|\*\/(write|delete|action)|[^/]+\/\*)$/.test(String(action)) ? `allows ${String(action)}` : undefined,
      ),
});
