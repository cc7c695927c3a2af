import { principalIdPath } from '../access/managed-identity.ts';
import { apiVersions } from '../api-versions.ts';
import { clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type DecisionText, decided, joined, type PartDraft } from '../draft.ts';
import { propertyOf } from '../handles.ts';
import { privateEndpoint } from '../network/private-endpoint.ts';
import { azureResource } from '../placement.ts';
import { vaultDecisions } from './decisions.ts';

const zone = 'privatelink.vaultcore.azure.net';

/** One vault a cluster, whose own list says who may read: those who show a certificate, and nobody else. */
export function buildAccessPolicyVaults(context: BuildContext): PartDraft {
  const built = context.spec.clusters.map((cluster) => {
    const refs = clusterRefs(context, cluster);
    const { tenantId } = context.spec.azure;
    const reader = (who: 'gateway' | 'ingress') => ({
      tenantId,
      objectId: propertyOf(refs.identities[who], principalIdPath),
      permissions: { secrets: ['get'], certificates: ['get'], keys: [] },
    });
    const vault = azureResource(refs.placements.supply, {
      ...refs.vault,
      type: 'Microsoft.KeyVault/vaults',
      apiVersion: apiVersions.vaults,
      properties: {
        tenantId,
        // The original has the standard tier, which keeps no key in hardware.
        sku: { family: 'A', name: 'premium' },
        accessPolicies: [reader('gateway'), reader('ingress')],
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        enablePurgeProtection: true,
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
        networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
      },
    });
    return joined(
      decided(vault, {
        'vaults-are-private': ['properties.networkAcls'],
        'vault-lists-its-readers': [
          'properties.accessPolicies',
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
      }),
      privateEndpoint(context, cluster, refs.placements.supply, {
        of: refs.vault,
        member: 'vault',
        zone,
        decision: 'vaults-by-private-name',
      }),
    );
  });
  return { name: 'vault', ...joined(...built), decisions: [...vaultDecisions, ...accessPolicyDecisions], intents: [] };
}

const accessPolicyDecisions: readonly DecisionText[] = [
  {
    id: 'vault-lists-its-readers',
    title: 'The vault’s own access policies let two identities read secrets and certificates',
    because:
      'The reference implementation gives rights so. Both may get what they name, and list, write or delete nothing. Purge protection and the denial of other networks, which the original lacks, are added.',
    alternatives: [
      {
        option: 'Azure RBAC',
        whyNot: 'It gives a right on one secret and is listed with all other rights; profile `current` has it.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.6.1.3', 'pci-dss-4.0.1:7.2.5'],
    provedBy: [],
    assumptions: ['Both identities could read each other’s certificate: an access policy holds for the whole vault.'],
  },
];
