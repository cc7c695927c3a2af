import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedMatrix } from '../../workload/expected-matrix.ts';
import { type Deployment, deploy } from '../../workload/local/deployment.ts';
import { askIngress, callsOnPage, type Measured, measureRows } from '../../workload/local/measure.ts';
import { runCli } from './run-cli.ts';

/**
 * The workload under the policies that `synth` emits: the four services as processes on loopback, beside each a sidecar that reads the
 * GitOps tree and shares no code with what wrote it.
 */
const root = path.resolve(import.meta.dirname, '../..');
let folder: string;
let tree: string;
let run: Deployment;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'emitted-'));
  expect((await runCli(folder, 'synth', '--spec', path.join(root, 'landing-zone.yaml'))).code).toBe(0);
  const [cluster = ''] = readdirSync(path.join(folder, 'out/gitops'));
  tree = path.join(folder, 'out/gitops', cluster);
  run = await deploy({ manifests: tree, hopMs: 2_000, dropMs: 200 });
}, 60_000);
afterAll(async () => {
  await run?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const told = (rows: readonly Measured[]): readonly string[] =>
  rows.map((row) => `${row.caller} → ${row.target}: ${row.success ? 'passes' : 'fails'}`).sort();
const expected = expectedMatrix
  .filter((row) => row.caller !== 'ingress')
  .map((row) => `${row.caller} → ${row.target}: ${row.stoppedBy.length === 0 ? 'passes' : 'fails'}`)
  .sort();

test('one page load makes 20 calls, of which 4 succeed and 16 fail, exactly as the matrix says', async () => {
  const page = await askIngress(run);
  expect(page.status).toBe(200);
  const calls = callsOnPage(page.text);
  expect(told(calls)).toEqual(expected);
  expect([calls.length, calls.filter((call) => call.success).length]).toEqual([20, 4]);
});

describe('with one emitted policy changed by hand', () => {
  test.each([
    [
      'segmentation/a0005-o.network-policy.microservice-b.yaml',
      (text: string) => text.replace('  egress:\n', '  egress:\n    - ports: [{ port: 443 }]\n'),
      'microservice-b → packages.microsoft.com: passes',
    ],
    [
      'segmentation/a0005-i.network-policy.microservice-c.yaml',
      (text: string) => text.replace('name: microservice-b', 'name: nobody'),
      'microservice-b → microservice-c: fails',
    ],
    [
      'segmentation/a0005-o.authorization-policy.microservice-b.yaml',
      (text: string) => text.replace('sa/microservice-a', 'sa/nobody'),
      'microservice-a → microservice-b: fails',
    ],
    [
      'segmentation/a0005-o.service-entry.packages.yaml',
      (text: string) => text.replace('    - packages.microsoft.com', '    - elsewhere.example'),
      'microservice-a → packages.microsoft.com: fails',
    ],
  ])('%s: exactly its row changes', async (name, edit, changed) => {
    const file = path.join(tree, 'layers', name);
    const before = readFileSync(file, 'utf8');
    const after = edit(before);
    expect(after, 'the edit finds its place').not.toBe(before);
    writeFileSync(file, after);
    try {
      await run.reload();
      expect(told(await measureRows(run)).filter((row) => !expected.includes(row))).toEqual([changed]);
    } finally {
      writeFileSync(file, before);
      await run.reload();
    }
  });
});
