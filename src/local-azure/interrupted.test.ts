import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import type { ArmResource } from '../model/resource.ts';
import { ladder } from './fixtures/deploying-process.ts';
import { deploymentId, ready, v } from './fixtures/templates.ts';
import { group, tinyCloud } from './fixtures/tiny-cloud.ts';
import { createMemoryStore, openLmdbStore } from './store/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'interrupted-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The number of a box tells in which order the boxes were made, which a kill changes. */
const withoutOrder = (resources: readonly ArmResource[]) =>
  resources.map(({ properties: { boxNumber: _, ...properties } = {}, ...rest }) => ({ ...rest, properties }));

test('a deployment killed with -9 at any moment is mended by deploying again: the same resources as without the kill', async () => {
  const unbroken = await ready();
  expect((await unbroken.deploy(group, 'ladder', ladder)).body.properties.provisioningState).toBe('Succeeded');
  const expected = withoutOrder(unbroken.azure.resources());
  for (const delay of [0, 6, 13, 21]) {
    const data = path.join(folder, String(delay));
    await deployAndKill(data, delay);
    const again = tinyCloud({ store: openLmdbStore(data) });
    const before = await again.send('GET', `${deploymentId(group, 'ladder')}?${v}`);
    // Killed before the deployment was accepted, after its end, or in the middle: then it says so.
    if (before.status === 200 && before.body.properties.provisioningState !== 'Succeeded') {
      expect(before.body.properties.error.code).toBe('OperationInterrupted');
    }
    const states = new Set(again.azure.resources().map(({ properties }) => properties?.provisioningState));
    expect([...states].filter((state) => state !== 'Succeeded' && state !== 'Failed')).toEqual([]);
    const { body } = await again.deploy(group, 'ladder', ladder);
    expect(body.properties.provisioningState).toBe('Succeeded');
    expect(withoutOrder(again.azure.resources())).toEqual(expected);
    await again.azure.close();
  }
});

test('what cannot be PUT again is gone after a stop in its PUT, with all that the PUT had made; the rest has failed', async () => {
  const store = createMemoryStore();
  const stopped = tinyCloud({ store, clock: { ...systemClock, sleep: () => new Promise(() => {}) } });
  await stopped.makeGroup();
  const plain = `${group}/providers/Contoso.Test/boxes/a`;
  const casting = `${group}/providers/Contoso.Test/castings/bell`;
  for (const id of [casting, plain]) {
    expect((await stopped.send('PUT', id, { location: 'eastus2' })).body.properties.provisioningState).toBe('Updating');
  }
  const again = tinyCloud({ store });
  expect((await again.send('GET', plain)).body.properties.provisioningState).toBe('Failed');
  for (const id of [casting, `${casting}-mould`]) expect((await again.send('GET', id)).status).toBe(404);
  expect((await again.send('PUT', casting, { location: 'eastus2' })).status).toBe(201);
  await again.settle();
  expect((await again.send('GET', casting)).body.properties.provisioningState).toBe('Succeeded');
  expect((await again.send('PUT', casting, { location: 'eastus2' })).body.error.code).toBe('AlreadyCast');
});

/** Kills the deploying process `delay` ms after it began. */
function deployAndKill(data: string, delay: number): Promise<void> {
  const script = fileURLToPath(new URL('./fixtures/deploying-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), delay));
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}
