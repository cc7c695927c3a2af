import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAuditLog, verifyLogFile } from '../../src/audit/log.ts';
import { clientsOf } from '../../src/cli/local-target.ts';
import { type DeployOptions, deploy } from '../../src/deploy/deploy.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentHost } from '../../src/kernel/host.ts';
import { milliseconds, minutes } from '../../src/kernel/units.ts';
import { createLocalAzure, type LocalAzure } from '../../src/local-azure/local-azure.ts';
import { createMemoryStore } from '../../src/local-azure/store/index.ts';
import type { RoleName } from '../../src/model/role.ts';
import type { Stage, StageName } from '../../src/model/stage.ts';
import type { ReadDeployment } from '../../src/synth/read.ts';

/** Deploying against the real local Azure, in this process, without sockets. */
const subscriptionId = '5ab5c21b-0000-4000-8000-0000000000aa';
const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-net`;
let folder: string;
let azure: LocalAzure;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'deploy-'));
  azure = createLocalAzure({
    store: createMemoryStore(),
    clock: systemClock,
    subscriptions: [{ subscriptionId, displayName: 'test' }],
    operationLatency: milliseconds(5),
  });
});

afterEach(async () => {
  await azure.close();
  rmSync(folder, { recursive: true, force: true });
});

function entry(stage: StageName, role: RoleName, template: unknown, scope = group): ReadDeployment {
  const text = JSON.stringify(template);
  return {
    entry: { template: `${stage}.json`, scope, name: stage, stage, role, runsFrom: 'anywhere', location: 'eastus2' },
    scope:
      scope === group
        ? { kind: 'resourceGroup', subscriptionId, resourceGroup: 'rg-net' }
        : { kind: 'subscription', subscriptionId },
    template: text,
    parameters: {},
    place: { file: 'deployments.yaml', line: 1, column: 1 },
  };
}

const groups = entry(
  'subscription',
  'governance',
  {
    $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      { type: 'Microsoft.Resources/resourceGroups', apiVersion: '2025-04-01', name: 'rg-net', location: 'eastus2' },
    ],
  },
  `/subscriptions/${subscriptionId}`,
);

const network = (prefix: string) =>
  entry('hub', 'network', {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Network/virtualNetworks',
        apiVersion: '2025-09-01',
        name: 'vnet-hub',
        location: 'eastus2',
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/24'] },
          subnets: [{ name: 'snet-a', properties: { addressPrefix: prefix } }],
        },
      },
    ],
  });

const stages: readonly Stage[] = [
  {
    name: 'subscription',
    role: 'governance',
    title: '',
    runsFrom: 'anywhere',
    needs: [],
    gives: [],
    expected: minutes(1),
  },
  {
    name: 'hub',
    role: 'network',
    title: '',
    runsFrom: 'anywhere',
    needs: ['subscription'],
    gives: [],
    expected: minutes(1),
  },
];

function run(deployments: readonly ReadDeployment[], more: Partial<DeployOptions> = {}) {
  const host = silentHost(systemClock);
  const audit = openAuditLog(folder, systemClock);
  const options = {
    deployments,
    stages,
    client: clientsOf(azure).client(),
    audit,
    host,
    who: { principal: 'tester', kind: 'test' },
    ...more,
  };
  return { host, audit, result: deploy(options) };
}

const actions = () =>
  openAuditLog(folder, systemClock)
    .entries()
    .map((one) => `${one.action} ${one.stage ?? ''}`.trim());

describe('a run', () => {
  test('goes through the stages in order, and the log tells each step with its digests and correlation id', async () => {
    const { result, audit } = run([groups, network('10.0.0.0/25')]);
    expect((await result).stages).toMatchObject([
      { name: 'subscription', role: 'governance', status: 'succeeded', resources: 1 },
      { name: 'hub', role: 'network', status: 'succeeded', resources: 1 },
    ]);
    expect(actions()).toEqual(['started subscription', 'succeeded subscription', 'started hub', 'succeeded hub']);
    expect(audit.entries()[3]).toMatchObject({
      templateDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: group,
    });
    expect(verifyLogFile(audit.file).valid).toBe(true);
    expect(azure.resources().map((one) => one.name)).toEqual(expect.arrayContaining(['rg-net', 'vnet-hub', 'snet-a']));
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
    await clientsOf(azure)
      .client()
      .delete(`/subscriptions/${subscriptionId}/providers/Microsoft.Resources/deployments/subscription`, '2025-04-01');
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
