import type { BuiltInRole } from '../access/built-in-roles.ts';
import { principalIdPath } from '../access/managed-identity.ts';
import { type RoleGrant, roleAssignment } from '../access/role-assignment.ts';
import type { ClusterRefs, IdentityName } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import type { Built } from '../draft.ts';
import { idOf, propertyOf } from '../handles.ts';
import { type CustomRoleName, customRoleKey } from './custom-roles.ts';

/** What the identity of a cluster may do, at one place. */
export interface Grant {
  readonly who: IdentityName;
  /** What it is for, in the key: `subnet-systemnodepool`. */
  readonly word: string;
  readonly role: BuiltInRole | { readonly custom: CustomRoleName };
  readonly group: string;
  readonly on: NonNullable<RoleGrant['on']>;
  readonly why: string;
  readonly decision: string;
  readonly condition?: string;
  readonly oneAtATime?: string;
}

export function granted(
  context: BuildContext,
  refs: ClusterRefs,
  grant: Grant,
  when: 'supply' | 'cluster-identity' = 'supply',
): Built {
  const { who, word, role, group, on, why, decision, condition, oneAtATime } = grant;
  const identity = refs.identities[who];
  const { stage, deployment } = refs.placements[when];
  const built = roleAssignment(context, {
    key: `${identity.key}/${word}`,
    stage,
    deployment,
    scope: { kind: 'resourceGroup', name: group },
    on,
    role: typeof role === 'string' ? role : idOf({ key: customRoleKey(role.custom) }),
    principal: propertyOf(identity, principalIdPath),
    principalType: 'ServicePrincipal',
    ...(condition === undefined ? {} : { condition }),
    why,
    decision,
  });
  if (oneAtATime === undefined) return built;
  return { ...built, resources: built.resources.map((resource) => ({ ...resource, oneAtATime })) };
}
