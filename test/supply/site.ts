import { repositoryOf } from '../../src/azure/registry.ts';
import { runGitops } from '../../src/deploy/gitops-task.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentHost } from '../../src/kernel/host.ts';
import type { Store } from '../../src/local-azure/store/index.ts';
import { ensureVault } from '../../src/supply/certificates/ensure.ts';
import { group, openInside, vaultHost } from './inside.ts';

const registryName = 'crinsidetest';
export const host = `${registryName}.azurecr.io`;
export const repositoryName = 'gitops/cluster';
const registryId = `${group}/providers/Microsoft.ContainerRegistry/registries/${registryName}`;
const clusterId = `${group}/providers/Microsoft.ContainerService/managedClusters/aks-one`;
export const configuration = `${clusterId}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/cluster`;
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flux`;

const manifest = (kind: string, name: string, more = ''): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
const kustomization = (...resources: string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;
/** A tree that makes these namespaces. */
export const tree = (names: readonly string[]) =>
  new Map([
    ['kustomization.yaml', kustomization(...names.map((name) => `${name}.yaml`))],
    ...names.map((name) => [`${name}.yaml`, manifest('Namespace', name)] as const),
  ]);

const plan = {
  clusters: [
    {
      cluster: 'aks-one',
      tree: 'gitops/aks-one',
      registry: host,
      repository: repositoryName,
      tag: 'released',
      configuration,
      signer: { vault: vaultHost, certificate: 'release-signing', authority: 'release-authority' },
    },
  ],
};

/** Releases files through these clients. */
export const releaseTo = (
  { dataPlanes, arm }: Pick<Awaited<ReturnType<typeof openInside>>, 'dataPlanes' | 'arm'>,
  files: ReadonlyMap<string, string>,
  clock = systemClock,
) =>
  runGitops(
    {
      entry: {
        name: 'gitops',
        stage: 'gitops',
        role: 'operations',
        runsFrom: 'inside',
        kind: 'gitops',
        plan: 'gitops.yaml',
      },
      plan: JSON.stringify(plan),
      place: { file: 'tasks.yaml', line: 1, column: 1 },
    },
    { dataPlanes, client: arm, host: silentHost(clock), readFolder: () => files },
  );

/** A private registry, a cluster with Flux that may read from it, and a key that signs. */
export async function openSite(store?: Store) {
  const inside = await openInside(systemClock, store);
  const { arm, connect } = inside;
  const location = 'eastus2';
  await arm.put(registryId, '2025-11-01', {
    location,
    sku: { name: 'Premium' },
    properties: { publicNetworkAccess: 'Disabled' },
  });
  await connect(registryId, 'registry');
  const identity = await arm.put<{ properties: { principalId: string; clientId: string } }>(identityId, '2024-11-30', {
    location,
  });
  await arm.put(clusterId, '2026-05-01', {
    location,
    identity: { type: 'SystemAssigned' },
    properties: {
      dnsPrefix: 'one',
      agentPoolProfiles: [
        { name: 'system', mode: 'System', count: 1, vmSize: 'Standard_D4ds_v5', type: 'VirtualMachineScaleSets' },
      ],
    },
  });
  await arm.put(`${identityId}/federatedIdentityCredentials/flux`, '2024-11-30', {
    properties: {
      issuer: 'https://issuer.example.org/',
      subject: 'system:serviceaccount:flux-system:source-controller',
      audiences: ['api://AzureADTokenExchange'],
    },
  });
  // Container Registry Repository Reader: learn.microsoft.com, Azure built-in roles, containers.
  const role = '/providers/Microsoft.Authorization/roleDefinitions/b93aa761-3e63-49ed-ac28-beffa264f7ac';
  const assignment = `${registryId}/providers/Microsoft.Authorization/roleAssignments/0d5c21b0-0000-4000-8000-00000000000c`;
  await arm.put(assignment, '2022-04-01', {
    properties: {
      principalId: identity.properties.principalId,
      roleDefinitionId: role,
      principalType: 'ServicePrincipal',
    },
  });
  await arm.put(`${clusterId}/providers/Microsoft.KubernetesConfiguration/extensions/flux`, '2025-03-01', {
    properties: {
      extensionType: 'microsoft.flux',
      autoUpgradeMinorVersion: true,
      configurationSettings: {
        'workloadIdentity.enable': 'true',
        'workloadIdentity.azureClientId': identity.properties.clientId,
      },
    },
  });
  await arm.put(configuration, '2025-04-01', {
    properties: {
      scope: 'cluster',
      namespace: 'flux-system',
      suspend: true,
      sourceKind: 'OCIRepository',
      ociRepository: {
        url: `oci://${host}/${repositoryName}`,
        repositoryRef: { tag: 'released' },
        useWorkloadIdentity: true,
        serviceAccountName: 'source-controller',
      },
      kustomizations: { cluster: { path: './', prune: true } },
    },
  });
  await ensureVault(
    inside.vault,
    {
      vault: vaultHost,
      cluster: 'aks-one',
      authorities: [
        {
          name: 'release-authority',
          secret: 'release-authority',
          subject: 'CN=Releases, O=Test',
          validityMonths: 12,
          pathLength: 0,
        },
      ],
      certificates: [
        {
          name: 'release-signing',
          use: 'signing',
          subject: 'CN=Signing, O=Test',
          dnsNames: [],
          issuer: 'release-authority',
          contentType: 'application/x-pem-file',
          exportable: false,
          validityMonths: 6,
        },
      ],
      intermediates: [],
    },
    { now: new Date() },
  );
  const repository = repositoryOf(inside.dataPlanes(host, `repository:${repositoryName}:pull,push`), repositoryName);
  const release = (files: ReadonlyMap<string, string>) => releaseTo(inside, files);
  const names = () =>
    inside.azure.objects().map(({ cluster, object }) => `${cluster} ${object.kind} ${object.metadata.name}`);
  const compliance = async () => {
    const { properties } = await arm.get<{ properties: Record<string, unknown> }>(configuration, '2025-04-01');
    return properties;
  };
  return { ...inside, repository, release, names, compliance, assignment };
}
