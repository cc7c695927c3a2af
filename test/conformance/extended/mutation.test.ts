import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../local-azure-process.ts';

/** The whole takes an hour (`npm run mutation`); one small file shows that the measuring itself works. */
const cache = mkdtempSync(path.join(tmpdir(), 'mutation-'));
const mutation = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/mutation.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, AKS_REGULATED_MUTATION_CACHE: cache },
  });

afterAll(() => rmSync(cache, { recursive: true, force: true }));

test("our runner and Stryker's own for Vitest give the same verdict on every change", () => {
  const { status, stdout, stderr } = mutation('--referee', 'src/arm/asserts.ts');
  expect(status, `${stdout}${stderr}`).toBe(0);
  expect(stdout).toMatch(/^(1\d|[2-9]\d) verdicts are the same$/m);
});

test('the score of the file is printed, and is above the aim', () => {
  const { status, stdout } = mutation('--table', 'src/arm/asserts.ts');
  expect(stdout).toMatch(/^\| all .* (8\d|9\d|100)\.\d % \|$/m);
  expect(status).toBe(0);
});

test('what is not measured is said, and is no success', () => {
  const { status, stdout } = mutation('--table', 'src/arm/asserts.ts', 'src/arm/member.ts');
  expect(stdout).toContain('Not measured: src/arm/member.ts');
  expect(status).toBe(1);
});
