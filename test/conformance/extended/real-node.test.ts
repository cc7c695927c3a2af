import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectedMatrix } from '../../../workload/expected-matrix.ts';
import { roles } from '../../../workload/service/roles.ts';
import { removeControlGroups } from '../real-node/control-groups.ts';
import type { Results } from '../real-node/run.ts';

/**
 * The four services as real pods: kubelet, containerd and runc on two nodes, an image from a real registry, NetworkPolicies in the
 * kernel, the mesh's decisions by mutual-TLS sidecars. Everything runs in namespaces of its own and ends with this test. What is not
 * here: cluster DNS (the sidecars know their Services' addresses), and Istio's own proxies (the sidecars are the workload's).
 */
let results: Results;
const folder = mkdtempSync(path.join(tmpdir(), 'real-node-'));
/** The folder's name has random letters, so that no other group on this machine is called so. */
const controlGroups = path.basename(folder);
afterAll(() => {
  removeControlGroups(controlGroups);
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  const file = path.join(folder, 'results.json');
  const script = path.join(import.meta.dirname, '..', 'real-node', 'run.ts');
  const child = spawn(
    'unshare',
    [
      '--net',
      '--mount',
      '--pid',
      '--fork',
      '--mount-proc',
      '--kill-child',
      process.execPath,
      '--import',
      'tsx',
      script,
      file,
      controlGroups,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code, 'the run in its own namespaces').toBe(0);
  results = JSON.parse(readFileSync(file, 'utf8')) as Results;
}, 10 * 60_000);

const rowName = (row: { readonly caller: string; readonly target: string }): string => `${row.caller} → ${row.target}`;
const passed = (rows: Results['rows']): readonly string[] =>
  rows
    .filter(({ success }) => success)
    .map(rowName)
    .sort();
const expected = expectedMatrix.filter(({ caller }) => caller !== 'ingress');
const expectedToPass = expected
  .filter(({ stoppedBy }) => stoppedBy.length === 0)
  .map(rowName)
  .sort();

test('each pod runs on the node of its scope', () => {
  for (const [name, { namespace }] of Object.entries(roles)) {
    const [, node] = Object.entries(results.placed).find(([pod]) => pod.startsWith(name)) ?? [];
    expect(node, name).toBe(namespace === 'a0005-i' ? 'node-in-scope' : 'node-out-of-scope');
  }
});

test('the 20 measured calls are those of the expected matrix', () => {
  const lines = results.rows.map(
    (row) => `${rowName(row).padEnd(44)} ${row.success ? 'passed' : 'stopped'} ${row.status}`,
  );
  console.log(`\n${lines.join('\n')}\n${JSON.stringify(results.seconds)}`);
  expect(results.rows).toHaveLength(20);
  expect(results.rows.map(rowName).sort()).toEqual(expected.map(rowName).sort());
  expect(passed(results.rows)).toEqual(expectedToPass);
});

test('one page load: 4 calls succeed, 16 fail', () => {
  expect(results.page.status).toBe(200);
  expect(results.page.calls.filter(({ success }) => success)).toHaveLength(4);
  expect(results.page.calls.filter(({ success }) => !success)).toHaveLength(16);
});

test('one NetworkPolicy more changes exactly its row, and taking it away changes it back', () => {
  expect(passed(results.opened)).toEqual([...expectedToPass, 'microservice-b → packages.microsoft.com'].sort());
  expect(passed(results.closed)).toEqual(expectedToPass);
});
