import { createHash } from 'node:crypto';
import type { ArmResource } from '../../../model/resource.ts';
import { isOffered, lastDayOf } from '../../life-cycles/is-offered.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, listOf, type Members, membersOf, textOf } from '../members.ts';
import { privateEndpointConnections } from '../private-endpoint-connections.ts';
import { propertiesOf, resourceOf, takeIn, withProperties } from '../resource-form.ts';
import { badRequest, conflict, namesake, requireFound, withIdentity } from '../service-checks.ts';
import { storageApiVersions } from './api-versions.ts';

export const accountType = 'Microsoft.Storage/storageAccounts';

const kinds = ['StorageV2', 'BlobStorage', 'BlockBlobStorage', 'FileStorage', 'Storage'];
const services = ['blob', 'dfs', 'file', 'queue', 'table', 'web'];

/**
 * Storage accounts. StorageAccountAlreadyTaken, AccountNameInvalid and KeyBasedAuthenticationNotPermitted are the service's codes;
 * MinimumTlsVersionNotSupported and AccountKindCannotChange are named here.
 */
export const storageAccounts: ResourceTypeProvider = {
  type: accountType,
  apiVersions: storageApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(accountType, input.body);
    const name = nameIn(input.id);
    if (!/^[a-z0-9]{3,24}$/.test(name)) {
      throw badRequest(
        'AccountNameInvalid',
        `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
      );
    }
    if (namesake(input.id, accountType, context) !== undefined) {
      throw conflict('StorageAccountAlreadyTaken', `The storage account named ${name} is already taken.`);
    }
    const kind = kinds.find((known) => known === envelope.kind);
    if (kind === undefined)
      throw badRequest(
        'InvalidRequestPropertyValue',
        `The value '${String(envelope.kind)}' is not valid for property kind.`,
      );
    if (input.existing !== undefined && input.existing.kind !== kind && kind !== 'StorageV2') {
      throw badRequest('AccountKindCannotChange', `The kind of storage account ${name} cannot be changed to ${kind}.`);
    }
    const sku = textOf(membersOf(envelope.sku).name) ?? '';
    const tls = textOf(properties.minimumTlsVersion) ?? (input.apiVersion >= '2023' ? 'TLS1_2' : 'TLS1_0');
    if (
      tls < 'TLS1_2' &&
      input.existing === undefined &&
      !isOffered('storage without TLS 1.2', context) &&
      properties.minimumTlsVersion !== undefined
    ) {
      throw badRequest(
        'MinimumTlsVersionNotSupported',
        `The minimum TLS version ${tls} cannot be used since ${lastDayOf('storage without TLS 1.2')}.`,
      );
    }
    const account = resourceOf(
      accountType,
      input,
      { ...withIdentity(input.id, envelope, context), kind, sku: { name: sku, tier: sku.split('_')[0] } },
      defined({
        ...properties,
        minimumTlsVersion: tls,
        accessTier: properties.accessTier ?? (kind === 'StorageV2' || kind === 'BlobStorage' ? 'Hot' : undefined),
        supportsHttpsTrafficOnly: properties.supportsHttpsTrafficOnly ?? true,
        allowBlobPublicAccess: properties.allowBlobPublicAccess ?? input.apiVersion < '2021-04-01',
        publicNetworkAccess: properties.publicNetworkAccess ?? 'Enabled',
        networkAcls: rulesToStore(membersOf(properties.networkAcls), context),
        encryption: encryptionToStore(membersOf(properties.encryption)),
        primaryEndpoints: Object.fromEntries(
          services.map((service) => [
            service,
            `https://${name}.${service === 'web' ? 'z13.web' : service}.core.windows.net/`,
          ]),
        ),
        primaryLocation: envelope.location,
        statusOfPrimary: 'available',
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [account], delete: [] };
  },
  delete(existing, context) {
    const held = context.view
      .ofType('Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies')
      .find(
        (policy) =>
          policy.id.toLowerCase().startsWith(`${existing.id.toLowerCase()}/`) &&
          propertiesOf(policy).state === 'Locked',
      );
    if (held !== undefined) {
      throw conflict(
        'AccountProtectedFromDeletion',
        `The storage account ${existing.name} has a container with a locked immutability policy (${held.id}) and cannot be deleted.`,
      );
    }
    return { put: [], delete: [] };
  },
  read: (stored, context) =>
    withProperties(
      stored,
      defined({ privateEndpointConnections: privateEndpointConnections(stored.id, accountType, context) ?? [] }),
    ),
  actions: { listkeys: (existing, _body, context) => keysOf(existing, context) },
};

function rulesToStore(given: Members, context: ProviderContext): Members {
  const virtualNetworkRules = listOf(given.virtualNetworkRules).map(membersOf);
  for (const { id } of virtualNetworkRules)
    requireFound(context, textOf(id), 'Microsoft.Network/virtualNetworks/subnets');
  return {
    bypass: 'AzureServices',
    defaultAction: 'Allow',
    ipRules: [],
    ...given,
    virtualNetworkRules: virtualNetworkRules.map((rule) => ({ action: 'Allow', ...rule })),
  };
}

function encryptionToStore(given: Members): Members {
  const service = { keyType: 'Account', enabled: true };
  const asked = membersOf(given.services);
  const complete = (name: string): Members => ({ ...service, ...membersOf(asked[name]) });
  return {
    keySource: 'Microsoft.Storage',
    ...given,
    services: { ...asked, blob: complete('blob'), file: complete('file') },
  };
}

/** Keys of the same account are the same in every run; nothing accepts them. */
function keysOf(account: ArmResource, context: ProviderContext): Members {
  if (propertiesOf(account).allowSharedKeyAccess === false) {
    throw badRequest(
      'KeyBasedAuthenticationNotPermitted',
      'Key based authentication is not permitted on this storage account.',
    );
  }
  const keys = ['key1', 'key2'].map((keyName) => ({
    keyName,
    value: createHash('sha512').update(context.stableGuid(account.id, keyName)).digest('base64'),
    permissions: 'FULL',
  }));
  return { keys };
}
