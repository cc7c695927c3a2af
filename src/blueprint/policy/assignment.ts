import type { IdHandle, SubscriptionHandle } from '../../model/handle.ts';
import type { Resource, Value } from '../../model/resource.ts';
import type { Scope } from '../../model/scope.ts';
import type { StageName } from '../../model/stage.ts';
import { apiVersions } from '../api-versions.ts';
import { type Built, claimed } from '../draft.ts';

/** What is assigned: a definition or initiative that Azure brings, by its id in every tenant, or one of ours. */
export type PolicyReference =
  | { readonly builtIn: string }
  | { readonly initiative: string }
  | { readonly custom: IdHandle };

export interface PolicyAssignment {
  /** At most 64 characters; the name in Azure. */
  readonly name: string;
  readonly title: string;
  readonly policy: PolicyReference;
  readonly parameters?: Readonly<Record<string, Value>>;
  /** What whoever is refused reads. */
  readonly refusal?: string;
  readonly decision: string;
}

export interface AssignmentPlace {
  readonly stage: StageName;
  readonly deployment: string;
  readonly scope: Scope;
  /** Before the assignment's name: `policy`, `policy/spoke-01`. */
  readonly keyPrefix: string;
  /** Scopes inside that it does not count for. */
  readonly except?: readonly SubscriptionHandle[];
  /** The identity by which it mends, and where that identity's record is kept. */
  readonly acting?: { readonly identity: IdHandle; readonly region: string };
}

const builtInNamespace = '/providers/Microsoft.Authorization';

function definitionId(policy: PolicyReference): Value {
  if ('builtIn' in policy) return `${builtInNamespace}/policyDefinitions/${policy.builtIn}`;
  if ('initiative' in policy) return `${builtInNamespace}/policySetDefinitions/${policy.initiative}`;
  return policy.custom;
}

export function assign(assignment: PolicyAssignment, place: AssignmentPlace): Built {
  const { name, title, policy, parameters = {}, refusal, decision } = assignment;
  const { stage, deployment, scope, keyPrefix, except = [], acting } = place;
  const resource: Resource = {
    key: `${keyPrefix}/${name}`,
    stage,
    deployment,
    type: 'Microsoft.Authorization/policyAssignments',
    apiVersion: apiVersions.policy,
    name,
    scope,
    ...(acting === undefined
      ? {}
      : { location: acting.region, identity: { type: 'UserAssigned', userAssigned: [acting.identity] } }),
    properties: {
      displayName: title,
      description: `Decision ${decision}`,
      policyDefinitionId: definitionId(policy),
      enforcementMode: 'Default',
      parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
      ...(except.length === 0 ? {} : { notScopes: except }),
      ...(refusal === undefined ? {} : { nonComplianceMessages: [{ message: refusal }] }),
    },
  };
  return claimed(resource, decision);
}
