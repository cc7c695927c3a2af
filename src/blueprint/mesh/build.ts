import type { Resource, Value } from '../../model/resource.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { roleAssignment } from '../access/role-assignment.ts';
import { clusterSettings } from '../cluster/build.ts';
import { managedCluster } from '../cluster/managed-cluster.ts';
import { type ClusterRefs, clusterRefs } from '../cluster/refs.ts';
import { kubernetesVersionOf } from '../cluster/versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { idOf, propertyOf } from '../handles.ts';
import { meshSecrets, vaultSecrets } from '../vault/contents.ts';
import { meshDecisions } from './decisions.ts';
import { meshRevisionOn } from './versions.ts';

/** The add-on's right on the mesh's authority, and then the mesh. */
export function buildMeshes(context: BuildContext): PartDraft {
  return {
    name: 'mesh',
    ...joined(...context.spec.clusters.map((cluster) => mesh(context, cluster))),
    decisions: meshDecisions(context),
    intents: [],
  };
}

function mesh(context: BuildContext, cluster: ClusterSpec): Built {
  const refs = clusterRefs(context, cluster);
  return joined(...meshSecrets.map((secret) => readerOf(context, refs, secret)), withMesh(context, cluster, refs));
}

/** The add-on's identity comes with the cluster, so its rights come after it. */
function readerOf(context: BuildContext, refs: ClusterRefs, secret: string): Built {
  const { stage, deployment, group } = refs.placements['cluster-identity'];
  return roleAssignment(context, {
    key: `${refs.cluster.key}/mesh-reads-${secret}`,
    stage,
    deployment,
    scope: { kind: 'resourceGroup', name: group },
    on: { type: 'Microsoft.KeyVault/vaults/secrets', name: `${refs.vault.name}/${secret}` },
    role: 'key vault secrets user',
    principal: propertyOf(refs.cluster, 'addonProfiles.azureKeyvaultSecretsProvider.identity.objectId'),
    principalType: 'ServicePrincipal',
    why: 'The mesh signs with the authority that this secret is part of.',
    decision: 'mesh-reads-its-authority',
  });
}

function withMesh(context: BuildContext, cluster: ClusterSpec, refs: ClusterRefs): Built {
  const base = managedCluster(context, cluster);
  const revision = meshRevisionOn(context.day, kubernetesVersionOf(context, cluster).name)?.revision;
  if (revision === undefined) throw new RangeError('the version of the cluster was chosen with a revision');
  const resource: Resource = {
    ...base,
    key: `${refs.cluster.key}-with-mesh`,
    amends: base.key,
    stage: 'cluster-identity',
    // Its own deployment, after the rights that it needs: a template that reads the cluster cannot also change it.
    deployment: `mesh-${cluster.name}`,
    properties: {
      ...(base.properties as Readonly<Record<string, Value>>),
      serviceMeshProfile: {
        mode: 'Istio',
        istio: {
          revisions: [revision.name],
          components: {
            ingressGateways: [],
            egressGateways: [],
            proxyRedirectionMechanism: 'CNIChaining',
          },
          certificateAuthority: {
            plugin: {
              keyVaultId: idOf(refs.vault),
              rootCertObjectName: vaultSecrets.meshRoot,
              certObjectName: vaultSecrets.meshAuthority,
              keyObjectName: vaultSecrets.meshAuthorityKey,
              certChainObjectName: vaultSecrets.meshChain,
            },
          },
        },
      },
    },
  };
  const istio = (...settings: readonly string[]): readonly string[] =>
    settings.map((setting) => `properties.serviceMeshProfile.${setting}`);
  return decided(resource, {
    ...clusterSettings,
    'mesh-in-two-steps': istio('mode', 'istio.revisions'),
    'mesh-has-our-authority': istio('istio.certificateAuthority'),
    'mesh-ingress-is-internal': istio('istio.components.ingressGateways', 'istio.components.egressGateways'),
    'pods-need-no-network-rights': istio('istio.components.proxyRedirectionMechanism'),
  });
}
