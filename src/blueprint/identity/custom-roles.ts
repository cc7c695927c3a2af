import type { Resource } from '../../model/resource.ts';
import { stableId } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, decided, joined } from '../draft.ts';
import { subscriptionId } from '../handles.ts';

interface CustomRole {
  readonly title: string;
  readonly description: string;
  readonly actions: readonly string[];
}

/** Roles of ours, where every role that Azure brings gives more than is needed. */
export const customRoles = {
  'subnet-user': {
    title: 'Subnet user',
    description:
      'Puts network cards into a subnet, under its security group and route table, and changes none of them.',
    actions: [
      'Microsoft.Network/virtualNetworks/subnets/read',
      'Microsoft.Network/virtualNetworks/subnets/join/action',
      'Microsoft.Network/networkSecurityGroups/read',
      'Microsoft.Network/networkSecurityGroups/join/action',
      'Microsoft.Network/routeTables/read',
      'Microsoft.Network/routeTables/join/action',
    ],
  },
  'network-linker': {
    title: 'Network linker',
    description: 'Links a private DNS zone to a network.',
    actions: ['Microsoft.Network/virtualNetworks/read', 'Microsoft.Network/virtualNetworks/join/action'],
  },
  'vault-endpoint-approver': {
    title: 'Vault endpoint approver',
    description: 'Connects a private endpoint to a vault; reads and changes nothing in it.',
    actions: [
      'Microsoft.KeyVault/vaults/read',
      'Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action',
      'Microsoft.KeyVault/vaults/privateEndpointConnections/read',
      'Microsoft.KeyVault/vaults/privateEndpointConnections/write',
    ],
  },
} as const satisfies Readonly<Record<string, CustomRole>>;

export type CustomRoleName = keyof typeof customRoles;

export function customRoleKey(role: CustomRoleName): string {
  return `identity/role-${role}`;
}

/** The definitions, made by governance before anybody gives them out. */
export function customRoleDefinitions(context: BuildContext): Built {
  const { naming, spec } = context;
  return joined(
    ...(Object.entries(customRoles) as [CustomRoleName, CustomRole][]).map(([name, role]) => {
      const key = customRoleKey(name);
      const resource: Resource = {
        key,
        stage: 'subscription',
        deployment: 'subscription',
        type: 'Microsoft.Authorization/roleDefinitions',
        apiVersion: apiVersions.roleDefinitions,
        name: stableId(context, key),
        scope: { kind: 'subscription' },
        properties: {
          // Unique in the tenant.
          roleName: `${role.title} (${naming.workload} ${spec.environment})`,
          description: role.description,
          type: 'CustomRole',
          permissions: [{ actions: role.actions, notActions: [], dataActions: [], notDataActions: [] }],
          assignableScopes: [subscriptionId],
        },
      };
      return decided(resource, { 'roles-of-our-own': [] });
    }),
  );
}
