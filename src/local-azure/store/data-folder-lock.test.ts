import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder, startOf } from './data-folder-lock.ts';
import { readEndpoint, removeEndpoint, writeEndpoint } from './endpoint-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that holds the lock of the folder. */
async function startHolder() {
  const script = fileURLToPath(new URL('../fixtures/lock-holder.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error('the holder ended early')));
  });
  return {
    pid: child.pid as number,
    kill: () =>
      new Promise<void>((resolve) => {
        child.removeAllListeners('exit');
        child.once('close', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

test('a second writer is refused with the pid of the first and the cure; after kill -9 of the first it gets the folder', async () => {
  const holder = await startHolder();
  expect(() => lockDataFolder(folder)).toThrow(
    expect.objectContaining({
      code: 'DATA_FOLDER_IN_USE',
      message: expect.stringContaining(`process ${holder.pid}`),
      hint: expect.stringContaining('--data'),
    }),
  );
  await holder.kill();
  const lock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' }));
  lock.release();
  lockDataFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock whose pid now belongs to another process is taken over', () => {
  // This very process, but as started at another time: what a reused pid looks like.
  const started = startOf(process.pid);
  if (started === undefined) return;
  writeFileSync(path.join(folder, 'lock.json'), JSON.stringify({ pid: process.pid, started: `${started}0` }));
  lockDataFolder(folder).release();
});

test('a damaged lock is taken over', () => {
  writeFileSync(path.join(folder, 'lock.json'), '{"pid":');
  lockDataFolder(folder).release();
});

test('releasing takes away only the own lock', () => {
  const lock = lockDataFolder(folder);
  writeFileSync(path.join(folder, 'lock.json'), '{"pid":1}\n');
  lock.release();
  expect(readFileSync(path.join(folder, 'lock.json'), 'utf8')).toBe('{"pid":1}\n');
});

test('the endpoint of a live server is read; a stale or damaged one is ignored', () => {
  const endpoint = { endpoint: 'https://localhost:1', insideEndpoint: 'https://localhost:2', caFile: '/x/ca.pem' };
  expect(readEndpoint(folder)).toBeUndefined();
  writeEndpoint(folder, endpoint);
  expect(readEndpoint(folder)).toEqual({ ...endpoint, pid: process.pid });
  // No process has this pid: Linux gives none above 2^22 (proc(5), pid_max).
  writeFileSync(path.join(folder, 'endpoint.json'), JSON.stringify({ ...endpoint, pid: 4_194_305 }));
  expect(readEndpoint(folder)).toBeUndefined();
  writeFileSync(path.join(folder, 'endpoint.json'), '{"pid":');
  expect(readEndpoint(folder)).toBeUndefined();
  writeEndpoint(folder, endpoint);
  removeEndpoint(folder);
  expect(readdirSync(folder)).toEqual([]);
});
