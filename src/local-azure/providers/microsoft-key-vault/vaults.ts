import { parsePrefix } from '../../../kernel/address.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, numberOf, textOf } from '../members.ts';
import { privateEndpointConnections } from '../private-endpoint-connections.ts';
import { propertiesOf, resourceOf, takeIn, withProperties } from '../resource-form.ts';
import { badRequest, conflict, namesake, refusal } from '../service-checks.ts';
import { olderVersionsEnd, rbacByDefaultSince, vaultApiVersions } from './api-versions.ts';
import { deletedVaultNamed, deletedVaultOf } from './deleted-vaults.ts';

export const vaultType = 'Microsoft.KeyVault/vaults';

/**
 * Key vaults. Soft delete is always on; a deleted vault keeps its name until it is purged, and one with purge protection cannot be.
 * Codes and wording are the service's, as users report them; ApiVersionRetired is named here.
 */
export const vaults: ResourceTypeProvider = {
  type: vaultType,
  apiVersions: vaultApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(vaultType, input.body);
    checkName(nameIn(input.id));
    checkVersion(input.apiVersion, context);
    const recovered = checkNameFree(input, properties, context);
    const usesRoles = properties.enableRbacAuthorization ?? input.apiVersion >= rbacByDefaultSince;
    if (usesRoles !== true && properties.accessPolicies === undefined && recovered === undefined) {
      throw badRequest(
        'BadRequest',
        'The parameter accessPolicies is not specified. It is required when the vault does not use role-based access control.',
      );
    }
    const vault = resourceOf(
      vaultType,
      input,
      envelope,
      defined({
        ...properties,
        createMode: undefined,
        sku: { family: 'A', ...membersOf(properties.sku) },
        accessPolicies: properties.accessPolicies ?? [],
        enabledForDeployment: properties.enabledForDeployment ?? false,
        enableSoftDelete: checkSoftDelete(properties),
        softDeleteRetentionInDays: checkRetention(input, properties),
        enablePurgeProtection: checkPurgeProtection(input, properties),
        enableRbacAuthorization: usesRoles,
        networkAcls: properties.networkAcls === undefined ? undefined : rulesToStore(membersOf(properties.networkAcls)),
        publicNetworkAccess: properties.publicNetworkAccess ?? 'Enabled',
        vaultUri: `https://${nameIn(input.id).toLowerCase()}.vault.azure.net/`,
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [vault], delete: recovered === undefined ? [] : [recovered] };
  },
  delete: (existing) => ({ put: [deletedVaultOf(existing)], delete: [] }),
  read: (stored, context) =>
    withProperties(
      stored,
      defined({ privateEndpointConnections: privateEndpointConnections(stored.id, vaultType, context) }),
    ),
};

function checkName(name: string): void {
  if (/^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i.test(name)) return;
  throw badRequest(
    'VaultNameNotValid',
    `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742`,
  );
}

function checkVersion(version: string, context: ProviderContext): void {
  if (version >= rbacByDefaultSince || context.asOf.toISOString().slice(0, 10) < olderVersionsEnd) return;
  throw badRequest(
    'ApiVersionRetired',
    `The API version ${version} of Microsoft.KeyVault/vaults was retired on ${olderVersionsEnd}. Use ${rbacByDefaultSince} or later.`,
  );
}

/** Gives the id of the deleted vault that a `recover` brings back. */
function checkNameFree(input: PutInput, properties: Members, context: ProviderContext): string | undefined {
  const name = nameIn(input.id);
  const deleted = deletedVaultNamed(name, context);
  const recovers = properties.createMode === 'recover';
  if (input.existing !== undefined) return undefined;
  if (deleted !== undefined) {
    if (recovers && sameId(String(propertiesOf(deleted).vaultId), input.id)) return deleted.id;
    throw conflict(
      'ConflictError',
      'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.',
    );
  }
  if (recovers) throw refusal(404, 'VaultNotFound', `The vault '${name}' is not there in deleted state.`);
  if (namesake(input.id, vaultType, context) !== undefined) {
    throw conflict(
      'VaultAlreadyExists',
      `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
    );
  }
  return undefined;
}

function checkSoftDelete(properties: Members): true {
  if (properties.enableSoftDelete !== false) return true;
  throw badRequest(
    'BadRequest',
    'The property "enableSoftDelete" can be set to false only for creating new vault. Enabling the \'soft delete\' functionality is an irreversible action.',
  );
}

function checkRetention(input: PutInput, properties: Members): number {
  const before = numberOf(propertiesOf(input.existing).softDeleteRetentionInDays);
  const days = numberOf(properties.softDeleteRetentionInDays) ?? before ?? 90;
  if (!Number.isInteger(days) || days < 7 || days > 90) {
    throw badRequest('BadRequest', `The property "softDeleteRetentionInDays" must be 7 to 90, not ${days}.`);
  }
  if (before !== undefined && before !== days) {
    throw badRequest(
      'BadRequest',
      'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
    );
  }
  return days;
}

function checkPurgeProtection(input: PutInput, properties: Members): true | undefined {
  const before = propertiesOf(input.existing).enablePurgeProtection === true;
  if (properties.enablePurgeProtection === false) {
    throw badRequest(
      'BadRequest',
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  }
  return before || properties.enablePurgeProtection === true ? true : undefined;
}

function rulesToStore(rules: Members): Members {
  const ipRules = listOf(rules.ipRules).map(membersOf);
  const invalid = ipRules.map(({ value }) => textOf(value) ?? '').find((text) => parsePrefix(text)?.family !== 4);
  if (invalid !== undefined)
    throw badRequest('BadRequest', `The IP rule '${invalid}' is not an IPv4 address or range.`);
  return {
    bypass: rules.bypass ?? 'AzureServices',
    defaultAction: rules.defaultAction ?? 'Allow',
    ipRules,
    virtualNetworkRules: rules.virtualNetworkRules ?? [],
  };
}
