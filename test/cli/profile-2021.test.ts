import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CliResult, runCli } from './run-cli.ts';

/** The profile of the reference implementation, whole, on the day of its release and today. */
let folder: string;
let run: CliResult;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'profile-2021-'));
  await runCli(folder, 'init', '--profile', '2021');
  run = await runCli(folder, 'up', '--as-of', '2021-12-14', '-o', 'json');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Up {
  readonly stages: readonly { readonly name: string; readonly status: string; readonly resources: number }[];
  readonly proven: readonly { readonly ruleId: string }[];
  readonly findings: readonly { readonly ruleId: string; readonly location?: { readonly file: string } }[];
}

test('is deployed to the Azure of 2021-12-14, every stage of it', () => {
  const { stages } = run.json() as unknown as Up;
  expect(stages.length).toBeGreaterThan(7);
  expect(stages.filter(({ status }) => status !== 'succeeded')).toEqual([]);
  const told = stages.map(({ name, resources }) => `${name} ${resources}`).join(', ');
  console.log(`profile 2021 on 2021-12-14: ${told}`);
});

test('is isolated as its intents say: each of them is proven', () => {
  const { proven, findings } = run.json() as unknown as Up;
  const intents = [
    ...readFileSync(path.join(folder, 'out/intents.yaml'), 'utf8').matchAll(/^\s*(?:- )?id: (\S+)$/gm),
  ].map(([, id]) => id);
  expect(intents.length).toBeGreaterThan(40);
  const open = new Set(findings.map(({ ruleId }) => ruleId));
  expect(intents.filter((id) => open.has(id ?? ''))).toEqual([]);
  const known = new Set(proven.map(({ ruleId }) => ruleId));
  expect(intents.filter((id) => !known.has(id ?? ''))).toEqual([]);
});

test('is refused today before anything is deployed, for eight dated reasons and more', async () => {
  const today = await runCli(folder, 'up', '--data', path.join(folder, 'today'));
  expect(today.code).toBe(5);
  const reasons = today.errors.split('\n').filter((line) => /^error BLUEPRINT_\S+ .* on \d{4}-\d\d-\d\d\.$/.test(line));
  expect(reasons.length).toBeGreaterThanOrEqual(8);
  expect(today.errors.match(/^ {2}at {3}.*landing-zone\.yaml:\d+:\d+ \(profile\)$/gm)?.length).toBe(reasons.length);
  console.log(`profile 2021 today: ${reasons.length} dated reasons`);
});
