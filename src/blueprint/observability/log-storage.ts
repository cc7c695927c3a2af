import type { Resource, Value } from '../../model/resource.ts';
import { managedIdentity, principalIdPath } from '../access/managed-identity.ts';
import { roleAssignment } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, decided, joined } from '../draft.ts';
import { propertyOf } from '../handles.ts';
import type { Placement } from '../placement.ts';
import { exportContainer, exportedTables } from './exported-tables.ts';
import type { MonitoringRefs } from './refs.ts';

const accountType = 'Microsoft.Storage/storageAccounts';

/** An account that Azure's services write logs into and nobody else: no keys, no public blobs, no network but theirs. */
export function logAccount(placement: Placement, at: { readonly key: string; readonly name: string }): Resource {
  const { stage, deployment, group, region, tags } = placement;
  return {
    ...at,
    stage,
    deployment,
    type: accountType,
    apiVersion: apiVersions.storage,
    scope: { kind: 'resourceGroup', name: group },
    location: region,
    tags,
    sku: { name: 'Standard_ZRS' },
    kind: 'StorageV2',
    properties: {
      accessTier: 'Hot',
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      allowCrossTenantReplication: false,
      allowedCopyScope: 'AAD',
      isLocalUserEnabled: false,
      isSftpEnabled: false,
      isNfsV3Enabled: false,
      publicNetworkAccess: 'Enabled',
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
      encryption: {
        keySource: 'Microsoft.Storage',
        requireInfrastructureEncryption: true,
        services: {
          blob: { enabled: true, keyType: 'Account' },
          file: { enabled: true, keyType: 'Account' },
        },
      },
    },
  };
}

/** The settings of such an account that follow each decision. */
export const accountSettings = {
  'log-storage-is-closed': [
    'properties.minimumTlsVersion',
    'properties.supportsHttpsTrafficOnly',
    'properties.allowBlobPublicAccess',
    'properties.allowSharedKeyAccess',
    'properties.defaultToOAuthAuthentication',
    'properties.allowCrossTenantReplication',
    'properties.allowedCopyScope',
    'properties.isLocalUserEnabled',
    'properties.isSftpEnabled',
    'properties.isNfsV3Enabled',
    'properties.publicNetworkAccess',
    'properties.networkAcls',
  ],
  'log-storage-outlives-a-zone': ['sku'],
  'logs-are-encrypted-twice': ['properties.encryption'],
} as const;

function child(account: Resource, type: string, key: string, name: string, properties: Value): Resource {
  const { stage, deployment, scope } = account;
  return {
    key: `${account.key}/${key}`,
    stage,
    deployment,
    type: `${accountType}/${type}`,
    apiVersion: apiVersions.storage,
    name: `${account.name}/${name}`,
    scope,
    properties,
  };
}

export const blobService = (account: Resource, days: number): Resource =>
  child(account, 'blobServices', 'blobs', 'default', {
    deleteRetentionPolicy: { enabled: true, days, allowPermanentDelete: false },
    containerDeleteRetentionPolicy: { enabled: true, days },
  });

/** Longest that storage keeps what was deleted. Source: Microsoft.Storage, `deleteRetentionPolicy.days`. */
export const longestSoftDelete = 365;

/** Where a region's flow logs go, and the identity that may write them there. */
export function flowLogStorage(context: BuildContext, refs: MonitoringRefs): Built {
  const account = logAccount(refs.placement, refs.flowLogStorage);
  const identity = managedIdentity(refs.placement, refs.flowLogIdentity);
  const kept = Math.min(context.spec.retention.logs, longestSoftDelete);
  return joined(
    decided(account, accountSettings),
    claimed(blobService(account, kept), 'deleted-logs-come-back'),
    claimed(identity, 'flow-logs-without-keys'),
    roleAssignment(context, {
      key: `monitoring/${refs.region}/flow-logs-may-be-written`,
      stage: refs.placement.stage,
      deployment: refs.placement.deployment,
      scope: account.scope,
      on: account,
      role: 'storage blob data contributor',
      principal: propertyOf(identity, principalIdPath),
      principalType: 'ServicePrincipal',
      why: 'Flow logs are written with this identity instead of the key of the account',
      decision: 'flow-logs-without-keys',
    }),
  );
}

/** Where tables of the workspace are copied to, hour by hour, and stay as they are. */
export function archiveStorage(context: BuildContext, refs: MonitoringRefs): Built {
  const account = logAccount(refs.placement, refs.archiveStorage);
  const kept = Math.min(context.spec.retention.logs, longestSoftDelete);
  const containers = exportedTables.map((table): Built => {
    const name = exportContainer(table);
    const container = child(account, 'blobServices/containers', name, `default/${name}`, { publicAccess: 'None' });
    const policy = child(
      account,
      'blobServices/containers/immutabilityPolicies',
      `${name}-immutability`,
      `default/${name}/default`,
      {
        immutabilityPeriodSinceCreationInDays: context.spec.retention.logs,
        // The export appends to a blob for an hour; nothing that is written can be changed.
        allowProtectedAppendWritesAll: true,
      },
    );
    return joined(claimed(container, 'log-storage-is-closed'), claimed(policy, 'archived-logs-cannot-be-changed'));
  });
  return joined(
    decided(account, accountSettings),
    claimed(blobService(account, kept), 'deleted-logs-come-back'),
    ...containers,
  );
}
