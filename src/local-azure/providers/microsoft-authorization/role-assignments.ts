import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { defined, type Members, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict, isGuid, isWithin, refusal, scopeOf, subscriptionOf } from '../service-checks.ts';
import { customRoles, roleDefinitionType, roleIdOf } from './role-definitions.ts';

const type = 'Microsoft.Authorization/roleAssignments';

/** Azure RBAC limits (learn.microsoft.com, subscription and service limits). */
const limit = 4000;

/**
 * Role assignments on any scope. Who the principals of a tenant are is not modelled: `PrincipalNotFound` never comes. Built-in roles
 * are taken by the form of their id; whether there is one of that id is not checked.
 *
 * Codes and wording are the service's (learn.microsoft.com, troubleshoot Azure RBAC); RoleAssignmentScopeNotAssignable is named
 * here: only the refusal is documented (custom roles, assignable scopes).
 */
export const roleAssignments: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2022-04-01',
    '2020-10-01-preview',
    '2020-08-01-preview',
    '2020-04-01-preview',
    '2018-09-01-preview',
    '2018-01-01-preview',
    '2017-10-01-preview',
    '2015-07-01',
  ],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    if (!isGuid(nameIn(input.id))) {
      throw badRequest(
        'InvalidRoleAssignmentId',
        `The role assignment ID '${nameIn(input.id)}' is not valid. The role assignment ID must be a GUID.`,
      );
    }
    const scope = scopeOf(input.id);
    const principalId = textOf(properties.principalId) ?? '';
    if (!isGuid(principalId)) {
      throw badRequest('InvalidPrincipalId', 'A valid principal ID must be provided for role assignment.');
    }
    const roleDefinitionId = requireRole(textOf(properties.roleDefinitionId) ?? '', scope, context);
    const wanted = { principalId, roleDefinitionId, scope };
    checkUnchanged(input, wanted);
    checkTwin(input, wanted, context);
    const assignment = resourceOf(
      type,
      input,
      {},
      defined({
        ...properties,
        ...wanted,
        principalType: properties.principalType ?? principalTypeOf(principalId, context),
        condition: properties.condition,
        conditionVersion: properties.condition === undefined ? undefined : (properties.conditionVersion ?? '2.0'),
      }),
    );
    return { put: [assignment], delete: [] };
  },
};

/** The id as the service keeps it: a role of the subscription of the scope. */
function requireRole(given: string, scope: string, context: ProviderContext): string {
  const guid = roleIdOf(given);
  const role = customRoles(context).find(({ id }) => roleIdOf(id) === guid);
  if (!new RegExp(`/providers/${roleDefinitionType}/`, 'i').test(given) || (role === undefined && !isGuid(guid))) {
    throw badRequest('RoleDefinitionDoesNotExist', `The specified role definition with ID '${guid}' does not exist.`);
  }
  const scopes = textsOf(propertiesOf(role).assignableScopes);
  if (role !== undefined && !scopes.some((item) => isWithin(scope, item))) {
    throw badRequest(
      'RoleAssignmentScopeNotAssignable',
      `The role '${String(propertiesOf(role).roleName)}' cannot be assigned at '${scope}': its assignable scopes are ${scopes.join(', ')}.`,
    );
  }
  const root = /^\/subscriptions\//i.test(scope) ? subscriptionOf(scope) : '';
  return `${root}/providers/${roleDefinitionType}/${guid}`;
}

interface Wanted {
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly scope: string;
}

function checkUnchanged({ existing }: PutInput, { principalId, roleDefinitionId }: Wanted): void {
  if (existing === undefined) return;
  const before = propertiesOf(existing);
  const isSame =
    String(before.principalId).toLowerCase() === principalId.toLowerCase() &&
    roleIdOf(String(before.roleDefinitionId)) === roleIdOf(roleDefinitionId);
  if (isSame) return;
  throw badRequest(
    'RoleAssignmentUpdateNotPermitted',
    'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
  );
}

function checkTwin({ id, existing }: PutInput, wanted: Wanted, context: ProviderContext): void {
  const inSubscription = context.view
    .ofType(type)
    .filter((other) => sameId(subscriptionOf(other.id), subscriptionOf(id)) && !sameId(other.id, id));
  const twin = inSubscription.find((other) => isSameGrant(propertiesOf(other), wanted));
  if (twin !== undefined) {
    throw conflict(
      'RoleAssignmentExists',
      `The role assignment already exists. The ID of the existing role assignment is ${twin.name.replaceAll('-', '')}.`,
    );
  }
  if (existing === undefined && inSubscription.length >= limit) {
    throw refusal(
      400,
      'RoleAssignmentLimitExceeded',
      `No more role assignments can be created (code: RoleAssignmentLimitExceeded). The limit is ${limit} a subscription.`,
    );
  }
}

const isSameGrant = (other: Members, { principalId, roleDefinitionId, scope }: Wanted): boolean =>
  String(other.principalId).toLowerCase() === principalId.toLowerCase() &&
  roleIdOf(String(other.roleDefinitionId)) === roleIdOf(roleDefinitionId) &&
  sameId(String(other.scope), scope);

/** Where the caller does not say: a service principal where a managed identity has the id, otherwise a user. */
function principalTypeOf(principalId: string, context: ProviderContext): string {
  const isPrincipal = (identity: ArmResource): boolean =>
    String(propertiesOf(identity).principalId).toLowerCase() === principalId.toLowerCase();
  const isManaged = context.view.ofType('Microsoft.ManagedIdentity/userAssignedIdentities').some(isPrincipal);
  return isManaged ? 'ServicePrincipal' : 'User';
}
