import { execFileSync } from 'node:child_process';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryOf } from '../../src/azure/registry.ts';
import { runGitops } from '../../src/deploy/gitops-task.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentHost } from '../../src/kernel/host.ts';
import { ensureVault } from '../../src/supply/certificates/ensure.ts';
import { archiveOf } from '../../src/supply/gitops/archive.ts';
import { configurationArtifact, pushConfiguration } from '../../src/supply/gitops/configuration-artifact.ts';
import { signArtifact } from '../../src/supply/images/sign-artifact.ts';
import { group, openInside, vaultHost } from './inside.ts';

const registryName = 'crinsidetest';
const host = `${registryName}.azurecr.io`;
const repositoryName = 'gitops/cluster';
const registryId = `${group}/providers/Microsoft.ContainerRegistry/registries/${registryName}`;
const clusterId = `${group}/providers/Microsoft.ContainerService/managedClusters/aks-one`;
const configuration = `${clusterId}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/cluster`;
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flux`;

const manifest = (kind: string, name: string, more = ''): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
const kustomization = (...resources: string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;
const tree = (names: readonly string[]) =>
  new Map([
    ['kustomization.yaml', kustomization(...names.map((name) => `${name}.yaml`))],
    ...names.map((name) => [`${name}.yaml`, manifest('Namespace', name)] as const),
  ]);

/** A private registry, a cluster with Flux that may read from it, and a key that signs. */
async function site() {
  const inside = await openInside();
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
  const release = (files: ReadonlyMap<string, string>) =>
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
      { dataPlanes: inside.dataPlanes, client: arm, host: silentHost(systemClock), readFolder: () => files },
    );
  const names = () =>
    inside.azure.objects().map(({ cluster, object }) => `${cluster} ${object.kind} ${object.metadata.name}`);
  const compliance = async () => {
    const { properties } = await arm.get<{ properties: Record<string, unknown> }>(configuration, '2025-04-01');
    return properties;
  };
  return { ...inside, repository, release, names, compliance, assignment };
}

describe('a release', () => {
  test('is packed, signed, trusted and applied; the next one prunes what is gone; the same again changes nothing', async () => {
    const { release, names, compliance, azure } = await site();
    expect(names()).toEqual([]);
    const first = await release(tree(['a', 'b']));
    expect(first.summary).toMatch(/^aks-one: [0-9a-f]{12} reconciled$/);
    expect(names()).toEqual(['aks-one Namespace a', 'aks-one Namespace b']);
    expect(await compliance()).toMatchObject({
      complianceState: 'Compliant',
      suspend: false,
      sourceSyncedCommitId: expect.stringMatching(/^released@sha256:[0-9a-f]{64}$/),
    });
    await release(tree(['b', 'c']));
    expect(names()).toEqual(['aks-one Namespace b', 'aks-one Namespace c']);
    const before = JSON.stringify([azure.resources(), azure.objects()]);
    await release(tree(['b', 'c']));
    expect(JSON.stringify([azure.resources(), azure.objects()])).toBe(before);
  });

  test('is signed as the Notary Project says: verified here by OpenSSL’s certificates and Node alone', async () => {
    const { release, repository, azure, ask } = await site();
    await release(tree(['a']));
    const { descriptor } = configurationArtifact(tree(['a']));
    const [signature] = await repository.referrers(descriptor.digest, 'application/vnd.cncf.notary.signature');
    const pull = async (at: string) => {
      const { dataPlanes } = await inProcess(azure);
      return await dataPlanes(`/v2/${repositoryName}/${at}`);
    };
    const found = JSON.parse((await pull(`manifests/${signature?.digest}`)).toString());
    expect(found).toMatchObject({
      artifactType: 'application/vnd.cncf.notary.signature',
      subject: { digest: descriptor.digest, size: descriptor.size },
      layers: [{ mediaType: 'application/jose+json' }],
    });
    const jws = JSON.parse((await pull(`blobs/${found.layers[0].digest}`)).toString());
    const head = JSON.parse(Buffer.from(jws.protected, 'base64url').toString());
    expect(head).toMatchObject({
      alg: 'ES256',
      cty: 'application/vnd.cncf.notary.payload.v1+json',
      crit: ['io.cncf.notary.signingScheme'],
      'io.cncf.notary.signingScheme': 'notary.x509',
    });
    const [leaf, root] = jws.header.x5c.map((der: string) => new X509Certificate(Buffer.from(der, 'base64')));
    expect([leaf.verify(root.publicKey), root.verify(root.publicKey), leaf.ca, root.ca]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    const signed = Buffer.from(`${jws.protected}.${jws.payload}`);
    const key = { key: leaf.publicKey, dsaEncoding: 'ieee-p1363' as const };
    expect(verify('sha256', signed, key, Buffer.from(jws.signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(jws.payload, 'base64url').toString())).toEqual({
      targetArtifact: { mediaType: descriptor.mediaType, digest: descriptor.digest, size: descriptor.size },
    });
    expect((await ask('GET', '/secrets/release-signing')).body.value).not.toContain('PRIVATE');
  });
});

/** Content of the registry as any client of the distribution API gets it. */
async function inProcess(azure: Awaited<ReturnType<typeof site>>['azure']) {
  const post = async (at: string, form: Record<string, string>) => {
    const body = new URLSearchParams({ service: host, ...form });
    const response = await azure.handle(new Request(`https://${host}${at}`, { method: 'POST', body }), 'inside');
    return (await response.json()) as Record<string, string>;
  };
  const entra = azure.issueToken({ objectId: 'x' }, 'https://containerregistry.azure.net');
  const { refresh_token = '' } = await post('/oauth2/exchange', { grant_type: 'access_token', access_token: entra });
  const { access_token } = await post('/oauth2/token', { grant_type: 'refresh_token', refresh_token, scope: '' });
  return {
    dataPlanes: async (at: string): Promise<Buffer> => {
      const headers = { authorization: `Bearer ${access_token}` };
      const response = await azure.handle(new Request(`https://${host}${at}`, { headers }), 'inside');
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    },
  };
}

describe('Flux leaves the cluster as it is', () => {
  test.each([
    [
      'unsigned',
      async ({ repository }: Awaited<ReturnType<typeof site>>, files: ReadonlyMap<string, string>) => {
        const artifact = configurationArtifact(files);
        await pushConfiguration(repository, artifact);
        await repository.pushManifest(artifact.manifest, 'released');
      },
      'nobody has signed',
    ],
    [
      'signed under another authority',
      async ({ repository, vault }: Awaited<ReturnType<typeof site>>, files: ReadonlyMap<string, string>) => {
        const other = await openInside();
        await ensureVault(
          other.vault,
          {
            vault: vaultHost,
            cluster: 'x',
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
        void vault;
        const artifact = configurationArtifact(files);
        await pushConfiguration(repository, artifact);
        await signArtifact(
          repository,
          artifact.descriptor,
          { vault: other.vault, certificate: 'release-signing', authority: 'release-authority' },
          new Date(),
        );
        await repository.pushManifest(artifact.manifest, 'released');
      },
      'not trusted',
    ],
    [
      'that its identity may no longer read',
      async ({ arm, assignment, repository }: Awaited<ReturnType<typeof site>>, files: ReadonlyMap<string, string>) => {
        await arm.delete(assignment, '2022-04-01');
        const artifact = configurationArtifact(files);
        await pushConfiguration(repository, artifact);
        await repository.pushManifest(artifact.manifest, 'released');
      },
      'may not read',
    ],
  ])('when a release is %s', async (_what, push, said) => {
    const one = await site();
    await one.release(tree(['a']));
    await push(one, tree(['evil']));
    expect(one.names()).toEqual(['aks-one Namespace a']);
    const { complianceState, statuses } = await one.compliance();
    expect(complianceState).toBe('Non-Compliant');
    expect(JSON.stringify(statuses)).toContain(said);
  });

  test('from outside the registry refuses, in the form of its API', async () => {
    const { azure } = await site();
    const bare = await azure.handle(new Request(`https://${host}/v2/`), 'outside');
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer realm="https://${host}/oauth2/token",service="${host}"`,
    ]);
    const token = azure.issueToken({ objectId: 'x' }, `https://${host}`);
    const refused = await azure.handle(
      new Request(`https://${host}/v2/${repositoryName}/tags/list`, { headers: { authorization: `Bearer ${token}` } }),
      'outside',
    );
    expect([refused.status, ((await refused.json()) as { errors: { code: string }[] }).errors[0]?.code]).toEqual([
      403,
      'DENIED',
    ]);
  });

  test('content that does not match its digest is refused', async () => {
    const { dataPlanes } = await site();
    const client = dataPlanes(host, `repository:${repositoryName}:pull,push`);
    const wrong = `sha256:${'0'.repeat(64)}`;
    await expect(
      client.send('PUT', `/v2/${repositoryName}/blobs/uploads/x?digest=${wrong}`, '1', new Uint8Array([1])),
    ).rejects.toMatchObject({ status: 400 });
  });
});

test('the archive is one that tar reads, and the same files give the same bytes in any order', () => {
  const files = new Map([
    ['b/two.yaml', 'two: ü\n'],
    ['a.yaml', 'x'.repeat(1500)],
    [`${'long/'.repeat(25)}name.yaml`, 'deep\n'],
  ]);
  const bytes = archiveOf(files);
  const digest = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
  expect(digest(archiveOf(new Map([...files].reverse())))).toBe(digest(bytes));
  const folder = mkdtempSync(path.join(tmpdir(), 'archive-'));
  try {
    writeFileSync(path.join(folder, 'a.tgz'), bytes);
    const listed = execFileSync('tar', ['-tzf', path.join(folder, 'a.tgz')]).toString();
    expect(listed.trim().split('\n').sort()).toEqual([...files.keys()].sort());
    const content = execFileSync('tar', ['-xzOf', path.join(folder, 'a.tgz'), 'b/two.yaml']).toString();
    expect(content).toBe('two: ü\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
