import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../bundle.ts';
import { startProgram } from '../local/processes.ts';

/** The program as it runs: one module, a process of its own. */
const folder = mkdtempSync(path.join(tmpdir(), 'service-'));
const program = path.join(folder, 'service.mjs');
beforeAll(async () => writeFileSync(program, await bundle('service')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const loopback = {
  WORKLOAD_ADDRESS: '127.0.0.1',
  WORKLOAD_PORT: '0',
  WORKLOAD_MANAGEMENT_ADDRESS: '127.0.0.1',
  WORKLOAD_MANAGEMENT_PORT: '0',
  WORKLOAD_EXTERNALS: '',
};

test('SIGTERM: not ready at once, what is under way is answered, then it ends with 0', async () => {
  let release = (): void => undefined;
  const peer = http.createServer((_request, response) => {
    release = () => response.end('{"externalDependencies":[],"selfCalled":[]}');
  });
  peer.listen(0, '127.0.0.1');
  await once(peer, 'listening');
  const running = await startProgram('service', [program, '--role', 'microservice-a'], {
    ...loopback,
    WORKLOAD_PEERS: `http://127.0.0.1:${(peer.address() as AddressInfo).port}`,
    WORKLOAD_HOP_MS: '8000',
    WORKLOAD_DRAIN_MS: '400',
  });
  const management = `http://127.0.0.1:${running.started.managementPort}`;
  expect((await fetch(`${management}/readyz`)).status).toBe(200);

  const underWay = fetch(`http://127.0.0.1:${running.started.port}/URLCaller/depth/1`);
  await once(peer, 'request');
  const ended = running.stop();
  await expect.poll(async () => (await fetch(`${management}/readyz`)).status).toBe(503);
  expect((await fetch(`${management}/healthz`)).status).toBe(200);
  setTimeout(() => release(), 600);
  expect((await underWay).status).toBe(200);
  expect(await ended).toBe(0);
  expect(running.log.at(-1)).toMatchObject({ event: 'stopped', inTime: true });
  peer.close();
});

test('settings that cannot be used: one log line that names them, exit code 78', async () => {
  const child = spawn(process.execPath, [program], {
    env: { WORKLOAD_ROLE: 'web-backend' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(78);
  expect(JSON.parse(out)).toMatchObject({
    level: 'error',
    event: 'bad-settings',
    reason: expect.stringContaining('WORKLOAD_ROLE'),
  });
});

test('the module needs nothing but Node', async () => {
  const imports = [
    ...(await bundle('service')).matchAll(/(?:^|\n)import [^;]*? from ["']([^"']+)["']|require\(["']([^"']+)["']\)/g),
  ];
  expect(imports.length).toBeGreaterThan(3);
  expect(imports.map((match) => match[1] ?? match[2]).filter((name) => !name?.startsWith('node:'))).toEqual([]);
});

test('the same source gives the same module', async () => {
  expect(await bundle('service')).toBe(await bundle('service'));
});
