import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CliResult, runCli } from './run-cli.ts';

/** Rules that somebody goes on in spite of, with a written reason: the original, on a day on which its Kubernetes has ended. */
let folder: string;
const day = ['--as-of', '2022-08-01'];
const reason = 'a rehearsal of the upgrade';
const version = ['--accept', `kubernetes-ended=${reason}`];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'accept-'));
  await runCli(folder, 'init', '--profile', '2021');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entries = (
  data: string,
): readonly { readonly action: string; readonly result?: string; readonly detail?: string }[] => {
  const audit = path.join(folder, data);
  const [file] = readdirSync(audit, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'));
  return readFileSync(path.join(audit, file ?? ''), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
};
const rulesIn = (text: string): readonly string[] =>
  [...text.matchAll(/--accept ([a-z-]+)=REASON/g)].map(([, rule]) => rule ?? '');

test('what has ended is refused with the name to accept it by, and is written when each name is accepted', async () => {
  const refused = await runCli(folder, 'synth', '-o', 'json');
  expect(refused.code).toBe(5);
  const names = rulesIn(refused.errors);
  expect(names.length).toBeGreaterThanOrEqual(8);
  const all = names.flatMap((name) => ['--accept', `${name}=${reason}`]);
  const allButOne = await runCli(folder, 'synth', '-o', 'json', ...all.slice(2));
  expect(allButOne.code).toBe(5);
  expect(rulesIn(allButOne.errors)).toEqual(names.slice(0, 1));
  const written = await runCli(folder, 'synth', '-o', 'json', ...all);
  expect(written.errors).toBe('');
  expect(written.code).toBe(0);
  expect(written.json().accepted).toEqual(names.map((rule) => ({ rule, reason })));
});

test.each([
  ['a reason is missing', 'kubernetes-ended', 'needs a written reason'],
  ['a reason is empty', 'kubernetes-ended= ', 'needs a written reason'],
  ['a reason is one word', 'kubernetes-ended=ok', 'needs a written reason'],
  ['a reason has a line end', 'kubernetes-ended=it is\nfine', 'one line of text'],
  ['a rule is missing', '=it is fine', 'RULE=REASON'],
])('%s: refused', async (_, text, told) => {
  const run = await runCli(folder, 'synth', ...day, '--accept', text);
  expect(run.code).toBe(2);
  expect(run.errors).toContain(told);
});

test('a name that no rule has is refused, and one that is given twice', async () => {
  const unknown = await runCli(folder, 'synth', ...day, ...version, '--accept', `no-such-rule=${reason}`);
  expect(unknown.code).toBe(2);
  expect(unknown.errors).toContain('"no-such-rule"');
  const twice = await runCli(folder, 'synth', ...day, ...version, ...version);
  expect(twice.code).toBe(2);
  expect(twice.errors).toContain('twice');
});

test('deploy writes it to the log before anything else, and says it', async () => {
  const run = await runCli(
    folder,
    'deploy',
    '--stage',
    'subscription',
    '--data',
    'one',
    ...day,
    ...version,
    '-o',
    'json',
  );
  expect(run.code).toBe(0);
  expect(run.json().accepted).toEqual([{ rule: 'kubernetes-ended', reason }]);
  expect(entries('one')[0]).toMatchObject({ action: 'accepted', result: 'kubernetes-ended', detail: reason });
  expect((await runCli(folder, 'audit', 'verify', '--data', 'one')).code).toBe(0);
});

test('what Azure itself refuses is not had by accepting it', async () => {
  const run = await runCli(folder, 'up', '--data', 'refused', ...day, ...version, '-o', 'json');
  expect(run.code).toBe(1);
  expect(run.json().stages).toContainEqual(expect.objectContaining({ name: 'cluster', status: 'failed' }));
  expect(entries('refused')[0]).toMatchObject({ action: 'accepted' });
});

test('a finding that is accepted stays one, in the report too, and fails the run no more', async () => {
  interface Up {
    readonly findings: readonly { readonly ruleId: string; readonly level: string }[];
  }
  const up = (...more: readonly string[]): Promise<CliResult> =>
    runCli(folder, 'up', '--data', 'whole', '--as-of', '2022-07-31', '-o', 'json', ...more);
  const before = await up();
  expect(before.code).toBe(4);
  const { findings } = before.json() as unknown as Up;
  const names = [...new Set(findings.map(({ ruleId }) => ruleId))];
  expect(names.length).toBeGreaterThan(0);
  const after = await up(...names.flatMap((name) => ['--accept', `${name}=${reason}`]));
  expect(after.code).toBe(0);
  expect((after.json() as unknown as Up).findings).toEqual(findings);
  const report = readFileSync(path.join(folder, 'out/report.md'), 'utf8');
  expect(report).toContain('## Accepted');
  for (const name of names) expect(report).toContain(`| \`${name}\` | ${reason} |`);
  const logged = entries('whole').filter(({ action }) => action === 'accepted');
  expect(logged.map(({ result }) => result)).toEqual(expect.arrayContaining(names));
}, 120_000);
