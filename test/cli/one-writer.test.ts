import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli, runCliIn } from './run-cli.ts';

/** Runs that meet: on one data folder, on one port. Nothing is lost, and who comes second is told what to do. */
const spec = path.resolve(import.meta.dirname, '../../landing-zone.yaml');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'writer-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('of two runs on one data folder one is refused with the cure; the other ends well, and so does a later one', async () => {
  const runs = await Promise.all([runCli(folder, 'deploy', '--spec', spec), runCli(folder, 'deploy', '--spec', spec)]);
  expect(runs.map((run) => run.code).sort()).toEqual([0, 1]);
  const refused = runs.find((run) => run.code === 1);
  expect(refused?.errors).toContain('DATA_FOLDER_IN_USE');
  expect(refused?.errors).toContain(String(process.pid));
  expect(refused?.errors).toContain('--data');
  const later = await runCli(folder, 'deploy', '--spec', spec, '--resume');
  expect(later.code, later.errors).toBe(0);
  const statuses = (later.json().stages as { status: string }[]).map((stage) => stage.status);
  expect(new Set(statuses)).toEqual(new Set(['skipped']));
  expect(statuses.length).toBeGreaterThan(10);
  expect((await runCli(folder, 'audit', 'verify')).json()).toMatchObject({ valid: true });
});

describe('local-azure start', () => {
  /** Starts the server of the folder, does `work` while it runs, then ends it as Ctrl-C does. */
  async function whileServing(work: (started: Record<string, unknown>) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    let out = '';
    const ended = runCliIn(
      {
        folder,
        signal: abort.signal,
        onOut: (text) => {
          out += text;
        },
      },
      'local-azure',
      'start',
      '--spec',
      spec,
    );
    try {
      for (let i = 0; i < 2000 && !out.includes('"pid"'); i++) await new Promise((resolve) => setTimeout(resolve, 25));
      await work(JSON.parse(out));
    } finally {
      abort.abort(new Error('stop'));
    }
    expect((await ended).code).toBe(0);
  }

  test('a run beside the server goes through it, over HTTPS, and its state is read from it', async () => {
    await whileServing(async (started) => {
      expect(started).toMatchObject({ endpoint: expect.stringMatching(/^https:\/\/localhost:\d+$/), pid: process.pid });
      const run = await runCli(folder, 'up', '--spec', spec);
      expect(run.code, run.errors).toBe(0);
      expect((run.json().proven as unknown[]).length).toBeGreaterThan(80);
    });
    const exported = await runCli(folder, 'state', 'export', '--out', path.join(folder, 'exported'));
    expect(readFileSync(path.join(folder, 'exported/resources.json'), 'utf8')).toBe(
      readFileSync(path.join(folder, 'out/state/resources.json'), 'utf8'),
    );
    expect(exported.code).toBe(0);
    // What was deployed through the server is there without it, the same.
    const live = path.join(folder, 'out', 'state');
    const after = await runCli(
      folder,
      'verify',
      '--state',
      'local',
      '--intents',
      path.join(folder, 'out', 'intents.yaml'),
    );
    expect(after.code, after.errors).toBe(0);
    const byFile = await runCli(
      folder,
      'verify',
      '--state',
      live,
      '--intents',
      path.join(folder, 'out', 'intents.yaml'),
    );
    expect(byFile.json().proven).toEqual(after.json().proven);
  });

  test('a second server on the folder is refused', async () => {
    await whileServing(async () => {
      const second = await runCli(folder, 'local-azure', 'start');
      expect(second.code).toBe(1);
      expect(second.errors).toContain('DATA_FOLDER_IN_USE');
    });
  });

  test('a port that is taken is named, with the cure', async () => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer();
      server.listen(0, '127.0.0.1', () => resolve(server));
    });
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = await runCli(folder, 'local-azure', 'start', '--port', String(port));
    await new Promise((resolve) => taken.close(resolve));
    expect(run.code).toBe(1);
    expect(run.errors).toContain('PORT_IN_USE');
    expect(run.errors).toContain(String(port));
    expect(run.errors).toContain('--port');
  });
});

test('separation of duties: another role’s stage ends with 5, and the log says so', async () => {
  const refused = await runCli(folder, 'deploy', '--spec', spec, '--stage', 'hub', '--as', 'operations');
  expect(refused.code).toBe(5);
  expect(refused.errors).toContain('network');
  const early = await runCli(folder, 'deploy', '--spec', spec, '--stage', 'hub', '--as', 'network');
  expect(early.code).toBe(5);
  expect(early.errors).toContain('STAGE_NOT_READY');
  expect((await runCli(folder, 'deploy', '--spec', spec, '--stage', 'subscription', '--as', 'governance')).code).toBe(
    0,
  );
  const allowed = await runCli(folder, 'deploy', '--spec', spec, '--stage', 'hub', '--as', 'network');
  expect(allowed.code, allowed.errors).toBe(0);
  expect((await runCli(folder, 'audit', 'verify')).json()).toMatchObject({ valid: true, entries: 6 });
});
