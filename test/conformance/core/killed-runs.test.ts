import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../../src/kernel/hash.ts';
import { bin, root } from '../local-azure-process.ts';

/** `kill -9` at twenty moments of a deployment, then `deploy --resume`: the state is the same each time, the log is whole. */
const spec = path.join(root, 'landing-zone.yaml');
const kills = 20;

function run(folder: string, ...args: string[]) {
  // A run that never ends is ended here, and its status is null.
  const done = spawnSync(process.execPath, [bin, ...args, '-o', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status: done.status, errors: done.stderr, result: done.stdout === '' ? undefined : JSON.parse(done.stdout) };
}

function stateDigest(folder: string): string {
  const exported = run(folder, 'state', 'export', '--out', path.join(folder, 'state'));
  expect(exported.status, exported.errors).toBe(0);
  const resources = readFileSync(path.join(folder, 'state', 'resources.json'), 'utf8');
  // Keys are made at random, so the certificate of the authority that Flux trusts is another in each landing zone. It stands in one
  // place; that it is the right one is shown by the objects, which Flux takes from nobody else.
  const authorities = resources.match(/"ca\.crt": "[^"]+"/g) ?? [];
  expect(authorities).toHaveLength(1);
  const objects = path.join(folder, 'state', 'objects');
  const files = readdirSync(objects, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(100);
  const texts = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  const all = texts.map((file) => `${path.relative(objects, file)}\n${readFileSync(file, 'utf8')}`);
  return sha256([resources.replace(authorities[0] as string, ''), ...all].join(''));
}

/** Starts a deployment and kills it after `ms`; says whether it was still running then. */
async function killedAfter(folder: string, ms: number): Promise<boolean> {
  const child = spawn(process.execPath, [bin, 'deploy', '--spec', spec, '-o', 'none'], {
    cwd: folder,
    stdio: 'ignore',
  });
  const ended = new Promise<boolean>((resolve) => child.once('exit', (_code, signal) => resolve(signal === 'SIGKILL')));
  const timer = setTimeout(() => child.kill('SIGKILL'), ms);
  const killed = await ended;
  clearTimeout(timer);
  return killed;
}

test(`${kills} kills, ${kills} resumes, one state`, async () => {
  const whole = mkdtempSync(path.join(tmpdir(), 'whole-'));
  const started = performance.now();
  const undisturbed = run(whole, 'deploy', '--spec', spec);
  const duration = performance.now() - started;
  expect(undisturbed.status, undisturbed.errors).toBe(0);
  const expected = stateDigest(whole);

  let killed = 0;
  for (let i = 0; i < kills; i++) {
    const folder = mkdtempSync(path.join(tmpdir(), 'killed-'));
    // Evenly random over the part in which the deployment runs: start-up takes the first quarter of a second.
    if (await killedAfter(folder, 200 + Math.random() * Math.max(100, duration - 300))) killed++;
    const resumed = run(folder, 'deploy', '--spec', spec, '--resume');
    expect(resumed.status, resumed.errors).toBe(0);
    expect(stateDigest(folder)).toBe(expected);
    const audit = run(folder, 'audit', 'verify');
    expect(audit.status, audit.errors).toBe(0);
    expect(audit.result.valid).toBe(true);
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`killed while running: ${killed} of ${kills}; state ${expected.slice(0, 16)}… after each resume`);
  expect(killed).toBeGreaterThanOrEqual(kills / 2);

  const log = run(whole, 'audit', 'verify').result.file as string;
  const text = readFileSync(log, 'utf8');
  const at = Math.floor(text.length / 2);
  writeFileSync(log, `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`);
  const broken = run(whole, 'audit', 'verify');
  expect(broken.status).toBe(4);
  expect(broken.result.valid).toBe(false);
  expect(broken.result.brokenAt).toBeDefined();
  rmSync(whole, { recursive: true, force: true });
});
