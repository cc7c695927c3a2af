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
  readonly notChecked: readonly {
    readonly ruleId: string;
    readonly missing: readonly { readonly since: string; readonly source: string }[];
  }[];
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

test('ends well: no finding; what Azure could not do on that day is not checked, and not proven', async () => {
  const { proven, notChecked, findings } = run.json() as unknown as Up;
  expect(run.code).toBe(0);
  expect(findings).toEqual([]);
  expect(notChecked.length).toBeGreaterThan(20);
  for (const { missing } of notChecked) {
    for (const { since, source } of missing) {
      expect(since > '2021-12-14').toBe(true);
      expect(source.length).toBeGreaterThan(20);
    }
  }
  const known = new Set(proven.map(({ ruleId }) => ruleId));
  expect(notChecked.filter(({ ruleId }) => known.has(ruleId))).toEqual([]);
  console.log(`profile 2021 on 2021-12-14: ${proven.length} proven, ${notChecked.length} not checked`);
  // The same state without its day is judged by everything that Azure offers today.
  const judged = await runCli(folder, 'verify', '--state', 'out/state', '--intents', 'out/intents.yaml', '-o', 'json');
  expect(judged.code).toBe(4);
  const today = judged.json() as unknown as Up;
  expect(today.notChecked).toEqual([]);
  // What was not checked then is decided now: most of it is a finding, some holds by a default that Azure writes.
  const open = new Set(today.findings.map(({ ruleId }) => ruleId));
  const decided = new Set([...open, ...today.proven.map(({ ruleId }) => ruleId)]);
  const ids = notChecked.map(({ ruleId }) => ruleId);
  expect(ids.filter((id) => !decided.has(id))).toEqual([]);
  expect(ids.filter((id) => open.has(id)).length).toBeGreaterThan(20);
  const report = readFileSync(path.join(folder, 'out/report.md'), 'utf8');
  expect(report).toContain('## Not checked');
});

test('its templates alone, on that day, are judged the same', async () => {
  const judged = await runCli(folder, 'verify', '--state', 'out', '--as-of', '2021-12-14', '-o', 'json');
  expect(judged.code).toBe(0);
  const { findings, notChecked } = judged.json() as unknown as Up;
  expect(findings).toEqual([]);
  expect(notChecked.map(({ ruleId }) => ruleId).sort()).toEqual(
    (run.json() as unknown as Up).notChecked.map(({ ruleId }) => ruleId).sort(),
  );
});

test('is refused today before anything is deployed, for eight dated reasons and more', async () => {
  const today = await runCli(folder, 'up', '--data', path.join(folder, 'today'));
  expect(today.code).toBe(5);
  const reasons = today.errors.split('\n').filter((line) => /^error BLUEPRINT_\S+ .* on \d{4}-\d\d-\d\d\.$/.test(line));
  expect(reasons.length).toBeGreaterThanOrEqual(8);
  expect(today.errors.match(/^ {2}at {3}.*landing-zone\.yaml:\d+:\d+ \(profile\)$/gm)?.length).toBe(reasons.length);
  console.log(`profile 2021 today: ${reasons.length} dated reasons`);
});
