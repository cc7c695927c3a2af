import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createArmClient } from './arm-client.ts';
import { clientSecretCredential } from './client-secret-credential.ts';
import { inProcessHttpClient } from './in-process.ts';
import { createRedaction, secretsIn } from './redaction.ts';

const token = 'opaque-access-token-8d1f';
const secret = 'p"ä&s+s wörd/=';

/** Everything that a person or a log could get to see of an error. */
function shown(error: unknown): string {
  const members = Object.fromEntries(
    Object.getOwnPropertyNames(error).map((name) => [name, (error as Record<string, unknown>)[name]]),
  );
  return [
    String(error),
    JSON.stringify(error),
    JSON.stringify(members),
    inspect(error, { depth: 10, showHidden: true }),
  ].join('\n');
}

/** A service that says back whatever it hears: headers, and the body as text. */
const echo = inProcessHttpClient(async (request) => {
  const body = await request.text();
  const heard = `${request.headers.get('authorization')} and ${body}`;
  return Response.json(
    { error: { code: 'Echo', message: heard, details: [{ code: 'Inner', message: heard }] } },
    { status: 400 },
  );
});

async function errorOf(asked: Promise<unknown>): Promise<unknown> {
  return await asked.then(
    () => expect.unreachable('it was to fail'),
    (error: unknown) => error,
  );
}

describe('a service that echoes', () => {
  const client = createArmClient({
    endpoint: 'https://management.example',
    credential: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    httpClient: echo,
  });

  test('does not bring the token into an error', async () => {
    const error = await errorOf(client.get('/x', '1'));
    expect(shown(error)).toContain('Echo');
    expect(shown(error)).not.toContain(token);
  });

  test('does not bring a password of the body into an error, in whatever form', async () => {
    const body = { properties: { osProfile: { adminPassword: secret }, clientSecret: { value: 'second-secret' } } };
    const error = await errorOf(client.put('/x', '1', body));
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), 'second-secret']) {
      expect(shown(error)).not.toContain(form);
    }
  });

  test('does not bring named secrets of a text body into an error', async () => {
    const error = await errorOf(
      client.send('PUT', '/x', '1', '{"v": "third-secret" /* why */}', { secrets: ['third-secret'] }),
    );
    expect(shown(error)).toContain('/* why */');
    expect(shown(error)).not.toContain('third-secret');
  });

  test('does not bring the client secret into a failed login, alone or through the ARM client', async () => {
    const login = clientSecretCredential({
      authority: 'https://login.example/t',
      clientId: 'c',
      secret,
      httpClient: inProcessHttpClient(async (request) => {
        const form = await request.text();
        const error_description = `AADSTS7000215: ${form} is ${new URLSearchParams(form).get('client_secret')}.`;
        return Response.json({ error: 'invalid_client', error_description }, { status: 401 });
      }),
    });
    const through = createArmClient({ endpoint: 'https://management.example', credential: login, httpClient: echo });
    for (const error of [await errorOf(login.getToken('s')), await errorOf(through.get('/x', '1'))]) {
      expect(error).toMatchObject({ code: 'LOGIN_FAILED', message: expect.stringContaining('AADSTS7000215') });
      for (const form of [secret, encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2)]) {
        expect(shown(error)).not.toContain(form);
      }
    }
  });
});

describe('masking', () => {
  test('whatever stands around a secret', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 4, maxLength: 40 }), fc.string(), (before, hidden, after) => {
        const redaction = createRedaction();
        redaction.learn(hidden);
        const text = redaction.mask(`${before}${hidden}${after}`);
        expect(text.replaceAll('[redacted]', '')).not.toContain(hidden);
      }),
      { seed: 3 },
    );
  });

  test.each([
    ['Authorization: Bearer abcdefgh12345', 'Authorization: Bearer [redacted]'],
    ['token eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln end', 'token [redacted] end'],
    ['https://s.blob.example/c?sv=1&sig=abc%2Fdef&x=1', 'https://s.blob.example/c?sv=1&sig=[redacted]&x=1'],
    ['the bearer of this letter', 'the bearer of this letter'],
  ])('%s', (text, expected) => {
    expect(createRedaction().mask(text)).toBe(expected);
  });

  test('a longer secret before one that it holds', () => {
    const redaction = createRedaction();
    for (const one of ['abcd', 'xxabcdxx']) redaction.learn(one);
    expect(redaction.mask('xxabcdxx abcd')).toBe('[redacted] [redacted]');
  });

  test('secrets are found by the names above them', () => {
    const body = {
      name: 'n',
      sas: 'no',
      connectionString: 'a',
      list: [{ sharedKey: ['b', { deep: 'c' }] }],
      tokens: 3,
    };
    expect(secretsIn(body)).toEqual(['a', 'b', 'c']);
  });
});
