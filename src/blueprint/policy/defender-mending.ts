import type { Resource } from '../../model/resource.ts';
import { principalIdPath } from '../access/managed-identity.ts';
import { roleAssignment, stableId } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { defenderPlansOf2021 } from '../defender/plans.ts';
import { type Built, claimed, type DecisionText, joined } from '../draft.ts';
import { idOf, propertyOf, subscriptionId } from '../handles.ts';
import { assign } from './assignment.ts';

const stage = 'subscription';
const deployment = 'subscription';
const atSubscription = { stage, deployment, scope: { kind: 'subscription' } } as const;
const decision = 'defender-plans-come-back';

/** What a deployment that turns a plan on needs. */
const turnsPlansOn = [
  'Microsoft.Resources/deployments/read',
  'Microsoft.Resources/deployments/validate/action',
  'Microsoft.Resources/deployments/write',
  'Microsoft.Security/pricings/read',
  'Microsoft.Security/pricings/write',
];

/** Policies that turn a Defender plan on again which somebody turned off: in 2021 a plan could not be enforced otherwise. */
export function defenderMending(context: BuildContext, identity: Resource, region: string): Built {
  const role: Resource = {
    ...atSubscription,
    key: 'policy/role-plan-keeper',
    type: 'Microsoft.Authorization/roleDefinitions',
    apiVersion: apiVersions.roleDefinitions,
    name: stableId(context, 'role/plan-keeper'),
    properties: {
      roleName: `${context.naming.workload} ${context.spec.environment}: plan keeper`,
      description: 'For the identity that turns Defender plans on again. Decision defender-plans-come-back',
      type: 'CustomRole',
      permissions: [{ actions: turnsPlansOn, notActions: [], dataActions: [], notDataActions: [] }],
      assignableScopes: [subscriptionId],
    },
  };
  const definitions = defenderPlansOf2021.map(({ name }) => definition(context, name, role));
  const set: Resource = {
    ...atSubscription,
    key: 'policy/definition-defender-plans',
    type: 'Microsoft.Authorization/policySetDefinitions',
    apiVersion: apiVersions.policy,
    name: `${context.naming.workload}-defender-plans`,
    properties: {
      policyType: 'Custom',
      displayName: 'Defender plans are on',
      description: `Decision ${decision}`,
      metadata: { category: 'aks-regulated', version: '1.0.0' },
      policyDefinitions: definitions.map((one) => ({
        policyDefinitionReferenceId: one.name,
        policyDefinitionId: idOf(one),
      })),
    },
  };
  return joined(
    claimed(role, decision),
    ...definitions.map((one) => claimed(one, decision)),
    claimed(set, decision),
    roleAssignment(context, {
      key: 'policy/compliance-may-turn-plans-on',
      stage,
      deployment,
      scope: { kind: 'subscription' },
      role: idOf(role),
      principal: propertyOf(identity, principalIdPath),
      principalType: 'ServicePrincipal',
      why: 'Policies turn Defender plans on again',
      decision: 'policies-act-through-named-identities',
    }),
    assign(
      { name: 'defender-plans', title: 'Defender plans are on', policy: { custom: idOf(set) }, decision },
      {
        ...atSubscription,
        keyPrefix: 'policy',
        acting: { identity: idOf(identity), region },
      },
    ),
  );
}

function definition(context: BuildContext, plan: string, role: Resource): Resource {
  const pricing = 'Microsoft.Security/pricings';
  return {
    ...atSubscription,
    key: `policy/definition-defender-${plan}`,
    type: 'Microsoft.Authorization/policyDefinitions',
    apiVersion: apiVersions.policy,
    name: `${context.naming.workload}-defender-${plan}`,
    properties: {
      policyType: 'Custom',
      mode: 'All',
      displayName: `The Defender plan ${plan} is on`,
      description: `Decision ${decision}`,
      metadata: { category: 'aks-regulated', version: '1.0.0' },
      policyRule: {
        if: { field: 'type', equals: 'Microsoft.Resources/subscriptions' },
        // biome-ignore lint/suspicious/noThenProperty: the word of Azure Policy; nobody awaits it.
        then: {
          effect: 'deployIfNotExists',
          details: {
            type: pricing,
            name: plan,
            existenceScope: 'subscription',
            deploymentScope: 'subscription',
            existenceCondition: { field: `${pricing}/pricingTier`, equals: 'Standard' },
            roleDefinitionIds: [idOf(role)],
            deployment: {
              location: context.spec.hubs[0].region,
              properties: {
                mode: 'incremental',
                template: {
                  $schema:
                    'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
                  contentVersion: '1.0.0.0',
                  resources: [
                    { type: pricing, apiVersion: '2018-06-01', name: plan, properties: { pricingTier: 'Standard' } },
                  ],
                },
              },
            },
          },
        },
      },
    },
  };
}

export const defenderMendingDecisions: readonly DecisionText[] = [
  {
    id: decision,
    title:
      'A Defender plan that was turned off is turned on again by policy, through an identity that may do nothing else',
    because:
      'A plan of 2021 could be turned off by whoever may write it, and nothing held it. The original had these policies and gave their identity no role, so that none of them could act.',
    alternatives: [
      {
        option: 'The role Security Admin',
        whyNot: 'It writes every policy of security; turning plans on is five actions.',
      },
      { option: 'Nothing', whyNot: 'A plan that is off tells nobody.' },
    ],
    controls: ['pci-dss-4.0.1:5.2.1', 'pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:10.7.2'],
    provedBy: [
      'mending-policies-have-rights',
      'policies-deny-what-they-can',
      'defender-plans-are-on',
      'custom-roles-name-their-actions',
    ],
  },
];
