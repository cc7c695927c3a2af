import type { Resource } from '../../model/resource.ts';
import { roleNames } from '../../model/role.ts';
import type { StageName } from '../../model/stage.ts';
import type { Components } from '../../spec/components.ts';
import type { builtInRoles } from '../access/built-in-roles.ts';
import { managedIdentity, principalIdPath } from '../access/managed-identity.ts';
import { roleAssignment, stableId } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined, type PartDraft } from '../draft.ts';
import { groupMadeByAzure, idOf, propertyOf, subscriptionId } from '../handles.ts';
import { hubRefs } from '../hub/refs.ts';
import { jumpBoxImageRefs } from '../jumpbox/refs.ts';
import type { Placement } from '../placement.ts';
import { stages } from '../stages.ts';
import { networkWatcherGroup } from '../subscription/groups.ts';
import { workloadNamespace } from '../workload/services.ts';
import { allowedTypes } from './allowed-types.ts';
import { type AssignmentPlace, assign } from './assignment.ts';
import { builtIn } from './built-in-ids.ts';
import { podAssignments, podPolicies, podPoliciesOf2021 } from './cluster-assignments.ts';
import { type CustomPolicy, customPolicies } from './custom-definitions.ts';
import { policyDecisions } from './decisions.ts';
import { policyDecisionsOf2021 } from './decisions-of-2021.ts';
import { defenderMending } from './defender-mending.ts';
import {
  containerPortsOf2021,
  customPoliciesOf2021,
  pciInitiativeOf2021,
  subscriptionAssignmentsOf2021,
} from './policies-of-2021.ts';
import { rightsOf } from './role-actions.ts';
import { pciInitiative, storageAssignments, subscriptionAssignments } from './subscription-assignments.ts';

const stage: StageName = 'subscription';
const deployment = 'subscription';
const atSubscription = { stage, deployment, scope: { kind: 'subscription' } } as const;

/** Rights and policies: what each role may do, and what nobody may deploy, whatever the role. */
export function buildPolicy(context: BuildContext, others: readonly Built[]): PartDraft {
  const { policies } = context.spec.components;
  const resources = others.flatMap((one) => one.resources);
  const groups = new Set(resources.flatMap(({ scope }) => (scope.kind === 'resourceGroup' ? [scope.name] : [])));
  const built = [
    customDefinitions(context, policies === 'of-2021' ? customPoliciesOf2021 : customPolicies),
    policies === 'of-2021' ? subscriptionPoliciesOf2021(context) : subscriptionPolicies(context, groups),
    typesOfGroups(resources, policies),
    ...context.spec.clusters
      .filter(({ name }) => groups.has(context.naming.clusterGroup(name)))
      .map((cluster) => clusterPolicies(context, cluster, resources)),
  ];
  const before = [...resources, ...built.flatMap((one) => one.resources)];
  return {
    name: 'policy',
    ...joined(...built, roleDefinitions(context, before)),
    decisions: policies === 'of-2021' ? policyDecisionsOf2021 : policyDecisions,
    intents: [],
  };
}

function customDefinitions(context: BuildContext, policies: readonly CustomPolicy[]): Built {
  return joined(
    ...policies.map((policy): Built => {
      const definition: Resource = {
        ...atSubscription,
        key: `policy/definition-${policy.name}`,
        type: 'Microsoft.Authorization/policyDefinitions',
        apiVersion: apiVersions.policy,
        name: `${context.naming.workload}-${policy.name}`,
        properties: {
          policyType: 'Custom',
          mode: 'All',
          displayName: policy.title,
          description: `Decision ${policy.decision}`,
          metadata: { category: 'aks-regulated', version: '1.0.0' },
          // biome-ignore lint/suspicious/noThenProperty: the word of Azure Policy; nobody awaits it.
          policyRule: { if: policy.when, then: { effect: 'deny' } },
        },
      };
      return joined(
        claimed(definition, policy.decision),
        assign({ ...policy, policy: { custom: idOf(definition) } }, { ...atSubscription, keyPrefix: 'policy' }),
      );
    }),
  );
}

/** What the initiative's one useful remedy does: it deploys a watcher. */
const makesWatchers = [
  'Microsoft.Network/networkWatchers/read',
  'Microsoft.Network/networkWatchers/write',
  'Microsoft.Resources/deployments/read',
  'Microsoft.Resources/deployments/validate/action',
  'Microsoft.Resources/deployments/write',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
];

const complianceIdentity = ({ naming }: BuildContext) => ({
  key: 'policy/identity-compliance',
  name: `id-${naming.workload}-policy-compliance`,
});

function subscriptionPolicies(context: BuildContext, groups: ReadonlySet<string>): Built {
  const place: AssignmentPlace = { ...atSubscription, keyPrefix: 'policy' };
  const [first] = context.spec.hubs;
  // Builds keep what they need in an account of their own, by the service's ways.
  const except = groups.has(context.naming.jumpBoxImageGroup)
    ? [groupMadeByAzure(jumpBoxImageRefs(context).stagingGroup)]
    : [];
  const placement: Placement = {
    stage,
    deployment,
    group: context.naming.governanceGroup,
    region: first.region,
    tags: context.tags,
  };
  const identity = managedIdentity(placement, complianceIdentity(context));
  const watcherMaker: Resource = {
    ...atSubscription,
    key: 'policy/role-watcher-maker',
    type: 'Microsoft.Authorization/roleDefinitions',
    apiVersion: apiVersions.roleDefinitions,
    name: stableId(context, 'role/watcher-maker'),
    properties: {
      roleName: `${context.naming.workload} ${context.spec.environment}: watcher maker`,
      description: 'For the identity of the PCI DSS initiative. Decision policies-act-through-named-identities',
      type: 'CustomRole',
      permissions: [{ actions: makesWatchers, notActions: [], dataActions: [], notDataActions: [] }],
      assignableScopes: [subscriptionId],
    },
  };
  return joined(
    ...subscriptionAssignments.map((one) => assign(one, place)),
    ...storageAssignments.map((one) => assign(one, { ...place, except })),
    claimed(identity, 'policies-act-through-named-identities'),
    ...(groups.has(networkWatcherGroup)
      ? [
          claimed(watcherMaker, 'policies-act-through-named-identities'),
          roleAssignment(context, {
            key: 'policy/compliance-may-make-watchers',
            stage,
            deployment,
            scope: { kind: 'resourceGroup', name: networkWatcherGroup },
            role: idOf(watcherMaker),
            principal: propertyOf(identity, principalIdPath),
            principalType: 'ServicePrincipal',
            why: 'The PCI DSS initiative makes a missing network watcher',
            decision: 'policies-act-through-named-identities',
          }),
        ]
      : []),
    assign(pciInitiative, { ...place, acting: { identity: idOf(identity), region: first.region } }),
  );
}

/** The built-in policies that were there then, PCI DSS as it was, and Defender's plans held on. */
function subscriptionPoliciesOf2021(context: BuildContext): Built {
  const place: AssignmentPlace = { ...atSubscription, keyPrefix: 'policy' };
  const [{ region }] = context.spec.hubs;
  const placement: Placement = {
    stage,
    deployment,
    group: context.naming.governanceGroup,
    region,
    tags: context.tags,
  };
  const identity = managedIdentity(placement, complianceIdentity(context));
  return joined(
    ...subscriptionAssignmentsOf2021.map((one) => assign(one, place)),
    // The initiative has members that mend machines, so it asks for an identity; they get no right to.
    assign(pciInitiativeOf2021, { ...place, acting: { identity: idOf(identity), region } }),
    claimed(identity, 'policies-act-through-named-identities'),
    defenderMending(context, identity, region),
  );
}

function typesOfGroups(resources: readonly Resource[], policies: Components['policies']): Built {
  return joined(
    ...[...allowedTypes(resources)].map(([group, types]) =>
      assign(
        {
          name: 'known-types-only',
          title: 'Only the types that belong here',
          policy: { builtIn: builtIn.allowedTypes },
          // It denies unless told otherwise; that it can be told otherwise came after 2021.
          parameters: {
            ...(policies === 'of-2021' ? {} : { effect: 'Deny' }),
            listOfResourceTypesAllowed: types,
          },
          refusal: 'This group takes only the types of resources that the landing zone puts here.',
          decision: 'groups-take-known-types-only',
        },
        { stage, deployment, scope: { kind: 'resourceGroup', name: group }, keyPrefix: `policy/${group}` },
      ),
    ),
  );
}

const registryType = 'Microsoft.ContainerRegistry/registries';

function clusterPolicies(
  context: BuildContext,
  cluster: BuildContext['spec']['clusters'][number],
  resources: readonly Resource[],
): Built {
  const { naming, tags } = context;
  const { name, region } = cluster;
  const group = naming.clusterGroup(name);
  const scope = { kind: 'resourceGroup', name: group } as const;
  const keyPrefix = `policy/cluster-${name}`;
  const { policies, registries: kind } = context.spec.components;
  // The registry that clusters pull from, the quarantine is another; or the part of a registry.
  const registries = resources
    .filter(({ type, key, location }) => type === registryType && !/quarantine/.test(key) && location === region)
    .map(({ name: registry }) =>
      `${registry}.azurecr.io${kind === 'quarantine-and-live' ? '' : '/live'}`.toLowerCase(),
    );
  const place = { stage, deployment, scope, keyPrefix } as const;
  if (policies === 'of-2021') {
    const namespaces = (['in-scope', 'out-of-scope'] as const).map((pool) => workloadNamespace(context.spec, pool));
    return joined(
      ...[...podAssignments(registries, podPoliciesOf2021), containerPortsOf2021(namespaces)].map((one) =>
        assign(one, place),
      ),
    );
  }
  const placement: Placement = { stage, deployment, group: naming.governanceGroup, region, tags };
  const identity = managedIdentity(placement, {
    key: `${keyPrefix}/identity`,
    name: naming.cluster('id-policy', name),
  });
  const acting = { identity: idOf(identity), region };
  const grant = (key: string, role: keyof typeof builtInRoles, why: string): Built =>
    roleAssignment(context, {
      key: `${keyPrefix}/${key}`,
      stage,
      deployment,
      scope,
      role,
      principal: propertyOf(identity, principalIdPath),
      principalType: 'ServicePrincipal',
      why,
      decision: 'policies-act-through-named-identities',
    });
  const mend = { ...place, acting };
  return joined(
    ...podAssignments(registries, podPolicies).map((one) => assign(one, place)),
    claimed(identity, 'policies-act-through-named-identities'),
    grant('may-change-clusters', 'azure kubernetes service contributor', 'Policies mend settings of the cluster'),
    grant('may-add-the-policy-add-on', 'azure kubernetes service policy add-on deployment', 'A policy adds the add-on'),
    assign(
      {
        name: 'mend-policy-add-on',
        title: 'A cluster that lost the policy add-on gets it back',
        policy: { builtIn: builtIn.aksAddPolicyAddOn },
        parameters: { effect: 'DeployIfNotExists' },
        decision: 'what-drifts-is-mended',
      },
      mend,
    ),
    assign(
      {
        name: 'mend-run-command',
        title: 'A cluster that takes commands through Azure stops doing so',
        policy: { builtIn: builtIn.aksDisableRunCommand },
        parameters: { effect: 'DeployIfNotExists' },
        decision: 'what-drifts-is-mended',
      },
      mend,
    ),
    logsToWorkspace(context, cluster, acting, grantPlace(identity)),
  );
}

const grantPlace = (identity: Resource) => propertyOf(identity, principalIdPath);

/** The policy that names the workspace waits for it: it goes with the hub. */
function logsToWorkspace(
  context: BuildContext,
  { name, region }: BuildContext['spec']['clusters'][number],
  acting: NonNullable<AssignmentPlace['acting']>,
  principal: ReturnType<typeof grantPlace>,
): Built {
  const hub = hubRefs(context, region);
  const scope = { kind: 'resourceGroup', name: context.naming.clusterGroup(name) } as const;
  const { stage: hubStage, deployment: hubDeployment } = hub.placement;
  const keyPrefix = `policy/cluster-${name}`;
  const grant = (
    key: string,
    at: Pick<Parameters<typeof roleAssignment>[1], 'scope' | 'on'>,
    role: keyof typeof builtInRoles,
    why: string,
  ): Built =>
    roleAssignment(context, {
      key: `${keyPrefix}/${key}`,
      stage: hubStage,
      deployment: hubDeployment,
      ...at,
      role,
      principal,
      principalType: 'ServicePrincipal',
      why,
      decision: 'policies-act-through-named-identities',
    });
  return joined(
    grant(
      'may-set-diagnostics',
      { scope },
      'monitoring contributor',
      'A policy sets diagnostic settings of the cluster',
    ),
    grant(
      'may-name-the-workspace',
      {
        scope: { kind: 'resourceGroup', name: hub.group },
        on: { type: 'Microsoft.OperationalInsights/workspaces', name: hub.workspace.name },
      },
      'log analytics contributor',
      'A policy sends logs of the cluster to this workspace',
    ),
    assign(
      {
        name: 'mend-cluster-logs',
        title: 'A cluster that sends no logs starts to',
        policy: { builtIn: builtIn.aksSendsLogs },
        parameters: { effect: 'DeployIfNotExists', logAnalytics: idOf(hub.workspace) },
        decision: 'what-drifts-is-mended',
      },
      { stage: hubStage, deployment: hubDeployment, scope, keyPrefix, acting },
    ),
  );
}

function roleDefinitions(context: BuildContext, resources: readonly Resource[]): Built {
  const roleOfStage = new Map(stages.map(({ name, role }) => [name, role]));
  return joined(
    ...roleNames.map((role) => {
      const own = resources.filter((resource) => roleOfStage.get(resource.stage) === role);
      // Governance also makes these definitions themselves.
      const rights = rightsOf(role, own, resources);
      const actions =
        role === 'governance'
          ? [
              ...new Set([
                ...rights.actions,
                ...['read', 'write', 'delete'].map((verb) => `Microsoft.Authorization/roleDefinitions/${verb}`),
              ]),
            ].sort()
          : rights.actions;
      const id = stableId(context, `role/${role}`);
      return claimed(
        {
          ...atSubscription,
          key: `policy/role-${role}`,
          type: 'Microsoft.Authorization/roleDefinitions',
          apiVersion: apiVersions.roleDefinitions,
          name: id,
          properties: {
            roleName: `${context.naming.workload} ${context.spec.environment}: ${role}`,
            description: `Deploys the stages of ${role}, and nothing else. Decision rights-follow-stages`,
            type: 'CustomRole',
            permissions: [{ actions, notActions: [], dataActions: rights.dataActions, notDataActions: [] }],
            assignableScopes: [subscriptionId],
          },
        },
        'rights-follow-stages',
      );
    }),
  );
}
