import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAuditLog, verifyLogFile } from '../../src/audit/log.ts';
import { type ArmClient, createArmClient } from '../../src/azure/arm-client.ts';
import { createDeployment, findDeployment, outputsOf } from '../../src/azure/deployments.ts';
import { inProcessHttpClient } from '../../src/azure/in-process.ts';
import { clientsOf } from '../../src/cli/local-target.ts';
import { deploymentId } from '../../src/deploy/deployment-id.ts';
import type { DeploymentProgress } from '../../src/deploy/messages.ts';
import { stateDigest } from '../../src/deploy/state-digest.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentHost } from '../../src/kernel/host.ts';
import { milliseconds } from '../../src/kernel/units.ts';
import type { ReadDeployment } from '../../src/synth/read.ts';
import { groups, network, openSite, type Site, stages, subscription } from './two-stages.ts';

/** Deploying where something goes wrong on the way: against the real local Azure, with faults put between. */
let site: Site;

beforeEach(() => {
  // Long enough that whoever comes second, on a busy machine too, meets what still runs.
  site = openSite(milliseconds(400));
});
afterEach(async () => {
  await site.close();
});

type Exchange = (request: Request) => Promise<Response>;
const hub = network('10.0.0.0/25');
const both = [groups, hub];
const entries = () => openAuditLog(site.folder, systemClock).entries();

/** A client of the site's Azure, with something between the two. */
function clientThrough(between: (request: Request, azure: Exchange) => Promise<Response>): ArmClient {
  return createArmClient({
    endpoint: 'https://management.local.azure',
    credential: {
      getToken: async () => ({
        token: site.azure.issueToken({ objectId: '5ab5c21b-0000-4000-8000-0000000000ee' }),
        expiresOnTimestamp: Date.now() + 3_600_000,
      }),
    },
    httpClient: inProcessHttpClient((request) => between(request, (one) => site.azure.handle(one))),
    retry: { delay: milliseconds(1) },
  });
}

/** Somebody begins the hub's deployment and goes away. */
async function beginHub(): Promise<void> {
  const answer = await clientsOf(site.azure).client().send('PUT', deploymentId(hub), '2025-04-01', bodyOf(hub));
  expect(answer.body).toMatchObject({ properties: { provisioningState: 'Accepted' } });
}

const isDeploymentPut = (request: Request): boolean =>
  request.method === 'PUT' && request.url.includes('/Microsoft.Resources/deployments/');

describe('the way to the target', () => {
  test('when the answer to a PUT is lost, the deployment is found again by its correlation id and followed', async () => {
    const statuses: number[] = [];
    let isLost = false;
    const client = clientThrough(async (request, azure) => {
      const isPut = isDeploymentPut(request) && request.url.includes('/deployments/hub');
      const response = await azure(request);
      if (isPut) statuses.push(response.status);
      if (!isPut || isLost) return response;
      isLost = true;
      throw new Error('connection reset');
    });
    const { stages: ended } = await site.run(both, { client }).result;
    expect(ended.map((one) => one.status)).toEqual(['succeeded', 'succeeded']);
    // Accepted; sent again, refused as active.
    expect(statuses).toEqual([201, 409]);
    expect(site.actions()).toEqual(['started subscription', 'succeeded subscription', 'started hub', 'succeeded hub']);
  });

  test('an active deployment of somebody else is not taken for ours', async () => {
    const client = clientThrough((request, azure) => azure(request));
    await site.run([groups]).result;
    await beginHub();
    const ours = {
      id: deploymentId(hub),
      body: bodyOf(hub),
      correlationId: '00000000-0000-4000-8000-000000000001',
    };
    await expect(createDeployment(client, ours, { clock: systemClock })).rejects.toMatchObject({
      armCode: 'DeploymentActive',
    });
  });

  test('5xx and 429 on the way change nothing', async () => {
    let requests = 0;
    const client = clientThrough(async (request, azure) => {
      const fault = [503, undefined, 429, undefined][requests++ % 4];
      return fault === undefined ? await azure(request) : new Response(null, { status: fault });
    });
    const { stages: ended } = await site.run(both, { client }).result;
    expect(ended.map((one) => one.status)).toEqual(['succeeded', 'succeeded']);
  });
});

describe('what is there already', () => {
  test('a deployment of the same name that still runs is waited for, and that is said', async () => {
    await site.run([groups]).result;
    await beginHub();
    const { host, result } = site.run([hub]);
    expect((await result).stages[0]?.status).toBe('succeeded');
    expect(host.heard.filter((one) => one.code === 'DEPLOY_WAITS')).toHaveLength(1);
  });

  test('with resume, what the log calls done and the target is at again is waited for, then skipped', async () => {
    await site.run(both).result;
    await beginHub();
    const { host, result } = site.run([hub], { resume: true });
    expect((await result).stages[0]?.status).toBe('skipped');
    expect(host.heard.map((one) => one.code)).toEqual(['DEPLOY_WAITS', 'DEPLOY_SKIPPED']);
  });

  test('a resource group that nobody has made is a clear failure, before anything is deployed', async () => {
    const puts: string[] = [];
    const client = clientThrough(async (request, azure) => {
      if (isDeploymentPut(request)) puts.push(request.url);
      return await azure(request);
    });
    const { stages: ended } = await site.run([network('10.0.0.0/25')], { client, stages: [] }).result;
    expect(ended[0]).toMatchObject({ status: 'failed', deployments: [{ error: expect.stringContaining('rg-net') }] });
    expect(entries().at(-1)).toMatchObject({ action: 'failed', result: 'DEPLOY_GROUP_MISSING' });
    expect(puts).toEqual([]);
  });
});

test('progress goes up, never past the total, and names stage, deployment and what it took the last time', async () => {
  await site.run(both).result;
  const { host, result } = site.run(both);
  await result;
  const progress = host.heard
    .filter((one) => one.code === 'DEPLOY_PROGRESS')
    .map((one) => one.payload as DeploymentProgress);
  for (const stage of ['subscription', 'hub']) {
    const own = progress.filter((one) => one.stage === stage);
    expect(own.length).toBeGreaterThan(0);
    expect(own.map((one) => one.done)).toEqual(own.map((one) => one.done).toSorted((a, b) => a - b));
    for (const one of own) {
      expect(one.done).toBeLessThanOrEqual(one.total);
      expect(one).toMatchObject({ deployment: stage, total: 1, expectedSeconds: expect.any(Number) });
    }
  }
});

test('the log, the activity at the target and the result carry one correlation id, success or failure', async () => {
  const { stages: ended } = await site.run([groups, network('10.9.0.0/25')]).result;
  const client = clientsOf(site.azure).client();
  for (const [i, deployment] of [groups, network('')].entries()) {
    const record = await findDeployment(client, deploymentId(deployment));
    const ids = entries()
      .filter(({ stage }) => stage === deployment.entry.stage)
      .map(({ correlationId }) => correlationId);
    expect(ids).toHaveLength(2);
    const atTarget = i === 0 ? record?.properties?.correlationId : ids[0];
    expect(new Set([...ids, atTarget, ended[i]?.deployments[0]?.correlationId]).size).toBe(1);
  }
});

test('secure values reach neither log nor message nor result, whatever the service says back', async () => {
  const secret = 'S3cr€t of "the" jump box';
  const client = clientThrough(async (request, azure) => {
    if (!request.url.includes('/validate')) return await azure(request);
    const message = `Cannot use ${await request.text()}`;
    return Response.json({ error: { code: 'InvalidTemplate', message } }, { status: 400 });
  });
  const secured: ReadDeployment = {
    ...groups,
    template: groups.template.replace(
      '"resources"',
      '"parameters": {"adminPassword": {"type": "secureString"}}, "resources"',
    ),
    parameters: { adminPassword: { value: secret } },
  };
  const { host, result } = site.run([secured], { client });
  const { stages: ended } = await result;
  expect(ended[0]?.status).toBe('failed');
  const everything = [readFileSync(path.join(site.folder, 'audit.jsonl'), 'utf8'), JSON.stringify([ended, host.heard])];
  for (const text of everything) {
    expect(text).toContain('InvalidTemplate');
    for (const part of ['S3cr', 'jump box']) expect(text).not.toContain(part);
  }
});

test('a stage from inside goes over the inside listener, the others do not', async () => {
  const asked: string[] = [];
  const through = (listener: string) =>
    clientThrough(async (request, azure) => {
      asked.push(listener);
      return await azure(request);
    });
  const inside = { ...groups, entry: { ...groups.entry, runsFrom: 'inside' as const } };
  await site.run([inside], { client: through('outside'), insideClient: through('inside') }).result;
  expect(new Set(asked)).toEqual(new Set(['inside']));
  asked.length = 0;
  await site.run([groups], { client: through('outside'), insideClient: through('inside') }).result;
  expect(new Set(asked)).toEqual(new Set(['outside']));
});

test('interrupted anywhere, then resumed: the state of an undisturbed run, and a whole log', async () => {
  const undisturbed = openSite(milliseconds(5));
  await undisturbed.run(both).result;
  const expected = stateDigest(undisturbed.azure.resources());
  await undisturbed.close();
  const requests = { total: 0 };
  const counting = (stopAt: number, abort: AbortController) =>
    clientThrough(async (request, azure) => {
      if (++requests.total === stopAt) abort.abort(new Error('Ctrl-C'));
      return await azure(request);
    });
  let stops = 0;
  for (let stopAt = 1; stopAt <= 16; stopAt++) {
    site = await anew(site);
    requests.total = 0;
    const abort = new AbortController();
    const host = { ...silentHost(systemClock), signal: abort.signal };
    const stopped = site.run(both, { client: counting(stopAt, abort), host }).result;
    const [end] = await Promise.allSettled([stopped]);
    // How many looks a run takes depends on how fast it is: at some point it is over before the signal.
    if (requests.total < stopAt) break;
    stops++;
    expect(end, `at request ${stopAt}`).toMatchObject({ status: 'rejected', reason: { kind: 'interrupted' } });
    expect(entries().at(-1)?.action).toBe('interrupted');
    const { stages: ended } = await site.run(both, { resume: true }).result;
    expect(ended.every(({ status }) => status === 'succeeded' || status === 'skipped')).toBe(true);
    await site.azure.idle();
    expect(stateDigest(site.azure.resources()), `at request ${stopAt}`).toBe(expected);
    expect(verifyLogFile(path.join(site.folder, 'audit.jsonl'))).toMatchObject({ valid: true, notChecked: [] });
  }
  // Per deployment: the record (and group), validate, PUT, at least one look.
  expect(stops).toBeGreaterThanOrEqual(8);
});

async function anew(before: Site): Promise<Site> {
  await before.close();
  return openSite(milliseconds(5));
}

test('outputs are read from the record', async () => {
  const template = JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [],
    outputs: { sum: { type: 'int', value: '[add(40, 2)]' } },
  });
  const client = clientsOf(site.azure).client();
  const request = {
    id: `${subscription}/providers/Microsoft.Resources/deployments/outputs`,
    body: bodyOf({ ...groups, template }),
  };
  expect(outputsOf(await createDeployment(client, request, { clock: systemClock }))).toEqual({ sum: 42 });
});

test('a defect of ours is written to the log, too, and is not swallowed', async () => {
  const broken = { ...clientsOf(site.azure).client(), find: async () => Promise.reject(new TypeError('a defect')) };
  await expect(site.run([groups], { client: broken, stages }).result).rejects.toThrow('a defect');
  expect(entries().at(-1)).toMatchObject({ action: 'failed', result: 'DEFECT', detail: 'a defect' });
});

function bodyOf({ template, entry, scope }: ReadDeployment): string {
  const location = scope.kind === 'subscription' ? `"location": "${entry.location}", ` : '';
  return `{${location}"properties": {"mode": "Incremental", "template": ${template}}}`;
}
