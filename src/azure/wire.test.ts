import { type HttpClient, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { milliseconds } from '../kernel/units.ts';
import { createArmClient } from './arm-client.ts';
import { inProcessHttpClient } from './in-process.ts';
import { retryAfter } from './retry.ts';

const endpoint = 'https://management.example';
const credential = {
  getToken: async () => ({ token: 'token-0123456789', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

function clientOn(httpClient: HttpClient, count?: number) {
  const retry = { delay: milliseconds(1), ...(count === undefined ? {} : { count }) };
  return createArmClient({ endpoint, credential, httpClient, retry });
}

/** Answers with the given statuses, one a request, then with 200. */
function faulty(...faults: (number | { status: number; headers: Record<string, string> } | string)[]) {
  let requests = 0;
  const handle = async (): Promise<Response> => {
    const fault = faults[requests++];
    if (typeof fault === 'string') throw Object.assign(new Error(fault), { code: fault });
    const { status, headers } =
      typeof fault === 'object' ? fault : { status: fault ?? 200, headers: {} as Record<string, string> };
    return Response.json(status === 200 ? { ok: true } : { error: { code: 'Fault', message: 'fault' } }, {
      status,
      headers,
    });
  };
  return { httpClient: inProcessHttpClient(handle), requests: () => requests };
}

describe('a request is sent again', () => {
  test.each([[408], [429], [500], [502], [503], [504]])('after %d', async (status) => {
    const { httpClient, requests } = faulty(status, status);
    expect(await clientOn(httpClient).get('/x', '1')).toEqual({ ok: true });
    expect(requests()).toBe(3);
  });

  test('after a lost connection', async () => {
    const { httpClient, requests } = faulty('ECONNRESET');
    expect(await clientOn(httpClient).get('/x', '1')).toEqual({ ok: true });
    expect(requests()).toBe(2);
  });

  test('after as long as the service asks for', async () => {
    const { httpClient } = faulty({ status: 429, headers: { 'retry-after': '1' } });
    const started = performance.now();
    await clientOn(httpClient).get('/x', '1');
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });

  test('four times, then the last answer stands', async () => {
    const { httpClient, requests } = faulty(503, 503, 503, 503, 503, 503);
    await expect(clientOn(httpClient).get('/x', '1')).rejects.toMatchObject({ status: 503, armCode: 'Fault' });
    expect(requests()).toBe(5);
  });
});

describe('a request is not sent again', () => {
  test.each([[400], [401], [403], [404], [409], [412], [501], [505]])('after %d', async (status) => {
    const { httpClient, requests } = faulty(status);
    await expect(clientOn(httpClient).get('/x', '1')).rejects.toMatchObject({ status });
    expect(requests()).toBe(1);
  });

  test('after a certificate that is not trusted', async () => {
    let requests = 0;
    const client = clientOn({
      sendRequest: async (request) => {
        requests++;
        throw new RestError('self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', request });
      },
    });
    await expect(client.get('/x', '1')).rejects.toMatchObject({
      code: 'AZURE_UNREACHABLE',
      message: `GET /x got no answer from ${endpoint}: self-signed certificate.`,
    });
    expect(requests).toBe(1);
  });
});

test('the signal ends a request that hangs', async () => {
  const abort = new AbortController();
  const client = clientOn(inProcessHttpClient(() => new Promise<Response>(() => {})));
  const asked = client.get('/x', '1', { signal: abort.signal });
  setTimeout(() => abort.abort(new Error('stop')), 20);
  await expect(asked).rejects.toMatchObject({ code: 'INTERRUPTED', kind: 'interrupted' });
  await expect(client.get('/x', '1', { signal: abort.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

/** RFC 9110 section 10.2.3; its own two examples. */
test.each<[string | undefined, number | undefined]>([
  ['120', 120_000],
  ['Fri, 31 Dec 1999 23:59:59 GMT', 59_000],
  [undefined, undefined],
  ['', undefined],
  ['-1', undefined],
])('Retry-After: %s', (header, ms) => {
  expect(retryAfter(header, Date.parse('Fri, 31 Dec 1999 23:59:00 GMT'))).toBe(ms);
});
