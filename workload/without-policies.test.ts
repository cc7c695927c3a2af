import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectedMatrix } from './expected-matrix.ts';
import { type Deployment, defaultManifests, deploy } from './local/deployment.ts';
import { askIngress, callsOnPage, measureRows } from './local/measure.ts';

/**
 * Every denied row is a real test: with the policies taken away, the same call succeeds. In the original three rows fail for want of
 * a port on web-frontend's Service and prove nothing.
 */
const manifests = mkdtempSync(path.join(tmpdir(), 'manifests-'));
let run: Deployment;

beforeAll(async () => {
  cpSync(defaultManifests, manifests, { recursive: true });
  for (const component of [
    'a0005-i/web-frontend',
    'a0005-i/microservice-c',
    'a0005-o/microservice-a',
    'a0005-o/microservice-b',
  ]) {
    rmSync(path.join(manifests, `${component}-policies.yaml`));
  }
  for (const namespace of ['a0005-i', 'a0005-o']) rmSync(path.join(manifests, namespace, 'every-pod.yaml'));
  writeFileSync(path.join(manifests, 'mesh', 'mesh.yaml'), '');
  const everything = ['packages.microsoft.com', 'example.org'];
  // 200 calls at once on a busy machine: none may be stopped for want of time.
  run = await deploy({
    manifests,
    hopMs: 10_000,
    firewallRules: { 'in-scope': everything, 'out-of-scope': everything },
  });
}, 30_000);
afterAll(async () => {
  await run?.stop();
  rmSync(manifests, { recursive: true, force: true });
});

test('all 20 rows pass', async () => {
  const rows = await measureRows(run);
  expect(rows.filter((row) => !row.success)).toEqual([]);
  expect(rows).toHaveLength(expectedMatrix.filter((row) => row.caller !== 'ingress').length);
});

test('one page load is the whole tree: 5 calls from the page and 5 from each of 3, 9 and 27 peers, 200 in all', async () => {
  const page = await askIngress(run);
  expect(page.status).toBe(200);
  const calls = callsOnPage(page.text);
  expect(calls.filter((call) => !call.success)).toEqual([]);
  expect(calls).toHaveLength(5 * (1 + 3 + 9 + 27));
  expect(page.text).toContain('The isolation is broken');
}, 60_000);
