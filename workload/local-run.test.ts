import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedMatrix, expectedRow } from './expected-matrix.ts';
import { type Deployment, defaultManifests, deploy } from './local/deployment.ts';
import { askIngress, callsOnPage, type Measured, measureRows } from './local/measure.ts';
import type { LogLine } from './local/processes.ts';

/**
 * The workload as processes on loopback: an ingress, four services, a sidecar beside each, mutual TLS between them, the policies read
 * from YAML. Hosts outside are stand-ins on loopback; nothing leaves the machine.
 */
const manifests = mkdtempSync(path.join(tmpdir(), 'manifests-'));
let run: Deployment;

beforeAll(async () => {
  cpSync(defaultManifests, manifests, { recursive: true });
  run = await deploy({ manifests, hopMs: 2_000, dropMs: 200 });
}, 30_000);
afterAll(async () => {
  await run?.stop();
  rmSync(manifests, { recursive: true, force: true });
});

const serviceRows = expectedMatrix.filter((row) => row.caller !== 'ingress');
const sorted = (rows: readonly Measured[]): readonly string[] =>
  rows.map((row) => `${row.caller} → ${row.target}: ${row.success ? 'passes' : 'fails'}`).sort();
const expected = serviceRows
  .map((row) => `${row.caller} → ${row.target}: ${row.stoppedBy.length === 0 ? 'passes' : 'fails'}`)
  .sort();

/** Edits a manifest, lets every sidecar read it, and puts it back afterwards. */
async function withManifest<Result>(
  file: string,
  edit: (text: string) => string,
  body: () => Promise<Result>,
): Promise<Result> {
  const target = path.join(manifests, file);
  const before = readFileSync(target, 'utf8');
  const after = edit(before);
  expect(after, 'the edit finds its place').not.toBe(before);
  writeFileSync(target, after);
  try {
    await run.reload();
    return await body();
  } finally {
    writeFileSync(target, before);
    await run.reload();
  }
}

describe('one page load through the ingress', () => {
  test('makes 20 calls, of which 4 succeed and 16 fail, exactly as the matrix says', async () => {
    const page = await askIngress(run);
    expect(page.status).toBe(200);
    const calls = callsOnPage(page.text);
    expect(sorted(calls)).toEqual(expected);
    expect([calls.length, calls.filter((call) => call.success).length]).toEqual([20, 4]);
    expect(page.text).toContain('data-verdict="good"');
  });

  test('each stopped call was stopped by a layer that the matrix names for it', () => {
    const said = Object.values(run.sidecars).flatMap((sidecar) =>
      sidecar.log.filter((line) => line.event === 'stopped'),
    );
    const firewall = run.firewall.refused;
    const by = (caller: string, target: string): readonly string[] =>
      said
        .filter((line) => endsWith(line, 'caller', caller) && line.target === target)
        .flatMap((line) => String(line.by).split(', '));
    for (const row of serviceRows.filter((one) => one.stoppedBy.length > 0)) {
      const layers = by(row.caller, row.target);
      expect(layers.length, `${row.caller} → ${row.target}`).toBeGreaterThan(0);
      expect(layers.filter((layer) => !(row.stoppedBy as readonly string[]).includes(layer))).toEqual([]);
    }
    // The registry comes first: nothing that it refuses gets as far as the firewall.
    expect(firewall).toEqual([]);
  });

  test('the one host that was reached is the stand-in, asked for by its real name with HEAD', () => {
    expect(new Set(run.outside.asked)).toEqual(new Set(['HEAD packages.microsoft.com /']));
  });

  test.each([
    ['another path', '/URLCaller/depth/1', 'GET', undefined, 404],
    ['another method', '/', 'POST', undefined, 403],
    ['another host', '/', 'GET', 'other.aks-ingress.contoso.com', 403],
  ])('%s does not get in', async (_name, target, method, host, status) => {
    expect((await askIngress(run, target, method, host)).status).toBe(status);
  });
});

describe('each row by itself', () => {
  test('is as the matrix says', async () => {
    expect(sorted(await measureRows(run))).toEqual(expected);
  });

  test.each([
    [
      'microservice-b may leave on 443',
      'a0005-o/microservice-b-policies.yaml',
      (text: string) => text.replace('  egress:\n', '  egress:\n    - ports: [{ port: 443 }]\n'),
      'microservice-b → packages.microsoft.com: passes',
    ],
    [
      'microservice-c lets nobody in',
      'a0005-i/microservice-c-policies.yaml',
      (text: string) => text.replace(/ingress:\n(?: {4}.*\n)+ {2}egress/, 'ingress: []\n  egress'),
      'microservice-b → microservice-c: fails',
    ],
    [
      'microservice-b trusts nobody in the mesh',
      'a0005-o/microservice-b-policies.yaml',
      (text: string) => text.replace('sa/microservice-a', 'sa/somebody-else'),
      'microservice-a → microservice-b: fails',
    ],
  ])('%s: exactly that row changes', async (_name, file, edit, changed) => {
    const rows = await withManifest(file, edit, () => measureRows(run));
    expect(sorted(rows).filter((row) => !expected.includes(row))).toEqual([changed]);
  });

  const open = {
    'caller egress policy': ['a0005-i/web-frontend-policies.yaml', '  egress:\n', '  egress:\n    - {}\n'],
    'target ingress policy': ['a0005-o/microservice-b-policies.yaml', '  ingress:\n', '  ingress:\n    - {}\n'],
    'mesh authorization': ['a0005-o/microservice-b-policies.yaml', '  rules:\n', '  rules:\n    - {}\n'],
  } as const;
  type Inside = keyof typeof open;

  test.each<[Inside, number]>([
    ['caller egress policy', 503],
    ['target ingress policy', 0],
    ['mesh authorization', 403],
  ])('the %s by itself stops web-frontend → microservice-b, with status %i', async (left, status) => {
    const others = (Object.keys(open) as Inside[]).filter((layer) => layer !== left);
    const [first, second] = others.map((layer) => open[layer]) as [(typeof open)[Inside], (typeof open)[Inside]];
    const rows = await withManifest(
      first[0],
      (text) => text.replace(first[1], first[2]),
      () =>
        withManifest(
          second[0],
          (text) => text.replace(second[1], second[2]),
          () => measureRows(run),
        ),
    );
    const row = rows.find((one) => one.caller === 'web-frontend' && one.target === 'microservice-b');
    expect(row).toMatchObject({ success: false, status });
  });

  test('a call that got through and must not is said on the page, in words', async () => {
    const page = await withManifest(
      'a0005-o/microservice-b-policies.yaml',
      (text) => text.replace('  egress:\n', '  egress:\n    - ports: [{ port: 443 }]\n'),
      () => askIngress(run),
    );
    expect(page.text).toContain('data-verdict="bad"');
    expect(page.text).toContain('microservice-b → packages.microsoft.com got through and must be stopped.');
  });

  test('with the registry open, the firewall alone still stops example.org, by name', async () => {
    const open = (text: string): string => text.replace('REGISTRY_ONLY', 'ALLOW_ANY');
    const rows = await withManifest('mesh/mesh.yaml', open, () => measureRows(run));
    expect(sorted(rows)).toEqual(expected);
    expect(run.firewall.refused).toEqual(['out-of-scope example.org']);
  });

  test('a manifest that cannot be enforced is refused, and the last good one stays in force', async () => {
    const odd = (text: string): string => text.replace('policyTypes: [Ingress, Egress]', 'policyTypes: [Ingres]');
    await expect(withManifest('a0005-o/microservice-b-policies.yaml', odd, async () => undefined)).rejects.toThrow(
      'microservice-b-policies.yaml: spec.policyTypes: Ingres is not a policy type.',
    );
    expect(sorted(await measureRows(run))).toEqual(expected);
  });
});

describe('without a certificate of the mesh', () => {
  const inbound = (): number => run.endpoints['a0005-o/microservice-a']?.inbound.port ?? 0;
  const plain = (): Promise<string> =>
    new Promise((resolve) => {
      const request = http.get(
        { host: '127.0.0.1', port: inbound(), path: '/URLCaller/depth/0', agent: false },
        (response) => {
          response.resume();
          resolve(`answered ${response.statusCode}`);
        },
      );
      request.on('error', () => resolve('closed'));
    });

  test('plain text is not taken', async () => {
    expect(await plain()).toBe('closed');
  });

  test('where plain text is taken and NetworkPolicy is open, there is still no identity to authorize', async () => {
    const permissive = (text: string): string => text.replace('mode: STRICT', 'mode: PERMISSIVE');
    const open = (text: string): string => text.replace(/ingress:\n(?: {4}.*\n)+ {2}egress/, 'ingress: [{}]\n  egress');
    const answer = await withManifest('mesh/mesh.yaml', permissive, () =>
      withManifest('a0005-o/microservice-a-policies.yaml', open, plain),
    );
    expect(answer).toBe('answered 403');
  });
});

describe('the services', () => {
  test('say how they are on a port of their own', async () => {
    const base = `http://127.0.0.1:${run.managementPorts['microservice-a']}`;
    const [health, ready, metrics] = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map((one) => fetch(base + one)),
    );
    expect([health?.status, ready?.status, metrics?.status]).toEqual([200, 200, 200]);
    expect(await metrics?.text()).toMatch(
      /^workload_calls_total\{kind="external",target="packages\.microsoft\.com",outcome="ok"\} [1-9]/m,
    );
  });

  test('one page load is one trace, through all four services', async () => {
    const before = run.services['microservice-c'].log.length;
    await askIngress(run);
    const line = run.services['microservice-c'].log.slice(before).find((one) => one.event === 'request');
    expect(line?.trace).toMatch(/^[0-9a-f]{32}$/);
    for (const service of Object.values(run.services)) {
      expect(
        service.log.some((one) => one.event === 'request' && one.trace === line?.trace),
        service.name,
      ).toBe(true);
    }
  });

  test('the ingress calls nobody but web-frontend', () => {
    expect(expectedRow('ingress', 'web-frontend')?.stoppedBy).toEqual([]);
    const told = run.services['web-frontend'].log.filter((line) => line.event === 'request' && line.route === '/');
    expect(told.length).toBeGreaterThan(0);
  });
});

const endsWith = (line: LogLine, field: string, name: string): boolean =>
  String(line[field]).split('/').at(-1) === name;
