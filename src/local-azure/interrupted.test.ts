import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ArmResource } from '../model/resource.ts';
import { ladder } from './fixtures/deploying-process.ts';
import { deploymentId, ready, v } from './fixtures/templates.ts';
import { group, tinyCloud } from './fixtures/tiny-cloud.ts';
import { openLmdbStore } from './store/index.ts';

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
