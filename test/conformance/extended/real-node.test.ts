import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStateFolder } from '../../../src/cli/state/state-folder.ts';
import { askReach } from '../../../src/verify/index.ts';
import { expectedMatrix } from '../../../workload/expected-matrix.ts';
import type { Measured } from '../../../workload/local/measure.ts';
import { type RoleName, roleNames, roles } from '../../../workload/service/roles.ts';
import { runCli } from '../../cli/run-cli.ts';
import { root } from '../local-azure-process.ts';
import { removeControlGroups } from '../real-node/control-groups.ts';
import type { Results } from '../real-node/run.ts';

/**
 * The four services as real pods: real kubelets, containerd and runc, their image pulled from a real registry, NetworkPolicies in the kernel by an
 * enforcer of the tests' own, the mesh's decisions by sidecars over mutual TLS. All of it in namespaces of its own, as root on Linux.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'real-node-'));
const controlGroups = `conformance-${process.pid}`;
let results: Results;

beforeAll(async () => {
  const resultFile = path.join(folder, 'results.json');
  const script = path.join(root, 'test/conformance/real-node/run.ts');
  // A process namespace: when its first process ends, so do all of the pods.
  const namespaces = [
    '--mount',
    '--net',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    '--propagation',
    'private',
  ];
  const child = spawn(
    'unshare',
    [...namespaces, process.execPath, '--import', 'tsx', script, resultFile, controlGroups],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  results = JSON.parse(readFileSync(resultFile, 'utf8')) as Results;
}, 590_000);
afterAll(() => {
  removeControlGroups(controlGroups);
  rmSync(folder, { recursive: true, force: true });
});

const told = (rows: readonly Measured[]): readonly string[] =>
  rows.map((row) => `${row.caller} → ${row.target}: ${row.success ? 'passes' : 'fails'}`).sort();
const rowsExpected = expectedMatrix.filter((row) => row.caller !== 'ingress');
const expected = rowsExpected
  .map((row) => `${row.caller} → ${row.target}: ${row.stoppedBy.length === 0 ? 'passes' : 'fails'}`)
  .sort();

describe('real pods', () => {
  test('run on the node of their scope', () => {
    const nodes = Object.entries(results.placed).map(([pod, node]) => {
      const role = roleNames.find((name) => pod.startsWith(name));
      return [
        pod,
        node,
        role !== undefined && roles[role].namespace === 'a0005-o' ? 'node-out-of-scope' : 'node-in-scope',
      ];
    });
    expect(nodes.filter(([, node, wanted]) => node !== wanted)).toEqual([]);
    expect(nodes.length).toBeGreaterThanOrEqual(5);
  });

  test('call each other as the matrix says: 20 rows, 4 pass and 16 fail, on the page too', () => {
    expect(told(results.rows)).toEqual(expected);
    expect(results.page.status).toBe(200);
    expect(told(results.page.calls)).toEqual(expected);
    expect([results.page.calls.length, results.page.calls.filter(({ success }) => success).length]).toEqual([20, 4]);
    console.log(
      Object.entries(results.seconds)
        .map(([what, seconds]) => `${what} ${seconds} s`)
        .join(', '),
    );
  });

  test('change exactly one row with one NetworkPolicy, and back', () => {
    const changed = told(results.opened).filter((row) => !expected.includes(row));
    expect(changed).toEqual(['microservice-b → packages.microsoft.com: passes']);
    expect(told(results.closed)).toEqual(expected);
  });

  test('are where the verifier says they are: each measured row is its answer for the synthesized landing zone', async () => {
    const { code, errors } = await runCli(folder, 'up', '--spec', path.join(root, 'landing-zone.yaml'));
    expect(code, errors).toBe(0);
    const state = readStateFolder(path.join(folder, 'out/state'), 'state');
    const pod = (name: RoleName): string => `pod:${roles[name].namespace}/${name}`;
    const answers = rowsExpected.map(({ caller, target }) => {
      const isPod = (roleNames as readonly string[]).includes(target);
      const { verdict } = askReach(state, {
        from: pod(caller as RoleName),
        to: isPod ? pod(target as RoleName) : target,
        port: isPod ? 8080 : 443,
        protocol: 'tcp',
      });
      // What hangs on the request itself (GET, the path) is open to the verifier, and is what the services send.
      return `${caller} → ${target}: ${verdict === 'denied' ? 'fails' : 'passes'}`;
    });
    expect(answers.sort()).toEqual(told(results.rows));
  }, 60_000);
});
