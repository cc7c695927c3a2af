import type { Json } from '../../kernel/canonical-json.ts';
import type { Value } from '../../model/resource.ts';
import type { Task } from '../../model/task.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { apiVersions } from '../api-versions.ts';
import { clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { propertyOf } from '../handles.ts';
import { azureResource } from '../placement.ts';
import { signingAuthority, signingCertificate } from '../vault/contents.ts';
import { gitopsDecisions } from './decisions.ts';
import { fluxConfiguration, ingressClientId } from './names.ts';
import { fluxNamespace, fluxSourceAccount, gitopsRepository, gitopsTag } from './source.ts';

/** Flux in each cluster, pointed at the signed configuration in its live registry. */
export function buildGitops(context: BuildContext): PartDraft {
  return {
    name: 'gitops',
    ...joined(...context.spec.clusters.map((cluster) => flux(context, cluster))),
    decisions: gitopsDecisions(context),
    intents: [],
    tasks: [releaseTask(context)],
  };
}

/** The release of each cluster's configuration, signed by a key of its vault where nobody else is named as signer. */
function releaseTask(context: BuildContext): Task {
  const clusters = context.spec.clusters.map((cluster): Json => {
    const { cluster: managed, group, registries, vault } = clusterRefs(context, cluster);
    const scope = `/subscriptions/${context.spec.azure.subscriptionId}/resourceGroups/${group}`;
    const id = `${scope}/providers/Microsoft.ContainerService/managedClusters/${managed.name}`;
    const ours = { certificate: signingCertificate, authority: signingAuthority };
    return {
      cluster: managed.name,
      tree: `gitops/${managed.name}`,
      registry: `${registries.live.name}.azurecr.io`,
      repository: gitopsRepository,
      tag: gitopsTag,
      configuration: `${id}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/cluster`,
      ...(context.spec.gitops.signer === undefined
        ? { signer: { vault: `${vault.name}.vault.azure.net`, ...ours } }
        : {}),
    };
  });
  return { name: 'gitops', stage: 'gitops', kind: 'gitops', plan: { clusters } };
}

function flux(context: BuildContext, cluster: ClusterSpec): Built {
  const refs = clusterRefs(context, cluster);
  const placement = refs.placements.gitops;
  const extension = azureResource(placement, {
    key: `${refs.cluster.key}/flux`,
    type: 'Microsoft.ContainerService/managedClusters/providers/extensions',
    apiVersion: apiVersions.clusterExtensions,
    name: `${refs.cluster.name}/Microsoft.KubernetesConfiguration/flux`,
    properties: {
      extensionType: 'microsoft.flux',
      releaseTrain: 'Stable',
      autoUpgradeMinorVersion: true,
      scope: { cluster: { releaseNamespace: fluxNamespace } },
      configurationSettings: {
        'helm-controller.enabled': 'false',
        'notification-controller.enabled': 'false',
        'image-automation-controller.enabled': 'false',
        'image-reflector-controller.enabled': 'false',
        'multiTenancy.enforce': 'true',
        'workloadIdentity.enable': 'true',
        'workloadIdentity.azureClientId': propertyOf(refs.identities.flux, 'clientId'),
        'workloadIdentity.azureTenantId': context.spec.azure.tenantId,
      },
    },
    oneAtATime: `${refs.cluster.key}/flux`,
  });
  const { signer } = context.spec.gitops;
  const registry = `${refs.registries.live.name}.azurecr.io`;
  const configuration = azureResource(placement, {
    key: `${refs.cluster.key}/flux-configuration`,
    type: 'Microsoft.ContainerService/managedClusters/providers/fluxConfigurations',
    apiVersion: apiVersions.fluxConfigurations,
    name: `${refs.cluster.name}/Microsoft.KubernetesConfiguration/${fluxConfiguration}`,
    properties: {
      scope: 'cluster',
      namespace: fluxNamespace,
      suspend: signer === undefined,
      sourceKind: 'OCIRepository',
      ociRepository: {
        url: `oci://${registry}/${gitopsRepository}`,
        repositoryRef: { tag: gitopsTag },
        insecure: false,
        useWorkloadIdentity: true,
        serviceAccountName: fluxSourceAccount,
        syncIntervalInSeconds: 300,
        timeoutInSeconds: 300,
        ...(signer === undefined ? {} : { verify: verification(registry, signer) }),
      },
      kustomizations: {
        cluster: {
          path: './',
          prune: true,
          force: false,
          wait: true,
          syncIntervalInSeconds: 300,
          retryIntervalInSeconds: 60,
          timeoutInSeconds: 600,
          // The one value of the tree that Azure decides.
          postBuild: { substitute: { [ingressClientId]: propertyOf(refs.identities.ingress, 'clientId') } },
        },
      },
    },
    oneAtATime: `${refs.cluster.key}/flux`,
  });
  return joined(
    decided(extension, {
      'flux-as-an-extension': [
        'properties.extensionType',
        'properties.releaseTrain',
        'properties.autoUpgradeMinorVersion',
      ],
      'flux-has-no-more-than-it-needs': ['properties.configurationSettings'],
    }),
    decided(configuration, {
      'configuration-from-our-registry': [
        'properties.sourceKind',
        'properties.ociRepository.url',
        'properties.ociRepository.repositoryRef',
        'properties.ociRepository.insecure',
        'properties.ociRepository.useWorkloadIdentity',
        'properties.ociRepository.serviceAccountName',
      ],
      'only-signed-configuration': [
        'properties.suspend',
        ...(signer === undefined ? [] : ['properties.ociRepository.verify']),
      ],
      'what-is-not-declared-goes': ['properties.kustomizations'],
    }),
  );
}

/** Flux's names for what it checks signatures of the Notary Project with; all of it is public. */
function verification(registry: string, signer: string): Value {
  const policy = {
    version: '1.0',
    trustPolicies: [
      {
        name: 'cluster-configuration',
        registryScopes: [`${registry}/${gitopsRepository}`],
        signatureVerification: { level: 'strict' },
        trustStores: ['ca:fluxcd.io'],
        trustedIdentities: ['*'],
      },
    ],
  };
  const encoded = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  return {
    provider: 'notation',
    verificationConfig: { 'ca.crt': encoded(signer), 'trustpolicy.json': encoded(JSON.stringify(policy)) },
  };
}
