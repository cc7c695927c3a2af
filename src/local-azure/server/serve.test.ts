import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import * as https from 'node:https';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tls from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fixedClock } from '../../kernel/clock.ts';
import { clientOf, subscriptionId, tinyCloud } from '../fixtures/tiny-cloud.ts';
import { readEndpoint } from '../store/index.ts';
import { serverIdentity } from './certificates.ts';
import { type RunningServer, serve } from './index.ts';

let folder: string;
let running: RunningServer[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'serve-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function start() {
  const { azure } = tinyCloud();
  const server = await serve(azure, { folder });
  running.push(server);
  return { azure, server };
}

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

function request(
  url: string,
  ca: string,
  options: https.RequestOptions = {},
  body?: string | Buffer,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const call = https.request(url, { ca, agent: false, ...options }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Sends raw text over TLS and gives all that comes back. */
function raw(port: number, ca: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ca }, () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.setTimeout(10_000, () => socket.destroy(new Error('the server kept the connection')));
  });
}

test('a client that trusts the CA logs in, makes a group and reads it back over HTTPS; one that does not, cannot connect', async () => {
  const { azure, server } = await start();
  const authorization = `Bearer ${azure.issueToken({ objectId: 'me' })}`;
  const url = `${server.endpoint}/subscriptions/${subscriptionId}/resourcegroups/rg-a?api-version=2024-11-01`;
  const headers = { authorization, 'content-type': 'application/json' };
  const made = await request(url, server.caPem, { method: 'PUT', headers }, JSON.stringify({ location: 'East US 2' }));
  expect([made.status, JSON.parse(made.text)]).toMatchObject([201, { name: 'rg-a', location: 'eastus2' }]);
  const byAddress = url.replace('localhost', '127.0.0.1');
  expect((await request(byAddress, server.caPem, { headers })).status).toBe(200);
  expect((await request(url.replace(server.endpoint, server.insideEndpoint), server.caPem, { headers })).status).toBe(
    200,
  );
  await expect(request(url, '', { headers })).rejects.toThrow(/certificate|issuer/i);
});

test('the server announces itself in the data folder, and takes that back', async () => {
  const { server } = await start();
  const { endpoint, insideEndpoint, caFile } = server;
  expect(readEndpoint(folder)).toEqual({ endpoint, insideEndpoint, caFile, pid: process.pid });
  await server.close();
  expect(readEndpoint(folder)).toBeUndefined();
});

test('an occupied port is a problem with the cure', async () => {
  const { azure, server } = await start();
  const port = Number(new URL(server.endpoint).port);
  await expect(serve(azure, { folder, port })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining(String(port)),
    hint: expect.stringContaining('--port'),
  });
});

test('what is not HTTP gets 400 and the server goes on', async () => {
  const { server } = await start();
  const port = Number(new URL(server.endpoint).port);
  expect(await raw(port, server.caPem, 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"BadRequest"/s);
  expect(await raw(port, server.caPem, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  expect(await raw(port, server.caPem, 'GET / HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 /,
  );
  expect((await request(`${server.endpoint}/metadata/endpoints?api-version=2022-09-01`, server.caPem)).status).toBe(
    200,
  );
});

test('a body over 4 MB is refused (Azure Resource Manager request limits)', async () => {
  const { azure, server } = await start();
  const headers = { authorization: `Bearer ${azure.issueToken({ objectId: 'me' })}` };
  const url = `${server.endpoint}/subscriptions/${subscriptionId}/resourcegroups/rg-a?api-version=2024-11-01`;
  const answer = await request(url, server.caPem, { method: 'PUT', headers }, Buffer.alloc(4 * 1024 * 1024 + 1, ' '));
  expect([answer.status, JSON.parse(answer.text)]).toMatchObject([413, { error: { code: 'RequestContentTooLarge' } }]);
});

test('certificates are kept, have the names of this machine, and keys that only the owner can read', async () => {
  const { server } = await start();
  await server.close();
  const again = await start();
  expect(again.server.caPem).toBe(server.caPem);
  const certificate = new X509Certificate(readFileSync(path.join(folder, 'tls/server.pem')));
  expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(certificate.verify(new X509Certificate(server.caPem).publicKey)).toBe(true);
  for (const name of ['ca.key.pem', 'server.key.pem']) {
    expect(statSync(path.join(folder, 'tls', name)).mode & 0o777).toBe(0o600);
  }
});

test('a certificate near its end is made anew by the same authority', async () => {
  const start = new Date('2026-01-01T00:00:00Z');
  const first = await serverIdentity(folder, fixedClock(start));
  const in11Months = await serverIdentity(folder, fixedClock(new Date('2026-12-01T00:00:00Z')));
  const in13Months = await serverIdentity(folder, fixedClock(new Date('2027-01-20T00:00:00Z')));
  expect([
    in11Months.certificatePem === first.certificatePem,
    in13Months.certificatePem === first.certificatePem,
  ]).toEqual([true, false]);
  expect(in13Months.caPem).toBe(first.caPem);
  const in10Years = await serverIdentity(folder, fixedClock(new Date('2035-12-20T00:00:00Z')));
  expect(in10Years.caPem).not.toBe(first.caPem);
});

test('in process and over HTTPS are the same ARM', async () => {
  const { azure, server } = await start();
  await clientOf(azure).makeGroup();
  const headers = { authorization: `Bearer ${azure.issueToken({ objectId: 'me' })}` };
  const url = `${server.endpoint}/subscriptions/${subscriptionId}/resourcegroups?api-version=2024-11-01`;
  expect(JSON.parse((await request(url, server.caPem, { headers })).text).value).toEqual(azure.resources());
});
