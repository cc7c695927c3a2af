import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { fixedClock } from '../kernel/clock.ts';
import { Problem } from '../kernel/errors.ts';
import { milliseconds } from '../kernel/units.ts';
import { group, subscriptionId, tenantId, tinyCloud } from './fixtures/tiny-cloud.ts';
import { createMemoryStore, type Store } from './store/index.ts';

const origin = 'https://localhost:4433';
const get = (path: string, headers: Record<string, string> = {}) => new Request(`${origin}${path}`, { headers });
const clientId = '44444444-4444-4444-8444-444444444444';

const login = (tenant: string, form: Record<string, string>, path = 'oauth2/v2.0/token') =>
  new Request(`${origin}/${tenant}/${path}`, { method: 'POST', body: new URLSearchParams(form) });

const credentials = {
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: 'any',
  scope: `${origin}/.default`,
};

test('metadata is one object for 2015-01-01 and 2022-09-01, an array for 2019-05-01, with every key that az reads (reference, section 3)', async () => {
  const { azure } = tinyCloud();
  for (const version of ['2015-01-01', '2022-09-01', '2023-11-01']) {
    const body = (await (await azure.handle(get(`/metadata/endpoints?api-version=${version}`))).json()) as Record<
      string,
      never
    >;
    expect(body).toMatchObject({
      name: expect.any(String),
      authentication: {
        loginEndpoint: origin,
        audiences: [expect.any(String), expect.any(String)],
        tenant: expect.any(String),
        identityProvider: expect.any(String),
      },
      resourceManager: `${origin}/`,
    });
    for (const key of [
      'graphAudience',
      'microsoftGraphResourceId',
      'batch',
      'gallery',
      'portal',
      'media',
      'sqlManagement',
      'vmImageAliasDoc',
      'activeDirectoryDataLake',
      'logAnalyticsResourceId',
    ]) {
      expect(body[key], key).toEqual(expect.any(String));
    }
    for (const key of ['keyVaultDns', 'acrLoginServer', 'storage', 'sqlServerHostname']) {
      expect((body as Record<string, Record<string, string>>).suffixes?.[key], key).toEqual(expect.any(String));
    }
  }
  const clouds = await (await azure.handle(get('/metadata/endpoints?api-version=2019-05-01'))).json();
  expect(clouds).toEqual([expect.objectContaining({ resourceManager: `${origin}/` })]);
});

test.each([[tenantId], ['adfs']])(
  'tenant %s: discovery names the token endpoint, whose token opens ARM',
  async (tenant) => {
    const { azure } = tinyCloud();
    const configuration = (await (
      await azure.handle(get(`/${tenant}${tenant === 'adfs' ? '' : '/v2.0'}/.well-known/openid-configuration`))
    ).json()) as Record<string, string>;
    // The keys that MSAL demands (reference, section 3).
    for (const key of [
      'issuer',
      'authorization_endpoint',
      'token_endpoint',
      'device_authorization_endpoint',
      'jwks_uri',
    ]) {
      expect(configuration[key], key).toContain(origin);
    }
    expect(configuration.token_endpoint).toBe(`${origin}/${tenant}/oauth2/v2.0/token`);
    const answer = await azure.handle(login(tenant, credentials));
    const token = (await answer.json()) as Record<string, string>;
    expect([answer.status, token.token_type, Number(token.expires_in) > 3_000]).toEqual([200, 'Bearer', true]);
    const authorization = `Bearer ${token.access_token}`;
    const listed = await azure.handle(get('/subscriptions?api-version=2022-12-01', { authorization }));
    expect(listed.status).toBe(200);
    // What az login needs of a subscription (reference, section 5.1).
    expect(await listed.json()).toEqual({
      value: [
        expect.objectContaining({
          id: `/subscriptions/${subscriptionId}`,
          subscriptionId,
          tenantId,
          displayName: 'Test',
          state: 'Enabled',
          authorizationSource: expect.any(String),
          subscriptionPolicies: expect.any(Object),
        }),
      ],
    });
  },
);

test('the AD FS path of the reference (/adfs/oauth2/token, with a resource) gives a token too', async () => {
  const { azure } = tinyCloud();
  const { scope: _, ...rest } = credentials;
  const answer = await azure.handle(
    login('adfs', { ...rest, resource: 'https://management.core.windows.net/' }, 'oauth2/token'),
  );
  const { access_token } = (await answer.json()) as { access_token: string };
  const listed = await azure.handle(
    get('/subscriptions?api-version=2022-12-01', { authorization: `Bearer ${access_token}` }),
  );
  expect(listed.status).toBe(200);
});

test.each([
  ['an unknown tenant', '99999999-9999-4999-8999-999999999999', credentials, 400, 'invalid_tenant'],
  ['another grant', tenantId, { ...credentials, grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ['no secret', tenantId, { ...credentials, client_secret: '' }, 401, 'invalid_client'],
  ['a client id that is none', tenantId, { ...credentials, client_id: 'me' }, 400, 'invalid_request'],
  ['a scope without /.default', tenantId, { ...credentials, scope: 'openid' }, 400, 'invalid_scope'],
])('the token endpoint refuses %s as RFC 6749 section 5.2 says', async (_, tenant, form, status, error) => {
  const { azure } = tinyCloud();
  const answer = await azure.handle(login(tenant, form));
  expect([answer.status, await answer.json()]).toEqual([
    status,
    expect.objectContaining({ error, error_description: expect.stringMatching(/^AADSTS\d+: /) }),
  ]);
});

const sign = (claims: unknown, key: string, header: unknown = { typ: 'JWT', alg: 'HS256' }): string => {
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
};
const claims = { aud: 'https://management.azure.com/', tid: tenantId, oid: clientId, exp: 4_000_000_000 };

test.each([
  ['none', undefined],
  ['another scheme', 'Basic dTpw'],
  ['garbage', 'Bearer x'],
  ['three garbage parts', 'Bearer a.b.c'],
  ['a key of somebody else', `Bearer ${sign(claims, 'guess')}`],
  ['an unsigned token', `Bearer ${sign(claims, '', { alg: 'none' }).replace(/[^.]+$/, '')}`],
])(
  'without a valid token (%s) every ARM address answers 401 AuthenticationFailed with a challenge',
  async (_, authorization) => {
    const { azure } = tinyCloud();
    const headers = authorization === undefined ? {} : { authorization };
    for (const path of [
      '/subscriptions?api-version=2022-12-01',
      '/subscriptions/x',
      '/providers',
      '/tenants?api-version=2022-12-01',
    ]) {
      const answer = await azure.handle(get(path, headers));
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer authorization_uri="https:\/\/localhost:4433\//);
      expect(await answer.json()).toMatchObject({ error: { code: 'AuthenticationFailed' } });
    }
  },
);

test('a changed claim breaks the signature', async () => {
  const { azure, token } = tinyCloud();
  const [header, body, signature] = token.split('.') as [string, string, string];
  const changed = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), oid: clientId };
  const forged = `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`;
  const answer = await azure.handle(
    get('/subscriptions?api-version=2022-12-01', { authorization: `Bearer ${forged}` }),
  );
  expect(answer.status).toBe(401);
});

test('a token for another service, and one that has run out, are refused', async () => {
  const clock = fixedClock(new Date('2026-01-01T00:00:00Z'));
  const { azure } = tinyCloud({ clock });
  const forGraph = (await (
    await azure.handle(login(tenantId, { ...credentials, scope: 'https://graph.microsoft.com/.default' }))
  ).json()) as { access_token: string };
  const refused = await azure.handle(
    get('/subscriptions?api-version=2022-12-01', { authorization: `Bearer ${forGraph.access_token}` }),
  );
  expect([refused.status, await refused.json()]).toMatchObject([
    401,
    { error: { message: expect.stringContaining('wrong audience') } },
  ]);
  const authorization = `Bearer ${azure.issueToken({ objectId: clientId })}`;
  expect((await azure.handle(get('/subscriptions?api-version=2022-12-01', { authorization }))).status).toBe(200);
  await clock.sleep(milliseconds(3_600_000));
  expect((await azure.handle(get('/subscriptions?api-version=2022-12-01', { authorization }))).status).toBe(401);
});

test('tokens outlive the process that issued them: the key is kept in the store, and differs between data folders', async () => {
  const store = createMemoryStore();
  const first = tinyCloud({ store });
  await first.settle();
  const again = tinyCloud({ store });
  const headers = { authorization: `Bearer ${first.token}` };
  expect((await again.azure.handle(get('/subscriptions?api-version=2022-12-01', headers))).status).toBe(200);
  expect((await tinyCloud().azure.handle(get('/subscriptions?api-version=2022-12-01', headers))).status).toBe(401);
});

test('every ARM answer carries the headers of the protocol (reference, section 3)', async () => {
  const { send } = tinyCloud();
  const correlation = '55555555-5555-4555-8555-555555555555';
  const { headers } = await send('GET', `/subscriptions/${subscriptionId}?api-version=2022-12-01`, undefined, {
    'x-ms-client-request-id': 'mine',
    'x-ms-correlation-request-id': correlation,
  });
  expect(headers.get('x-ms-client-request-id')).toBe('mine');
  expect(headers.get('x-ms-correlation-request-id')).toBe(correlation);
  expect(headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('x-ms-routing-request-id')).toMatch(/^LOCAL:\d{8}T\d{6}Z:[0-9a-f-]{36}$/);
  expect(headers.get('x-ms-ratelimit-remaining-subscription-reads')).toMatch(/^\d+$/);
});

test.each([
  ['/subscriptions', 400, 'MissingApiVersionParameter'],
  ['/subscriptions?api-version=tomorrow', 400, 'InvalidApiVersionParameter'],
  ['/subscriptions/not-a-guid?api-version=2022-12-01', 400, 'InvalidSubscriptionId'],
  ['/subscriptions/99999999-9999-4999-8999-999999999999?api-version=2022-12-01', 404, 'SubscriptionNotFound'],
  [
    '/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups?api-version=2022-12-01',
    404,
    'SubscriptionNotFound',
  ],
  ['/nothing/here?api-version=2022-12-01', 404, 'NotFound'],
  ['/subscriptions/%00?api-version=2022-12-01', 400, 'InvalidRequestUri'],
  ['/subscriptions/%zz?api-version=2022-12-01', 400, 'InvalidRequestUri'],
])('GET %s is %i %s', async (path, status, code) => {
  const { azure, token } = tinyCloud();
  const answer = await azure.handle(get(path, { authorization: `Bearer ${token}` }));
  expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code } }]);
});

test('when the disk refuses a write, nobody is told that it is kept: the request fails with the cause, and so does every later one', async () => {
  const store = createMemoryStore();
  let isFull = false;
  const full = new Problem({ code: 'STORE_WRITE_FAILED', message: 'The disk is full.', hint: 'Make room.' });
  const transact: Store['transact'] = async (changes) => {
    if (isFull) throw full;
    await store.transact(changes);
  };
  const { makeGroup, send } = tinyCloud({ store: { ...store, transact } });
  await makeGroup();
  isFull = true;
  const box = `${group}/providers/Contoso.Test/boxes/b`;
  const deployment = `${group}/providers/Microsoft.Resources/deployments/d`;
  const refused = { error: { code: 'STORE_WRITE_FAILED', message: 'The disk is full. Make room.' } };
  expect(await send('PUT', box, { location: 'eastus2' })).toMatchObject({ status: 503, body: refused });
  isFull = false;
  expect(await send('GET', box)).toMatchObject({ status: 503, body: refused });
  expect(await send('PUT', deployment, { properties: { mode: 'Incremental', template: {} } })).toMatchObject({
    status: 503,
  });
  const reopened = tinyCloud({ store });
  expect((await reopened.send('GET', box)).status).toBe(404);
  expect((await reopened.send('GET', `${group}?api-version=2024-11-01`)).status).toBe(200);
});
