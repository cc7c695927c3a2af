import type { ProviderContext } from '../contract.ts';
import { listOf, membersOf, textsOf } from '../members.ts';
import { customRoles, roleIdOf } from '../microsoft-authorization/role-definitions.ts';
import { propertiesOf } from '../resource-form.ts';
import { isWithin } from '../service-checks.ts';

/** Actions of the built-in roles that clusters are given (learn.microsoft.com, Azure built-in roles), by id. */
const builtIn: Readonly<Record<string, readonly string[]>> = {
  // Owner, Contributor, Network Contributor, Private DNS Zone Contributor, Managed Identity Operator, Managed Identity Contributor
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': ['*'],
  'b24988ac-6180-42a0-ab88-20f7382dd24c': ['*'],
  '4d97b98b-1d4f-4787-a291-c67834d212e7': ['Microsoft.Network/*'],
  'b12aa53e-6015-4669-85d0-8515ebb3ae7f': ['Microsoft.Network/privateDnsZones/*'],
  'f1a07417-d97a-45cb-824c-7a7467783830': [
    'Microsoft.ManagedIdentity/userAssignedIdentities/*/read',
    'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
  ],
  'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59': ['Microsoft.ManagedIdentity/userAssignedIdentities/*'],
};

/** Whether role assignments let a principal do an action on a resource. Conditions are not looked at. */
export function mayDo(principalId: string, action: string, id: string, context: ProviderContext): boolean {
  return context.view.ofType('Microsoft.Authorization/roleAssignments').some((assignment) => {
    const { principalId: holder, scope, roleDefinitionId } = propertiesOf(assignment);
    if (String(holder).toLowerCase() !== principalId.toLowerCase() || !isWithin(id, String(scope))) return false;
    return roleAllows(roleIdOf(String(roleDefinitionId)), action, context);
  });
}

function roleAllows(role: string, action: string, context: ProviderContext): boolean {
  const known = builtIn[role];
  if (known !== undefined) return known.some((pattern) => matches(pattern, action));
  const custom = customRoles(context).find(({ id }) => roleIdOf(id) === role);
  return listOf(propertiesOf(custom).permissions)
    .map(membersOf)
    .some(
      ({ actions, notActions }) =>
        textsOf(actions).some((pattern) => matches(pattern, action)) &&
        !textsOf(notActions).some((pattern) => matches(pattern, action)),
    );
}

/** `*` stands for anything; a `/*` in the middle may also stand for nothing, as in the built-in roles' own patterns. */
function matches(pattern: string, action: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
    .replaceAll('/.*/', '/(.*/)?');
  return new RegExp(`^${source}$`, 'i').test(action);
}
