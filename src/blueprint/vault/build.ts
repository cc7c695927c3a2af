import type { Resource } from '../../model/resource.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { roleAssignment } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import { type ClusterRefs, clusterRefs, type Named } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { identityMadeWith, idOf, propertyOf } from '../handles.ts';
import { privateEndpoint } from '../network/private-endpoint.ts';
import { azureResource } from '../placement.ts';
import { vaultDecisions } from './decisions.ts';

const zone = 'privatelink.vaultcore.azure.net';

/** The vaults of each cluster with their keys, and the set through which disks are encrypted with one of them. */
export function buildVaults(context: BuildContext): PartDraft {
  return {
    name: 'vault',
    ...joined(...context.spec.clusters.map((cluster) => vaults(context, cluster))),
    decisions: vaultDecisions,
    intents: [],
  };
}

function vaults(context: BuildContext, cluster: ClusterSpec): Built {
  const refs = clusterRefs(context, cluster);
  const { supply } = refs.placements;
  const { ownKeys } = context.spec.components;
  const endpoint = (of: Named): Built =>
    privateEndpoint(context, cluster, supply, { of, member: 'vault', zone, decision: 'vaults-by-private-name' });
  return joined(
    vault(context, refs, refs.vault, 'None'),
    // Disks are encrypted by a service of Azure that has no place in anybody's network.
    vault(context, refs, refs.diskVault, 'AzureServices'),
    endpoint(refs.vault),
    endpoint(refs.diskVault),
    ...(ownKeys === 'disks-and-secrets'
      ? [key(refs, refs.keys.clusterSecrets, ['encrypt', 'decrypt'], 'cluster-secrets-have-a-key')]
      : []),
    key(refs, refs.keys.disks, ['wrapKey', 'unwrapKey'], 'disk-keys-in-a-vault-of-their-own'),
    ownKeys === 'disks' ? encryptionSetWithItsIdentity(context, refs) : encryptionSet(refs),
  );
}

function vault({ spec }: BuildContext, refs: ClusterRefs, at: Named, bypass: 'None' | 'AzureServices'): Built {
  const resource = azureResource(refs.placements.supply, {
    ...at,
    type: 'Microsoft.KeyVault/vaults',
    apiVersion: apiVersions.vaults,
    properties: {
      tenantId: spec.azure.tenantId,
      sku: { family: 'A', name: 'premium' },
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enablePurgeProtection: true,
      enabledForDeployment: false,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
      publicNetworkAccess: 'Disabled',
      networkAcls: { defaultAction: 'Deny', bypass, ipRules: [], virtualNetworkRules: [] },
    },
  });
  return decided(resource, {
    'vaults-are-private': ['properties.publicNetworkAccess', 'properties.networkAcls'],
    ...(bypass === 'None' ? {} : { 'disk-keys-in-a-vault-of-their-own': ['properties.networkAcls.bypass'] }),
    'vaults-authorize-by-role': [
      'properties.enableRbacAuthorization',
      'properties.enabledForDeployment',
      'properties.enabledForDiskEncryption',
      'properties.enabledForTemplateDeployment',
    ],
    'nothing-in-a-vault-is-lost': [
      'properties.enableSoftDelete',
      'properties.softDeleteRetentionInDays',
      'properties.enablePurgeProtection',
    ],
    'keys-live-in-hardware': ['properties.sku'],
    'vaults-of-one-cluster': [],
  });
}

function key(refs: ClusterRefs, at: Named, keyOps: readonly string[], decision: string): Built {
  const resource: Resource = azureResource(refs.placements.supply, {
    ...at,
    type: 'Microsoft.KeyVault/vaults/keys',
    apiVersion: apiVersions.vaults,
    properties: {
      kty: 'RSA-HSM',
      keySize: 3072,
      keyOps,
      attributes: { enabled: true, exportable: false },
      rotationPolicy: {
        attributes: { expiryTime: 'P2Y' },
        lifetimeActions: [
          { trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'rotate' } },
          { trigger: { timeBeforeExpiry: 'P60D' }, action: { type: 'notify' } },
        ],
      },
    },
  });
  return decided(resource, {
    'keys-live-in-hardware': ['properties.kty', 'properties.keySize', 'properties.attributes'],
    'keys-rotate': ['properties.rotationPolicy'],
    [decision]: ['properties.keyOps'],
  });
}

function encryptionSet(refs: ClusterRefs): Built {
  const resource = azureResource(refs.placements.supply, {
    ...refs.encryptionSet,
    type: 'Microsoft.Compute/diskEncryptionSets',
    apiVersion: apiVersions.diskEncryptionSets,
    identity: { type: 'UserAssigned', userAssigned: [idOf(refs.identities.disks)] },
    properties: {
      encryptionType: 'EncryptionAtRestWithPlatformAndCustomerKeys',
      activeKey: {
        sourceVault: { id: idOf(refs.diskVault) },
        keyUrl: propertyOf(refs.keys.disks, 'keyUriWithVersion'),
      },
      rotationToLatestKeyVersionEnabled: true,
    },
    oneAtATime: refs.diskKeyWrites,
  });
  return decided(resource, setSettings);
}

const setSettings = {
  'disks-have-our-key': ['properties.encryptionType', 'properties.activeKey', 'identity'],
  'keys-rotate': ['properties.rotationToLatestKeyVersionEnabled'],
} as const;

/** Before sets could act through an identity of ours, the right on the key came after the set and its identity. */
function encryptionSetWithItsIdentity(context: BuildContext, refs: ClusterRefs): Built {
  const [ours] = encryptionSet(refs).resources as readonly [Resource];
  const resource: Resource = { ...ours, identity: { type: 'SystemAssigned' } };
  const { stage, deployment, group } = refs.placements.supply;
  return joined(
    decided(resource, setSettings),
    roleAssignment(context, {
      key: `${refs.encryptionSet.key}/key`,
      stage,
      deployment,
      scope: { kind: 'resourceGroup', name: group },
      on: { type: 'Microsoft.KeyVault/vaults/keys', name: refs.keys.disks.name },
      role: 'key vault crypto service encryption user',
      principal: identityMadeWith(resource),
      principalType: 'ServicePrincipal',
      why: 'Disks are encrypted with this key.',
      decision: 'encryption-set-uses-one-key',
    }),
  );
}
