import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { listOf, membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict, isGuid, isWithin, scopeOf } from '../service-checks.ts';

export const roleDefinitionType = 'Microsoft.Authorization/roleDefinitions';

/**
 * Custom roles. Built-in roles are not listed; role assignments take them by the form of their id.
 *
 * Codes: RoleDefinitionWithSameNameExists and RoleDefinitionHasAssignments are the service's (learn.microsoft.com, troubleshoot
 * Azure RBAC); InvalidRoleDefinitionId, InvalidAssignableScopes and InvalidActionOrNotAction are named here, the refusals are documented.
 */
export const roleDefinitions: ResourceTypeProvider = {
  type: roleDefinitionType,
  apiVersions: ['2022-05-01-preview', '2022-04-01', '2018-01-01-preview', '2015-07-01'],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(roleDefinitionType, input.body);
    if (!isGuid(nameIn(input.id))) {
      throw badRequest(
        'InvalidRoleDefinitionId',
        `The role definition ID '${nameIn(input.id)}' is not valid. The role definition ID must be a GUID.`,
      );
    }
    const roleName = textOf(properties.roleName);
    if (roleName === undefined) throw badRequest('InvalidRoleDefinitionName', 'The role definition must have a name.');
    const twin = customRoles(context).find(
      (role) =>
        !sameId(role.id, input.id) && String(propertiesOf(role).roleName).toLowerCase() === roleName.toLowerCase(),
    );
    if (twin !== undefined) {
      throw conflict(
        'RoleDefinitionWithSameNameExists',
        `A custom role with the same name already exists in this directory. Use a different name`,
      );
    }
    const permissions = listOf(properties.permissions).map((item) => {
      const { actions, notActions, dataActions, notDataActions, ...rest } = membersOf(item);
      for (const action of [...textsOf(actions), ...textsOf(dataActions)]) checkAction(action);
      return {
        ...rest,
        actions: actions ?? [],
        notActions: notActions ?? [],
        dataActions: dataActions ?? [],
        notDataActions: notDataActions ?? [],
      };
    });
    const role = resourceOf(
      roleDefinitionType,
      input,
      {},
      {
        ...properties,
        type: 'CustomRole',
        description: properties.description ?? '',
        permissions,
        assignableScopes: checkScopes(input.id, textsOf(properties.assignableScopes)),
      },
    );
    return { put: [role], delete: [] };
  },
  delete(existing, context) {
    const users = context.view
      .ofType('Microsoft.Authorization/roleAssignments')
      .filter(
        (assignment) =>
          roleIdOf(String(propertiesOf(assignment).roleDefinitionId)) === nameIn(existing.id).toLowerCase(),
      );
    if (users.length > 0) {
      throw conflict(
        'RoleDefinitionHasAssignments',
        `There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).`,
      );
    }
    return { put: [], delete: [] };
  },
};

/** The guid of a role, from whichever scope it is named. */
export function roleIdOf(roleDefinitionId: string): string {
  return nameIn(roleDefinitionId).toLowerCase();
}

export function customRoles(context: ProviderContext): readonly ArmResource[] {
  return context.view.ofType(roleDefinitionType);
}

/** `Company.Provider/type/action`, with wildcards; `*` is all. */
function checkAction(action: string): void {
  if (action === '*' || /^[\w.*-]+(\/[\w.*-]+)+$/.test(action)) return;
  throw badRequest(
    'InvalidActionOrNotAction',
    `'${action}' does not match any of the actions supported by the providers.`,
  );
}

/** At least one scope, never the root, and the definition's own scope is one of them or lies below one (custom roles, limits). */
function checkScopes(id: string, scopes: readonly string[]): readonly string[] {
  const invalid = scopes.find((scope) => scope === '/' || !/^\/(subscriptions|providers)\//i.test(scope));
  if (scopes.length === 0 || invalid !== undefined) {
    throw badRequest(
      'InvalidAssignableScopes',
      scopes.length === 0
        ? 'A custom role must have one assignable scope or several.'
        : `The assignable scope '${invalid}' of a custom role is not valid: a management group, a subscription or below.`,
    );
  }
  const scope = scopeOf(id);
  const isCovered = scope === '' || scopes.some((item) => isWithin(scope, item) || isWithin(item, scope));
  if (isCovered) return scopes;
  throw badRequest('InvalidAssignableScopes', `The scope '${scope}' is not one of the assignable scopes of the role.`);
}
