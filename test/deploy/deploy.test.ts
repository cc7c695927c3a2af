import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAuditLog, verifyLogFile } from '../../src/audit/log.ts';
import { clientsOf } from '../../src/cli/local-target.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentHost } from '../../src/kernel/host.ts';
import { group, groups, network, openSite, type Site, subscription } from './two-stages.ts';

/** Deploying against the real local Azure, in this process, without sockets. */
let site: Site;

beforeEach(() => {
  site = openSite();
});
afterEach(async () => {
  await site.close();
});

const run: Site['run'] = (...given) => site.run(...given);
const actions = () => site.actions();
const logFile = () => path.join(site.folder, 'audit.jsonl');

describe('a run', () => {
  test('goes through the stages in order, and the log tells each step with its digests and correlation id', async () => {
    const { result } = run([groups, network('10.0.0.0/25')]);
    expect((await result).stages).toMatchObject([
      { name: 'subscription', role: 'governance', status: 'succeeded', resources: 1 },
      { name: 'hub', role: 'network', status: 'succeeded', resources: 1 },
    ]);
    expect(actions()).toEqual(['started subscription', 'succeeded subscription', 'started hub', 'succeeded hub']);
    expect(openAuditLog(site.folder, systemClock).entries()[3]).toMatchObject({
      templateDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: group,
    });
    expect(verifyLogFile(logFile()).valid).toBe(true);
    expect(site.azure.resources().map((one) => one.name)).toEqual(
      expect.arrayContaining(['rg-net', 'vnet-hub', 'snet-a']),
    );
  });

  test('stops at the first failure with the service’s own words; what comes after is not run', async () => {
    const { result, host } = run([
      groups,
      network('10.9.0.0/25'),
      { ...groups, entry: { ...groups.entry, name: 'after', stage: 'image-spoke' } },
    ]);
    const { stages: ended } = await result;
    expect(ended.map((stage) => stage.status)).toEqual(['succeeded', 'failed', 'not-run']);
    expect(host.heard.find((one) => one.level === 'error')?.text).toContain('NetcfgSubnetRangeOutsideVnet');
    expect(actions().at(-1)).toBe('failed hub');
  });

  test('that is interrupted says so in the log', async () => {
    const abort = new AbortController();
    abort.abort(new Error('stop'));
    const { result } = run([groups], { host: { ...silentHost(systemClock), signal: abort.signal } });
    await expect(result).rejects.toMatchObject({ kind: 'interrupted' });
    expect(actions()).toEqual(['started subscription', 'interrupted subscription']);
  });
});

describe('resume', () => {
  test('skips what was done with the same template, and does the rest', async () => {
    await run([groups, network('10.9.0.0/25')]).result;
    const again = await run([groups, network('10.0.0.0/25')], { resume: true }).result;
    expect(again.stages.map((stage) => stage.status)).toEqual(['skipped', 'succeeded']);
  });

  test('does again what was done with another template', async () => {
    await run([groups, network('10.0.0.0/25')]).result;
    const again = await run([groups, network('10.0.0.0/26')], { resume: true }).result;
    expect(again.stages.map((stage) => stage.status)).toEqual(['skipped', 'succeeded']);
  });

  test('does again what the target no longer knows', async () => {
    await run([groups]).result;
    await clientsOf(site.azure)
      .client()
      .delete(`${subscription}/providers/Microsoft.Resources/deployments/subscription`, '2025-04-01');
    const again = await run([groups], { resume: true }).result;
    expect(again.stages.map((stage) => stage.status)).toEqual(['succeeded']);
  });
});

describe('separation of duties', () => {
  test('a role runs its own stages only; the refusal is logged', async () => {
    await expect(run([groups, network('10.0.0.0/25')], { role: 'network' }).result).rejects.toMatchObject({
      code: 'ROLE_MISMATCH',
      kind: 'refused',
    });
    expect(actions()).toEqual(['refused']);
    await run([groups, network('10.0.0.0/25')], { role: 'governance', stage: 'subscription' }).result;
    expect(actions().at(-1)).toBe('succeeded subscription');
  });

  test('a stage whose needs are not there is refused, by name', async () => {
    await expect(run([groups, network('10.0.0.0/25')], { stage: 'hub' }).result).rejects.toMatchObject({
      code: 'STAGE_NOT_READY',
      message: expect.stringContaining('subscription'),
    });
    await run([groups], { stage: 'subscription' }).result;
    expect((await run([groups, network('10.0.0.0/25')], { stage: 'hub' }).result).stages).toMatchObject([
      { name: 'hub', status: 'succeeded' },
    ]);
  });

  test('a stage that nothing belongs to is a usage error that lists those there are', async () => {
    await expect(run([groups], { stage: 'gitops' }).result).rejects.toMatchObject({
      code: 'STAGE_UNKNOWN',
      kind: 'usage',
      hint: expect.stringContaining('subscription'),
    });
  });
});
