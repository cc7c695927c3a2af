import { execFileSync } from 'node:child_process';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureVault } from '../../src/supply/certificates/ensure.ts';
import { archiveOf } from '../../src/supply/gitops/archive.ts';
import { configurationArtifact, pushConfiguration } from '../../src/supply/gitops/configuration-artifact.ts';
import { signArtifact } from '../../src/supply/images/sign-artifact.ts';
import { openInside, vaultHost } from './inside.ts';
import { host, openSite, repositoryName, tree } from './site.ts';

describe('a release', () => {
  test('is packed, signed, trusted and applied; the next one prunes what is gone; the same again changes nothing', async () => {
    const { release, names, compliance, azure } = await openSite();
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
    const { release, repository, azure, ask } = await openSite();
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
async function inProcess(azure: Awaited<ReturnType<typeof openSite>>['azure']) {
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
      async ({ repository }: Awaited<ReturnType<typeof openSite>>, files: ReadonlyMap<string, string>) => {
        const artifact = configurationArtifact(files);
        await pushConfiguration(repository, artifact);
        await repository.pushManifest(artifact.manifest, 'released');
      },
      'nobody has signed',
    ],
    [
      'signed under another authority',
      async ({ repository, vault }: Awaited<ReturnType<typeof openSite>>, files: ReadonlyMap<string, string>) => {
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
      async (
        { arm, assignment, repository }: Awaited<ReturnType<typeof openSite>>,
        files: ReadonlyMap<string, string>,
      ) => {
        await arm.delete(assignment, '2022-04-01');
        const artifact = configurationArtifact(files);
        await pushConfiguration(repository, artifact);
        await repository.pushManifest(artifact.manifest, 'released');
      },
      'may not read',
    ],
  ])('when a release is %s', async (_what, push, said) => {
    const one = await openSite();
    await one.release(tree(['a']));
    await push(one, tree(['evil']));
    expect(one.names()).toEqual(['aks-one Namespace a']);
    const { complianceState, statuses } = await one.compliance();
    expect(complianceState).toBe('Non-Compliant');
    expect(JSON.stringify(statuses)).toContain(said);
  });

  test('from outside the registry refuses, in the form of its API', async () => {
    const { azure } = await openSite();
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
    const { dataPlanes } = await openSite();
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
