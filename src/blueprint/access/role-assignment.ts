import { uuidV5 } from '../../kernel/hash.ts';
import type { IdHandle, PropertyHandle } from '../../model/handle.ts';
import type { Resource } from '../../model/resource.ts';
import type { Scope } from '../../model/scope.ts';
import type { StageName } from '../../model/stage.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed } from '../draft.ts';
import { type BuiltInRole, builtInRoleId } from './built-in-roles.ts';

const namespace = '6f1b6c0e-5f0b-4c3e-9a66-0d3b7a1e52c4';

/** A name that Azure wants to be a UUID. One subscription's never meets another's: such names are unique in a tenant. */
export function stableId({ spec }: BuildContext, key: string): string {
  return uuidV5(`${spec.azure.subscriptionId}/${key}`, namespace);
}

export interface RoleGrant {
  readonly key: string;
  readonly stage: StageName;
  readonly deployment: string;
  /** Where the right counts: a subscription or group, or one resource of a group. */
  readonly scope: Scope;
  readonly on?: Pick<Resource, 'type' | 'name'>;
  readonly role: BuiltInRole | IdHandle;
  /** An identity of the blueprint, by its `principalId`; or the object id of somebody else's. */
  readonly principal: PropertyHandle | string;
  /** Said, so that Azure does not look the principal up: a new identity is not found for minutes. */
  readonly principalType: 'ServicePrincipal' | 'Group';
  /** What narrows the right further, in the condition language of Azure, version 2.0. */
  readonly condition?: string;
  /** Why, for whoever reads the assignments. */
  readonly why: string;
  readonly decision: string;
}

/** One right of one principal at one place. */
export function roleAssignment(context: BuildContext, grant: RoleGrant): Built {
  const { key, stage, deployment, scope, on, role, principal, principalType, condition, why, decision } = grant;
  const id = stableId(context, key);
  const resource: Resource = {
    key,
    stage,
    deployment,
    type: on === undefined ? 'Microsoft.Authorization/roleAssignments' : `${on.type}/providers/roleAssignments`,
    apiVersion: apiVersions.roleAssignments,
    name: on === undefined ? id : `${on.name}/Microsoft.Authorization/${id}`,
    scope,
    properties: {
      roleDefinitionId: typeof role === 'string' ? builtInRoleId(role) : role,
      principalId: principal,
      principalType,
      description: why,
      ...(condition === undefined ? {} : { condition, conditionVersion: '2.0' }),
    },
  };
  return claimed(resource, decision);
}
