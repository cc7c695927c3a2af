import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, root } from '../local-azure-process.ts';

/** What the README promises, in a clone of the last commit: two commands, Node alone. */
let clone: string;

beforeAll(() => {
  clone = path.join(mkdtempSync(path.join(tmpdir(), 'clone-')), 'aks-regulated');
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
});

afterAll(() => rmSync(path.dirname(clone), { recursive: true, force: true }));

const npm = (...args: string[]) =>
  spawnSync('npm', args, { cwd: clone, encoding: 'utf8', env: { ...process.env, CI: 'true' } });

describe('npm start in a fresh clone', () => {
  test.each(['the first time', 'the second time'])('%s it ends with 0 and leaves its files', (time) => {
    const run = npm('start');
    expect(run.status, run.stderr).toBe(0);
    const result = JSON.parse(run.stdout.slice(run.stdout.indexOf('{'))) as {
      stages: { status: string; seconds: number }[];
      proven: unknown[];
      findings: unknown[];
      files: string[];
      seconds: number;
    };
    expect(new Set(result.stages.map((stage) => stage.status))).toEqual(new Set(['succeeded']));
    expect(result.findings).toEqual([]);
    expect(result.proven.length).toBeGreaterThan(20);
    for (const file of result.files) expect(existsSync(path.resolve(clone, file)), file).toBe(true);
    for (const file of ['deployments.yaml', 'intents.yaml', 'state/resources.json', 'audit/audit.jsonl', 'report.md']) {
      expect(existsSync(path.join(clone, 'out', file)), file).toBe(true);
    }
    // The workload under the policies that were written, as its table says.
    expect(run.stderr).toContain('One page load: 200, 20 calls, 4 succeeded, 16 failed.');
    expect(run.stderr.match(/^ {2}ok {2}\S+ → /gm)).toHaveLength(20);
    console.log(
      `npm start, ${time}: the run itself took ${result.seconds.toFixed(1)} s, ${result.proven.length} statements proven`,
    );
  });

  test('no private key stands in what it leaves', () => {
    const left = readdirSync(path.join(clone, 'out'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    expect(left.length).toBeGreaterThan(5);
    expect(left.filter((file) => /BEGIN [A-Z ]*PRIVATE KEY/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});

test('the lock file installs with npm 10 too', () => {
  const run = spawnSync(
    'npm',
    ['exec', '--yes', '--package=npm@10', '--', 'npm', 'ci', '--ignore-scripts', '--include=dev'],
    {
      cwd: clone,
      encoding: 'utf8',
    },
  );
  expect(run.status, run.stderr).toBe(0);
});

describe('the main job on other versions of Node', () => {
  const nodes = (process.env.CONFORMANCE_NODES ?? '').split(path.delimiter).filter((one) => one !== '');

  test('there are some', () => expect(nodes.length).toBeGreaterThanOrEqual(2));

  test.each(nodes)('%s', (node) => {
    const work = mkdtempSync(path.join(tmpdir(), 'node-'));
    try {
      const run = spawnSync(node, [bin, 'up', '--spec', path.join(root, 'landing-zone.yaml'), '-o', 'json'], {
        cwd: work,
        encoding: 'utf8',
      });
      expect(run.status, run.stderr).toBe(0);
      expect(JSON.parse(run.stdout).findings).toEqual([]);
      const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
      expect(readFileSync(path.join(work, 'out', 'report.md'), 'utf8')).toContain('## Proven');
      console.log(`main job on ${version}: ok`);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
});
