import { describe, expect, test } from 'vitest';
import { createArmClient } from './arm-client.ts';
import { ArmRequestError } from './arm-request-error.ts';
import { inProcessHttpClient } from './in-process.ts';

/**
 * Shapes of answers: Azure/azure-resource-manager-rpc "async-api-reference" and the reference of the operation status
 * (201 or 202 with Azure-AsyncOperation or Location, `status` Succeeded, Failed or Canceled).
 */
const endpoint = 'https://management.example';
const secret = 'very-secret-token';

type Answer = { status: number; headers?: Record<string, string>; body?: unknown };

function clientFor(handle: (method: string, url: URL, body: string) => Answer) {
  const asked: string[] = [];
  const client = createArmClient({
    endpoint,
    credential: { getToken: async () => ({ token: secret, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    httpClient: inProcessHttpClient(async (request) => {
      const url = new URL(request.url);
      asked.push(`${request.method} ${url.pathname}${url.search}`);
      expect(request.headers.get('authorization')).toBe(`Bearer ${secret}`);
      const { status, headers = {}, body } = handle(request.method, url, await request.text());
      return new Response(body === undefined || status === 204 ? null : JSON.stringify(body), { status, headers });
    }),
  });
  return { client, asked };
}

describe('long-running operations', () => {
  test('Azure-AsyncOperation wins over Location; after success the resource is read', async () => {
    let polls = 0;
    const { client, asked } = clientFor((method, url) => {
      if (method === 'PUT') {
        return {
          status: 201,
          headers: { 'azure-asyncoperation': `${endpoint}/ops/1`, location: `${endpoint}/wrong`, 'retry-after': '0' },
          body: { properties: { provisioningState: 'Updating' } },
        };
      }
      if (url.pathname === '/ops/1')
        return {
          status: 200,
          headers: { 'retry-after': '0' },
          body: { status: ++polls < 3 ? 'InProgress' : 'Succeeded' },
        };
      return { status: 200, body: { name: 'x', properties: { provisioningState: 'Succeeded' } } };
    });
    expect(await client.put('/subscriptions/s/x', '2024-01-01', {})).toMatchObject({
      name: 'x',
      properties: { provisioningState: 'Succeeded' },
    });
    expect(asked.filter((one) => one.includes('/ops/1'))).toHaveLength(3);
    expect(asked.some((one) => one.includes('/wrong'))).toBe(false);
    expect(asked.at(-1)).toBe('GET /subscriptions/s/x?api-version=2024-01-01');
  });

  test('a failed operation throws the service’s own code, and the innermost messages', async () => {
    const inner = JSON.stringify({ error: { code: 'SubnetIsFull', message: 'no address is left' } });
    const { client } = clientFor((method) =>
      method === 'PUT'
        ? { status: 201, headers: { 'azure-asyncoperation': `${endpoint}/ops/1`, 'retry-after': '0' }, body: {} }
        : {
            status: 200,
            body: {
              status: 'Failed',
              error: {
                code: 'DeploymentFailed',
                message: 'At least one failed.',
                details: [{ code: 'Conflict', message: inner }],
              },
            },
          },
    );
    const error = await client.put('/x', '1', {}).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ArmRequestError);
    expect((error as ArmRequestError).armCode).toBe('DeploymentFailed');
    expect((error as ArmRequestError).details).toEqual(['SubnetIsFull: no address is left']);
  });

  test('DELETE with 202 and Location is followed until it is no longer 202', async () => {
    let polls = 0;
    const { client } = clientFor((method) =>
      method === 'DELETE'
        ? { status: 202, headers: { location: `${endpoint}/ops/2`, 'retry-after': '0' } }
        : { status: ++polls < 2 ? 202 : 204, headers: { 'retry-after': '0', location: `${endpoint}/ops/2` } },
    );
    await client.delete('/x', '1');
    expect(polls).toBe(2);
  });
});

test('what is not there: find says undefined, get throws not-found, delete is content', async () => {
  const { client } = clientFor(() => ({
    status: 404,
    body: { error: { code: 'ResourceNotFound', message: 'The Resource was not found.' } },
  }));
  expect(await client.find('/x', '1')).toBeUndefined();
  await expect(client.get('/x', '1')).rejects.toMatchObject({ kind: 'not-found', armCode: 'ResourceNotFound' });
  await client.delete('/x', '1');
});

test('lists follow nextLink to the end', async () => {
  const { client } = clientFor((_method, url) =>
    url.searchParams.has('page')
      ? { status: 200, body: { value: [3] } }
      : { status: 200, body: { value: [1, 2], nextLink: `${endpoint}/list?page=2` } },
  );
  expect(await client.list('/list', '1')).toEqual([1, 2, 3]);
});

test('the token goes to no other host, and stands in no error', async () => {
  const elsewhere = clientFor(() => ({ status: 200, body: { value: [], nextLink: 'https://elsewhere.example/list' } }));
  await expect(elsewhere.client.list('/list', '1')).rejects.toMatchObject({ code: 'AZURE_FOREIGN_LINK' });
  expect(elsewhere.asked).toHaveLength(1);

  const refused = clientFor(() => ({ status: 400, body: { error: { code: 'Bad', message: 'no' } } }));
  const error: unknown = await refused.client.get('/x', '1').catch((thrown: unknown) => thrown);
  const { inspect } = await import('node:util');
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);

  const unreachable = createArmClient({
    endpoint,
    credential: { getToken: async () => ({ token: secret, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    httpClient: {
      sendRequest: async () =>
        Promise.reject(Object.assign(new Error('certificate has expired'), { code: 'ENOTRETRIED' })),
    },
  });
  const lost: unknown = await unreachable.get('/x', '1').catch((thrown: unknown) => thrown);
  expect(lost).toMatchObject({ code: 'AZURE_UNREACHABLE' });
  expect(inspect(lost, { depth: 10, showHidden: true })).not.toContain(secret);
});

test('a body that is a text is sent as it is, so that templates keep their comments', async () => {
  let sent = '';
  const { client } = clientFor((_method, _url, body) => {
    sent = body;
    return { status: 200, body: {} };
  });
  await client.send('PUT', '/x', '1', '{"a": 1 /* why */}');
  expect(sent).toBe('{"a": 1 /* why */}');
});

test('head says whether it is there', async () => {
  const { client } = clientFor((_method, url) => ({ status: url.pathname === '/there' ? 204 : 404 }));
  expect([await client.head('/there', '1'), await client.head('/gone', '1')]).toEqual([true, false]);
});

test('what is no list is told from an empty one', async () => {
  const { client } = clientFor((_method, url) => ({
    status: 200,
    body: url.pathname === '/empty' ? { value: [] } : {},
  }));
  expect(await client.list('/empty', '1')).toEqual([]);
  await expect(client.list('/resource', '1')).rejects.toMatchObject({ code: 'AZURE_NO_LIST' });
});

test('a regional host of the endpoint may be followed, a host that only looks like it may not', async () => {
  const pages = (next: string) =>
    clientFor((_method, url) => ({
      status: 200,
      body: url.hostname === 'management.example' ? { value: [1], nextLink: next } : { value: [2] },
    })).client.list('/list', '1');
  expect(await pages('https://eastus2.management.example/list?page=2')).toEqual([1, 2]);
  for (const other of [
    'https://notmanagement.example/',
    'http://management.example/',
    'https://management.example:444/',
  ])
    await expect(pages(other)).rejects.toMatchObject({ code: 'AZURE_FOREIGN_LINK' });
});

test('an error carries request id, correlation id, code and every inner message', async () => {
  const { client } = clientFor(() => ({
    status: 409,
    headers: { 'x-ms-request-id': 'r-1', 'x-ms-correlation-request-id': 'c-1' },
    body: {
      error: {
        code: 'Outer',
        message: 'Several.',
        details: [
          { code: 'A', message: 'first' },
          { code: 'B', message: 'Several too.', details: [{ code: 'C', message: 'second' }] },
        ],
      },
    },
  }));
  await expect(client.get('/x', '1')).rejects.toMatchObject({
    status: 409,
    armCode: 'Outer',
    requestId: 'r-1',
    correlationId: 'c-1',
    details: ['A: first', 'C: second'],
    message: 'GET /x: Outer: Several.',
  });
});
