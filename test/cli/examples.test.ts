import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { readDeployments } from '../../src/cli/deployment.ts';
import { openLocalTarget } from '../../src/cli/local-target.ts';
import { runDeployment } from '../../src/deploy/run-deployment.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentHost } from '../../src/kernel/host.ts';
import { loadSpec } from '../../src/spec/load.ts';
import { runCli } from './run-cli.ts';

/** The examples, as their users run them. */
const example = path.resolve(import.meta.dirname, '../../examples/existing-hub');
const spec = path.join(example, 'landing-zone.yaml');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'existing-hub-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the hub's owner does, with a tool of their own. */
async function ownerDeploys(templates: string): Promise<void> {
  const context = { clock: systemClock } as Context;
  const target = await openLocalTarget(context, path.join(folder, '.aks-regulated/local'), { spec: loadSpec(spec) });
  try {
    for (const deployment of readDeployments(templates))
      await runDeployment(target.client('hub-owner'), deployment, silentHost(systemClock));
  } finally {
    await target.close();
  }
}
interface Found {
  readonly ruleId: string;
  readonly message: string;
}
const verified = async (): Promise<{ code: number; findings: readonly Found[]; proven: number }> => {
  const run = await runCli(folder, 'verify', '--state', 'local', '--intents', path.join(folder, 'out/intents.yaml'));
  const { findings, proven } = run.json() as { findings: Found[]; proven: unknown[] };
  return { code: run.code, findings, proven: proven.length };
};

test('a hub that somebody else owns: nothing is made in it, and all is proven once its owner has added what was asked', async () => {
  await ownerDeploys(path.join(example, 'hub'));
  const run = await runCli(folder, 'deploy', '--spec', spec);
  expect(run.code, run.errors).toBe(0);
  for (const { scope, template, entry } of readDeployments(path.join(folder, 'out'))) {
    expect(scope.subscriptionId, entry.name).toBe('88888888-8888-4888-8888-888888888888');
    expect(template, entry.name).not.toMatch(/AzureFirewallSubnet|Microsoft.Network\/(azureFirewalls|bastionHosts)"/);
  }
  // Their half of the peerings is missing, so that nothing of ours gets anywhere.
  const before = await verified();
  expect(before.code).toBe(4);
  expect(before.findings.map(({ ruleId }) => ruleId)).toContain('peerings-are-connected-on-both-sides');
  await ownerDeploys(path.join(folder, 'out/hub-owner'));
  const after = await verified();
  expect(after.findings.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  expect(after.code).toBe(0);
  expect(after.proven).toBeGreaterThan(150);
}, 120_000);

test('two regions: each has a hub and a cluster of its own, and what is once for the subscription is made once', async () => {
  const data = path.join(folder, 'two');
  const two = path.resolve(example, '../two-regions/landing-zone.yaml');
  const run = await runCli(folder, 'up', '--spec', two, '--data', data, '--out', path.join(folder, 'two-out'));
  expect(run.code, run.errors).toBe(0);
  const { stages, findings } = run.json() as {
    stages: { name: string; deployments: { name: string }[] }[];
    findings: unknown[];
  };
  expect(findings).toEqual([]);
  const deployments = stages.flatMap((stage) => stage.deployments.map(({ name }) => name));
  for (const name of ['hub-northeurope', 'hub-westeurope', 'cluster-ne', 'cluster-we', 'gateway-ne', 'gateway-we'])
    expect(deployments).toContain(name);
  expect(deployments.filter((name) => name === 'subscription' || name === 'jump-box-image')).toHaveLength(2);
}, 120_000);
