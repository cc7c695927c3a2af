import { constants, createHash, createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { group, openInside, vaultHost, vaultId } from './inside.ts';

/** Shapes and codes: REST reference of Key Vault, api-version 7.5; messages as users report them. */
const inside = await openInside();
const { ask, arm, azure } = inside;

describe('secrets', () => {
  test('a secret has versions; the newest is given, an older one by its name', async () => {
    const first = await ask('PUT', '/secrets/word', { value: 'one', contentType: 'text/plain', tags: { use: 'test' } });
    expect(first).toMatchObject({
      status: 200,
      body: {
        value: 'one',
        id: expect.stringMatching(new RegExp(`^https://${vaultHost}/secrets/word/[0-9a-f]{32}$`)),
        contentType: 'text/plain',
        attributes: { enabled: true, created: expect.any(Number), recoveryLevel: 'Recoverable', recoverableDays: 90 },
        tags: { use: 'test' },
      },
    });
    await ask('PUT', '/secrets/word', { value: 'two' });
    expect((await ask('GET', '/secrets/word')).body.value).toBe('two');
    const version = new URL(first.body.id).pathname;
    expect((await ask('GET', version)).body.value).toBe('one');
    const all = await ask('GET', '/secrets/word/versions');
    expect(all.body.value).toHaveLength(2);
    expect(JSON.stringify(all.body)).not.toContain('"value":"');
    expect((await ask('GET', '/secrets')).body.value).toMatchObject([{ id: `https://${vaultHost}/secrets/word` }]);
  });

  test('what is not there is SecretNotFound', async () => {
    expect(await ask('GET', '/secrets/nothing')).toMatchObject({
      status: 404,
      body: { error: { code: 'SecretNotFound', message: expect.stringContaining('(name/id) nothing was not found') } },
    });
  });

  test('a deleted secret keeps its name, can be recovered, and is not purged against purge protection', async () => {
    await ask('PUT', '/secrets/gone', { value: 'x' });
    const deleted = await ask('DELETE', '/secrets/gone');
    expect(deleted.body).toMatchObject({ recoveryId: `https://${vaultHost}/deletedsecrets/gone` });
    expect(deleted.body.scheduledPurgeDate - deleted.body.deletedDate).toBe(90 * 86_400);
    expect(deleted.body).not.toHaveProperty('value');
    expect((await ask('GET', '/secrets/gone')).status).toBe(404);
    expect(await ask('PUT', '/secrets/gone', { value: 'y' })).toMatchObject({
      status: 409,
      body: { error: { code: 'Conflict' } },
    });
    expect((await ask('DELETE', '/deletedsecrets/gone')).status).toBe(403);
    expect((await ask('POST', '/deletedsecrets/gone/recover')).status).toBe(200);
    expect((await ask('GET', '/secrets/gone')).body.value).toBe('x');
  });

  test('the control plane shows names and addresses, never the value', async () => {
    await ask('PUT', '/secrets/shown', { value: 'S3cret-value' });
    const found = await arm.get<{ properties: unknown }>(`${vaultId}/secrets/shown`, '2024-11-01');
    expect(found.properties).toMatchObject({ secretUri: `https://${vaultHost}/secrets/shown` });
    expect(JSON.stringify(azure.resources())).not.toContain('S3cret-value');
  });
});

describe('keys', () => {
  const message = Buffer.from('what is signed');

  // Node's own verification is the second implementation.
  test.each([
    ['ES256', { kty: 'EC-HSM', crv: 'P-256' }, 'sha256'],
    ['ES384', { kty: 'EC', crv: 'P-384' }, 'sha384'],
    ['RS256', { kty: 'RSA-HSM', key_size: 2048 }, 'sha256'],
    ['RS512', { kty: 'RSA', key_size: 2048 }, 'sha512'],
  ])('%s over a digest is verified by somebody else', async (alg, create, hash) => {
    const { key } = (await ask('POST', `/keys/k-${alg}/create`, create)).body;
    const digest = createHash(hash).update(message).digest('base64url');
    for (let i = 0; i < 5; i++) {
      const signed = await ask('POST', `${new URL(key.kid).pathname}/sign`, { alg, value: digest });
      expect(signed.body.kid).toBe(key.kid);
      const { kid: _, key_ops: _ops, ...jwk } = key;
      const publicKey = createPublicKey({ key: { ...jwk, kty: jwk.kty.replace('-HSM', '') }, format: 'jwk' });
      const signature = Buffer.from(signed.body.value, 'base64url');
      const isRsa = alg.startsWith('RS');
      const options = isRsa
        ? { key: publicKey, padding: constants.RSA_PKCS1_PADDING }
        : { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
      expect(verify(hash, message, options, signature)).toBe(true);
      expect(verify(hash, Buffer.from('another'), options, signature)).toBe(false);
    }
  });

  test('no private part leaves, and what a key is not for is refused', async () => {
    const { body } = await ask('POST', '/keys/locked/create', { kty: 'EC-HSM', crv: 'P-256', key_ops: ['verify'] });
    expect(body.key).not.toHaveProperty('d');
    const signed = await ask('POST', '/keys/locked/sign', { alg: 'ES256', value: 'AAAA' });
    expect(signed).toMatchObject({ status: 403, body: { error: { code: 'Forbidden' } } });
    const short = await ask('POST', '/keys/k-ES256/sign', { alg: 'ES256', value: 'AAAA' });
    expect(short).toMatchObject({ status: 400, body: { error: { code: 'BadParameter' } } });
    expect((await ask('POST', '/keys/odd/create', { kty: 'oct' })).body.error.code).toBe('BadParameter');
  });

  test('a key that Azure Resource Manager made has a name here and no content: that is said, not made up', async () => {
    await arm.put(`${vaultId}/keys/by-template`, '2024-11-01', { properties: { kty: 'RSA-HSM', keySize: 3072 } });
    expect(await ask('POST', '/keys/by-template/sign', { alg: 'RS256', value: 'AAAA' })).toMatchObject({
      status: 501,
      body: { error: { code: 'NotModelledByLocalAzure', message: expect.stringContaining('by-template') } },
    });
  });
});

describe('who is let in', () => {
  test('from outside a private vault refuses with the service’s own words', async () => {
    const refused = await ask('GET', '/secrets/word', undefined, { listener: 'outside' });
    expect(refused).toMatchObject({
      status: 403,
      body: { error: { code: 'Forbidden', innererror: { code: 'ForbiddenByConnection' } } },
    });
    expect(refused.body.error.message).toMatch(
      /^Public network access is disabled and request is not from a trusted service nor via an approved private link\.\r\nCaller: appid=/,
    );
  });

  test('from inside it takes a private endpoint as well', async () => {
    const other = `${group}/providers/Microsoft.KeyVault/vaults/kv-without-endpoint`;
    const { location, properties } = await arm.get<{ location: string; properties: object }>(vaultId, '2024-11-01');
    await arm.put(other, '2024-11-01', { location, properties });
    await expect(
      inside.dataPlanes('kv-without-endpoint.vault.azure.net', 'https://vault.azure.net').get('/secrets/x', '7.5'),
    ).rejects.toMatchObject({ armCode: 'Forbidden' });
  });

  test('without a token the challenge says where one is had; a token for another service is none', async () => {
    const bare = await azure.handle(new Request(`https://${vaultHost}/secrets?api-version=7.5`), 'inside');
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer authorization="https:\/\/.+", resource="https:\/\/vault\.azure\.net"$/),
    ]);
    const foreign = await ask('GET', '/secrets', undefined, { audience: 'https://management.azure.com' });
    expect(foreign.status).toBe(401);
  });

  test('a managed identity may do what its roles say, on the secret that they name', async () => {
    const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-reader`;
    const identity = await arm.put<{ properties: { principalId: string } }>(identityId, '2024-11-30', {
      location: 'eastus2',
    });
    const objectId = identity.properties.principalId;
    expect((await ask('GET', '/secrets/word', undefined, { objectId })).body.error.innererror.code).toBe(
      'ForbiddenByRbac',
    );
    // Key Vault Secrets User: learn.microsoft.com, Azure built-in roles, security.
    const role = '/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6';
    await arm.put(
      `${vaultId}/secrets/word/providers/Microsoft.Authorization/roleAssignments/0d5c21b0-0000-4000-8000-00000000000a`,
      '2022-04-01',
      { properties: { principalId: objectId, roleDefinitionId: role, principalType: 'ServicePrincipal' } },
    );
    expect((await ask('GET', '/secrets/word', undefined, { objectId })).status).toBe(200);
    expect((await ask('GET', '/secrets/shown', undefined, { objectId })).status).toBe(403);
    expect((await ask('PUT', '/secrets/word', { value: 'mine' }, { objectId })).status).toBe(403);
  });

  test('at a server without names of its own the host is the first segment of the path', async () => {
    const token = azure.issueToken({ objectId: 'x' }, 'https://vault.azure.net');
    const request = new Request(`https://localhost:1/${vaultHost}/secrets/word?api-version=7.5`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await azure.handle(request, 'inside')).status).toBe(200);
    const nowhere = new Request('https://localhost:1/kv-nowhere.vault.azure.net/secrets/word?api-version=7.5');
    expect((await azure.handle(nowhere, 'inside')).status).toBe(404);
  });
});
