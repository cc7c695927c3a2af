import type { ProviderContext } from './contract.ts';
import { listOf, membersOf, textsOf } from './members.ts';
import { customRoles, roleIdOf } from './microsoft-authorization/role-definitions.ts';
import { propertiesOf } from './resource-form.ts';
import { isWithin } from './service-checks.ts';

const secrets = 'Microsoft.KeyVault/vaults/secrets/';
const keys = 'Microsoft.KeyVault/vaults/keys/';
const repositories = 'Microsoft.ContainerRegistry/registries/repositories/';

/** Data actions of built-in roles, by id (learn.microsoft.com, Azure built-in roles: security, containers). */
const builtIn: Readonly<Record<string, readonly string[]>> = {
  // Key Vault: Administrator, Certificates Officer, Crypto Officer, Crypto User, Crypto Service Encryption User
  '00482a5a-887f-4fb3-b363-3b7fe8e74483': ['Microsoft.KeyVault/vaults/*'],
  'a4417e6f-fecd-4de8-b567-7b0420556985': ['Microsoft.KeyVault/vaults/certificates/*'],
  '14b46e9e-c2b7-41b4-b07b-48a6ebf60603': [`${keys}*`, 'Microsoft.KeyVault/vaults/keyrotationpolicies/*'],
  '12338af0-0e69-4776-bea7-57ae8d297424': [
    ...[
      'read',
      'update/action',
      'backup/action',
      'encrypt/action',
      'decrypt/action',
      'wrap/action',
      'unwrap/action',
    ].map((word) => `${keys}${word}`),
    `${keys}sign/action`,
    `${keys}verify/action`,
  ],
  'e147488a-f6f5-4113-8e2d-b22465e65bf6': [`${keys}read`, `${keys}wrap/action`, `${keys}unwrap/action`],
  // Key Vault: Secrets Officer, Secrets User, Reader
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': [`${secrets}*`],
  '4633458b-17de-408a-b874-0445c86b69e6': [`${secrets}getSecret/action`, `${secrets}readMetadata/action`],
  '21090545-7ca7-4776-b22c-e363652d74d2': ['Microsoft.KeyVault/vaults/*/read', `${secrets}readMetadata/action`],
  // Container Registry: Repository Reader, Writer, Contributor
  'b93aa761-3e63-49ed-ac28-beffa264f7ac': [`${repositories}content/read`, `${repositories}metadata/read`],
  '2a1e307c-b015-4ebd-883e-5b7698a07328': [
    `${repositories}content/read`,
    `${repositories}content/write`,
    `${repositories}metadata/read`,
    `${repositories}metadata/write`,
  ],
  '2efddaa5-3f1f-4df3-97df-af3f13818f4c': [`${repositories}*`],
};

/** Whether role assignments let a principal do a data action on a thing: a vault's secret, a registry. Conditions are not looked at. */
export function mayUse(principalId: string, dataAction: string, id: string, context: ProviderContext): boolean {
  return context.view.ofType('Microsoft.Authorization/roleAssignments').some((assignment) => {
    const { principalId: holder, scope, roleDefinitionId } = propertiesOf(assignment);
    if (String(holder).toLowerCase() !== principalId.toLowerCase() || !isWithin(id, String(scope))) return false;
    return roleAllows(roleIdOf(String(roleDefinitionId)), dataAction, context);
  });
}

function roleAllows(role: string, action: string, context: ProviderContext): boolean {
  const known = builtIn[role];
  if (known !== undefined) return known.some((pattern) => matches(pattern, action));
  const custom = customRoles(context).find(({ id }) => roleIdOf(id) === role);
  return listOf(propertiesOf(custom).permissions)
    .map(membersOf)
    .some(
      ({ dataActions, notDataActions }) =>
        textsOf(dataActions).some((pattern) => matches(pattern, action)) &&
        !textsOf(notDataActions).some((pattern) => matches(pattern, action)),
    );
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}
