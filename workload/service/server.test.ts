import { once } from 'node:events';
import * as http from 'node:http';
import * as net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { readCallTree } from './call-tree.ts';
import { type Log, makeLog } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { makeServer } from './server.ts';
import { readSettings } from './settings.ts';

const running: http.Server[] = [];
afterEach(() => {
  for (const server of running.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const listen = async (server: http.Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(server);
  return (server.address() as net.AddressInfo).port;
};

interface Started {
  readonly port: number;
  readonly log: readonly Record<string, unknown>[];
  readonly metrics: () => string;
}
async function start(environment: Readonly<Record<string, string>> = {}): Promise<Started> {
  const settings = readSettings([], {
    WORKLOAD_ROLE: 'web-frontend',
    WORKLOAD_PEERS: '',
    WORKLOAD_EXTERNALS: '',
    ...environment,
  });
  const lines: Record<string, unknown>[] = [];
  const log: Log = makeLog('test', (line) => void lines.push(JSON.parse(line) as Record<string, unknown>));
  const metrics = makeMetrics('test', 0);
  return { port: await listen(makeServer({ settings, log, metrics })), log: lines, metrics: () => metrics.text() };
}

/** What comes back for bytes sent as they are. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return text;
}
const statusOf = (text: string): string => text.split(' ')[1] ?? 'none';
const request = (line: string, ...headers: readonly string[]): string =>
  [line, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');

/** A peer that answers what it is told to. */
const peer = async (answer: http.RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(http.createServer(answer))}`;
const ask = async (port: number, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers });

describe('requests that are refused before any work', () => {
  test.each([
    ['a method that is not GET or HEAD', request('POST / HTTP/1.1', 'Content-Length: 0'), '405'],
    ['a body', `${request('GET / HTTP/1.1', 'Content-Length: 5')}hello`, '413'],
    ['a body in chunks', `${request('GET / HTTP/1.1', 'Transfer-Encoding: chunked')}0\r\n\r\n`, '413'],
    ['two lengths (request smuggling)', request('GET / HTTP/1.1', 'Content-Length: 0', 'Content-Length: 5'), '400'],
    [
      'length and chunks (request smuggling)',
      request('GET / HTTP/1.1', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
      '400',
    ],
    ['another path', request('GET /etc/passwd HTTP/1.1'), '404'],
    ['a path that climbs', request('GET /URLCaller/depth/../../x HTTP/1.1'), '404'],
    ['a depth that is not a number', request('GET /URLCaller/depth/-1 HTTP/1.1'), '404'],
    ['a depth that would call for ever', request('GET /URLCaller/depth/5 HTTP/1.1'), '400'],
    ['headers beyond the limit', request('GET / HTTP/1.1', `X: ${'y'.repeat(9_000)}`), '400'],
    ['no HTTP', 'hello\r\n\r\n', '400'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', '400'],
  ])('%s', async (_name, bytes, status) => {
    const { port } = await start();
    expect(statusOf(await raw(port, bytes))).toBe(status);
  });

  test('more at once than it can bear gets 503 and a hint when to come again', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = await peer(
      (_request, response) => void held.then(() => response.end('{"externalDependencies":[],"selfCalled":[]}')),
    );
    const { port } = await start({ WORKLOAD_PEERS: slow, WORKLOAD_MAX_IN_FLIGHT: '2' });
    const two = [ask(port, '/URLCaller/depth/1'), ask(port, '/URLCaller/depth/1')];
    await expect.poll(async () => (await ask(port, '/URLCaller/depth/0')).status).toBe(503);
    const third = await ask(port, '/URLCaller/depth/0');
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '1']);
    release();
    expect((await Promise.all(two)).map((one) => one.status)).toEqual([200, 200]);
  });
});

describe('GET /URLCaller/depth/<n>', () => {
  test('depth 0 calls nobody', async () => {
    const { port } = await start({ WORKLOAD_PEERS: 'http://127.0.0.1:1' });
    expect(await (await ask(port, '/URLCaller/depth/0')).json()).toEqual({ externalDependencies: [], selfCalled: [] });
  });

  test('asks peers one level less deep and hosts outside by HEAD; the names in the answer are the wire contract', async () => {
    const asked: string[] = [];
    const other = await peer((incoming, response) => {
      asked.push(`${incoming.method} ${incoming.url} ${incoming.headers['x-deadline-ms'] !== undefined}`);
      response.end('{"externalDependencies":[],"selfCalled":[]}');
    });
    const outside = await peer((incoming, response) => {
      asked.push(`${incoming.method} ${incoming.url} ${incoming.headers['x-deadline-ms'] !== undefined}`);
      response.writeHead(204).end();
    });
    const { port } = await start({ WORKLOAD_PEERS: other, WORKLOAD_EXTERNALS: outside });
    const tree = (await (await ask(port, '/URLCaller/depth/3')).json()) as Record<string, Record<string, unknown>[]>;
    expect(asked.sort()).toEqual(['GET /URLCaller/depth/2 true', 'HEAD / false']);
    expect(Object.keys(tree)).toEqual(['externalDependencies', 'selfCalled']);
    expect(tree.externalDependencies?.[0]).toMatchObject({ uri: outside, success: true, statusCode: 204 });
    expect(Object.keys(tree.selfCalled?.[0] ?? {})).toEqual([
      'date',
      'uri',
      'success',
      'statusCode',
      'requestTimeInMs',
      'dependencyResult',
    ]);
  });

  test.each([
    ['refused', 500, '', 500],
    ['bad-answer', 200, '<html>', 200],
    ['bad-answer', 200, 'x'.repeat(600_000), 0],
    ['refused', 302, '', 302],
  ])('a peer that fails is part of the answer: %s', async (failure, status, body, statusCode) => {
    const bad = await peer((_request, response) =>
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body),
    );
    const { port } = await start({ WORKLOAD_PEERS: bad });
    const answer = await ask(port, '/URLCaller/depth/1');
    const tree = readCallTree(await answer.text(), 1);
    expect(answer.status).toBe(200);
    expect(tree.selfCalled[0]).toMatchObject({ success: false, failure, statusCode });
  });

  test('nobody there, and somebody who never answers', async () => {
    const silent = await peer(() => undefined);
    const { port } = await start({ WORKLOAD_PEERS: `${silent},http://127.0.0.1:1`, WORKLOAD_HOP_MS: '100' });
    const tree = readCallTree(await (await ask(port, '/URLCaller/depth/1')).text(), 1);
    expect(tree.selfCalled.map((one) => [one.success, one.statusCode, one.failure])).toEqual([
      [false, 0, 'timed-out'],
      [false, 0, 'not-connected'],
    ]);
  });

  test("the caller's deadline is kept: an answer comes before it, whatever the peers do", async () => {
    const silent = await peer(() => undefined);
    const { port } = await start({ WORKLOAD_PEERS: silent, WORKLOAD_HOP_MS: '10000' });
    const started = performance.now();
    const answer = await ask(port, '/URLCaller/depth/2', { 'x-deadline-ms': '400' });
    expect(answer.status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('a caller that goes away takes its calls along', async () => {
    let wentAway = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      wentAway = resolve;
    });
    let arrived = (): void => undefined;
    const there = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const silent = await peer((_request, response) => {
      response.on('close', wentAway);
      arrived();
    });
    const { port } = await start({ WORKLOAD_PEERS: silent, WORKLOAD_HOP_MS: '10000' });
    const impatient = new AbortController();
    const asked = fetch(`http://127.0.0.1:${port}/URLCaller/depth/1`, { signal: impatient.signal }).catch(
      () => undefined,
    );
    await there;
    impatient.abort();
    await asked;
    await gone;
  });
});

describe('GET /', () => {
  test('is the page, for the role that has one; HEAD is the same without it', async () => {
    const { port } = await start();
    const answer = await ask(port, '/?sql=DELETE%20FROM');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const head = await raw(port, request('HEAD / HTTP/1.1'));
    expect([statusOf(head), head.split('\r\n\r\n')[1]]).toEqual(['200', '']);
    const other = await start({ WORKLOAD_ROLE: 'microservice-b' });
    expect((await ask(other.port, '/')).status).toBe(404);
  });
});

test('neither log nor metrics repeat what a client sent', async () => {
  const { port, log, metrics } = await start();
  await raw(port, request('GET /secret-path?token=secret HTTP/1.1', 'Authorization: Bearer secret', 'Cookie: secret'));
  await raw(port, 'secret\r\n\r\n');
  await expect.poll(() => log.filter((line) => line.event === 'request')).toHaveLength(1);
  expect(log.map((line) => line.event)).toContain('bad-request');
  expect(JSON.stringify(log) + metrics()).not.toContain('secret');
});
