import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli, runCliIn } from './run-cli.ts';

/** The contract that scripts rely on: exit codes, streams, errors with place, cause and cure. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a command line that cannot be read ends with 2 and says why on stderr', () => {
  test.each([
    [['verifi'], 'verify'],
    [['verify', '--fail-on', 'never'], 'never'],
    [['reach', 'internet'], 'TO'],
    [['reach', 'a', 'b', '--port', '70000'], '1 to 65535'],
    [['up', '--as-of', '2026-02-30'], '2026-02-30'],
    [['deploy', '--stage', 'hubb'], 'hubb'],
    [['synth', '--no-such-flag'], 'no-such-flag'],
  ])('%j', async (inputs, named) => {
    const run = await runCli(folder, ...inputs);
    expect(run.code).toBe(2);
    expect(run.errors).toContain(named);
    expect(run.out).toBe('');
  });
});

describe('init', () => {
  test('writes a file that synth takes, and never over one that is there', async () => {
    const first = await runCli(folder, 'init');
    expect(first.code).toBe(0);
    expect(first.json()).toMatchObject({
      schema: 'aks-regulated/init',
      version: 1,
      files: [path.join(folder, 'landing-zone.yaml'), path.join(folder, 'landing-zone.schema.json')],
    });
    const text = readFileSync(path.join(folder, 'landing-zone.yaml'), 'utf8');
    expect(text.startsWith('# yaml-language-server: $schema=')).toBe(true);
    expect((await runCli(folder, 'synth')).code).toBe(0);

    const second = await runCli(folder, 'init');
    expect(second.code).toBe(2);
    expect(second.errors).toContain('SPEC_EXISTS');
    expect(readFileSync(path.join(folder, 'landing-zone.yaml'), 'utf8')).toBe(text);
  });

  test('writes the other profile, whose components have ended by now', async () => {
    expect((await runCli(folder, 'init', '--profile', '2021')).code).toBe(0);
    const run = await runCli(folder, 'synth');
    expect(run.code).toBe(5);
    // The day after which no flow log of a security group can be made: Microsoft, "NSG flow logs".
    expect(run.errors).toContain('2025-06-30');
  });
});

describe('a spec with a mistake', () => {
  test('is refused with place, cause and cure', async () => {
    await runCli(folder, 'init');
    const file = path.join(folder, 'landing-zone.yaml');
    const text = readFileSync(file, 'utf8').replace(/^organization:/m, 'organisation:');
    writeFileSync(file, text);
    const line = text.split('\n').findIndex((one) => one.startsWith('organisation:')) + 1;
    const run = await runCli(folder, 'synth');
    expect(run.code).toBe(2);
    expect(run.errors).toContain(`landing-zone.yaml:${line}:1`);
    expect(run.errors).toMatch(/did you mean "?organization/i);
  });

  test('is annotated for GitHub and for Azure DevOps', async () => {
    writeFileSync(path.join(folder, 'landing-zone.yaml'), 'organization: 7\n');
    const github = await runCliIn({ folder, env: { GITHUB_ACTIONS: 'true' } }, 'synth');
    expect(github.errors).toMatch(/^::error file=.*landing-zone\.yaml,line=1,col=\d+,title=SPEC_/m);
    const devops = await runCliIn({ folder, env: { TF_BUILD: 'True' } }, 'synth');
    expect(devops.errors).toMatch(/^##vso\[task\.logissue type=error;sourcepath=.*linenumber=1/m);
  });

  test('overlapping ranges are refused with the line and column of both', async () => {
    const file = path.resolve(import.meta.dirname, '../../examples/overlap/landing-zone.yaml');
    const run = await runCli(folder, 'synth', '--spec', file);
    expect(run.code).toBe(2);
    const places = [...run.errors.matchAll(/landing-zone\.yaml:(\d+):(\d+)/g)].map((match) => [
      Number(match[1]),
      Number(match[2]),
    ]);
    expect(places.length).toBeGreaterThanOrEqual(2);
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const [line = 0, column = 0] of places)
      expect(lines[line - 1]?.slice(column - 1)).toMatch(/^["']?\d+\.\d+\.\d+\.\d+\/\d+/);
    expect(new Set(places.map(String)).size).toBe(places.length);
  });
});

test('without a spec anywhere above, it says how to get one', async () => {
  const run = await runCli(folder, 'up');
  expect(run.code).toBe(2);
  expect(run.errors).toContain('aks-regulated init');
});

test('what is not there ends with 3', async () => {
  expect((await runCli(folder, 'verify', '--state', 'nowhere', '--intents', 'none.yaml')).code).toBe(3);
  expect((await runCli(folder, 'state', 'export')).code).toBe(3);
  expect((await runCli(folder, 'audit', 'verify')).code).toBe(3);
});

test('colour: on a terminal, or when forced; NO_COLOR wins over the terminal', async () => {
  await runCli(folder, 'init');
  const colour = '\u001b[';
  expect((await runCliIn({ folder, terminal: true }, 'synth')).out).toContain(colour);
  expect((await runCliIn({ folder, terminal: true, env: { NO_COLOR: '1' } }, 'synth')).out).not.toContain(colour);
  expect((await runCliIn({ folder }, 'synth', '-o', 'table')).out).not.toContain(colour);
  expect((await runCliIn({ folder, env: { CLICOLOR_FORCE: '1' } }, 'synth', '-o', 'table')).out).toContain(colour);
});

describe('output', () => {
  test.each(['json', 'yaml', 'table', 'tsv', 'none'])('-o %s', async (format) => {
    await runCli(folder, 'init');
    const run = await runCli(folder, 'synth', '-o', format);
    expect(run.code).toBe(0);
    if (format === 'none') expect(run.out).toBe('');
    if (format === 'json') expect(run.json()).toMatchObject({ schema: 'aks-regulated/synth', version: 1 });
    if (format === 'yaml') expect(run.out).toMatch(/^schema: aks-regulated\/synth\nversion: 1\n/);
    if (format === 'tsv') expect(run.out.split('\n')[0]).toMatch(/\.(json|yaml)$/);
    if (format === 'table') expect(run.out).toContain('Stage');
  });
});

test('schema print gives the committed schema', async () => {
  const run = await runCli(folder, 'schema', 'print');
  const committed = readFileSync(path.resolve(import.meta.dirname, '../../schema/landing-zone.schema.json'), 'utf8');
  expect(JSON.parse(run.out)).toEqual(JSON.parse(committed));
});
