import type { IdHandle } from '../../model/handle.ts';
import type { Resource, Value } from '../../model/resource.ts';
import type { RoleName } from '../../model/role.ts';
import { azureType } from './allowed-types.ts';

/** The rights of a role, as a role definition has them. */
export interface Rights {
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
}

/** What Azure asks for on a resource that another one refers to. Source: Microsoft, "Resource provider operations". */
const toReferTo: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Network/virtualNetworks': ['join/action', 'peer/action'],
  'Microsoft.Network/virtualNetworks/subnets': ['join/action'],
  'Microsoft.Network/publicIPAddresses': ['join/action'],
  'Microsoft.Network/networkSecurityGroups': ['join/action'],
  'Microsoft.Network/routeTables': ['join/action'],
  'Microsoft.Network/ipGroups': ['join/action'],
  'Microsoft.Network/firewallPolicies': ['join/action'],
  'Microsoft.Network/privateDnsZones': ['join/action'],
  'Microsoft.ManagedIdentity/userAssignedIdentities': ['assign/action'],
  'Microsoft.OperationalInsights/workspaces': ['sharedKeys/action'],
  // Flow logs: Azure lets nobody name an account without the right to have access to it made out.
  'Microsoft.Storage/storageAccounts': ['listServiceSas/action', 'listAccountSas/action', 'listKeys/action'],
};

/** Beyond writing what it is made of. */
const toMake: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.VirtualMachineImages/imageTemplates': ['run/action', 'cancel/action'],
  'Microsoft.ContainerService/managedClusters': ['start/action', 'stop/action'],
  'Microsoft.Network/applicationGateways': ['start/action', 'stop/action'],
  'Microsoft.Network/privateEndpoints': ['privateDnsZoneGroups/read', 'privateDnsZoneGroups/write'],
};

/** A deployment as a stack, and what-if before it. */
const toDeploy = [
  ...['read', 'write', 'delete', 'validate/action', 'whatIf/action', 'cancel/action', 'operations/read'].map(
    (verb) => `Microsoft.Resources/deployments/${verb}`,
  ),
  ...['read', 'write', 'delete', 'validate/action', 'manageDenySetting/action'].map(
    (verb) => `Microsoft.Resources/deploymentStacks/${verb}`,
  ),
  'Microsoft.Resources/subscriptions/read',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Resources/subscriptions/operationresults/read',
];

const beyondTemplates: Readonly<Record<RoleName, Rights>> = {
  'identity-admin': {
    actions: [
      'Microsoft.Authorization/roleAssignments/read',
      'Microsoft.Authorization/roleDefinitions/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/read',
    ],
    dataActions: [],
  },
  governance: {
    actions: [
      'Microsoft.PolicyInsights/policyStates/summarize/read',
      'Microsoft.PolicyInsights/policyStates/queryResults/read',
      'Microsoft.PolicyInsights/remediations/read',
      'Microsoft.PolicyInsights/remediations/write',
      'Microsoft.Features/providers/features/read',
      'Microsoft.Features/providers/features/register/action',
    ],
    dataActions: [],
  },
  network: {
    actions: ['ipFlowVerify', 'nextHop', 'securityGroupView', 'topology', 'connectivityCheck'].map(
      (question) => `Microsoft.Network/networkWatchers/${question}/action`,
    ),
    dataActions: [],
  },
  operations: {
    actions: ['Microsoft.OperationalInsights/workspaces/query/read', 'Microsoft.ContainerService/managedClusters/read'],
    dataActions: [],
  },
  security: {
    actions: [
      'Microsoft.KeyVault/vaults/read',
      'Microsoft.Security/alerts/read',
      'Microsoft.Security/assessments/read',
      'Microsoft.Security/pricings/read',
      'Microsoft.SecurityInsights/alertRules/read',
      'Microsoft.SecurityInsights/incidents/read',
      'Microsoft.SecurityInsights/incidents/write',
      'Microsoft.OperationalInsights/workspaces/query/read',
    ],
    dataActions: [
      ...['read', 'create/action', 'import/action', 'update/action'].map(
        (verb) => `Microsoft.KeyVault/vaults/certificates/${verb}`,
      ),
      'Microsoft.KeyVault/vaults/keys/read',
      'Microsoft.KeyVault/vaults/keys/rotate/action',
    ],
  },
  'image-release': {
    actions: [
      'Microsoft.ContainerRegistry/registries/read',
      'Microsoft.ContainerRegistry/registries/importImage/action',
    ],
    dataActions: [
      'Microsoft.ContainerRegistry/registries/repositories/content/read',
      'Microsoft.ContainerRegistry/registries/repositories/content/write',
      'Microsoft.ContainerRegistry/registries/repositories/metadata/read',
    ],
  },
  'application-team': {
    actions: [
      'Microsoft.ContainerService/managedClusters/read',
      'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
    ],
    dataActions: [
      'Microsoft.ContainerService/managedClusters/apps/deployments/read',
      'Microsoft.ContainerService/managedClusters/pods/read',
      'Microsoft.ContainerService/managedClusters/events/read',
    ],
  },
};

/** A group is under the subscription for whoever asks for rights on it. */
function operationType(resource: Resource): string {
  const type = azureType(resource);
  return type === 'Microsoft.Resources/resourceGroups' ? 'Microsoft.Resources/subscriptions/resourceGroups' : type;
}

function idsIn(value: Value | undefined): readonly IdHandle[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if ('$handle' in value) return value.$handle === 'id' ? [value as IdHandle] : [];
  return Object.values(value as Readonly<Record<string, Value>>).flatMap(idsIn);
}

/**
 * The rights that a role needs to deploy its stages: to read, write and delete the types that stand there, to join what they refer to,
 * and what it does beside templates. Nothing else: a type that no template of the role makes cannot be made with it.
 * @param own resources of the role's stages
 * @param all every resource, to find what is referred to
 */
export function rightsOf(role: RoleName, own: readonly Resource[], all: readonly Resource[]): Rights {
  const byKey = new Map(all.map((resource) => [resource.key, resource]));
  const actions = new Set<string>(own.length === 0 ? [] : toDeploy);
  for (const resource of own) {
    const type = operationType(resource);
    for (const verb of ['read', 'write', 'delete', ...(toMake[type] ?? [])]) actions.add(`${type}/${verb}`);
    const identities = resource.identity?.type === 'UserAssigned' ? resource.identity.userAssigned : [];
    for (const handle of [...idsIn(resource.properties), ...identities]) {
      const target = byKey.get(handle.resource);
      if (target === undefined) continue;
      const referred = [operationType(target), ...(handle.children ?? []).map(([segment]) => segment)].join('/');
      for (const verb of ['read', ...(toReferTo[referred] ?? [])]) actions.add(`${referred}/${verb}`);
    }
  }
  for (const action of beyondTemplates[role].actions) actions.add(action);
  return { actions: [...actions].sort(), dataActions: beyondTemplates[role].dataActions };
}
