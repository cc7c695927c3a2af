import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bin, type RunningLocalAzure, root, startLocalAzure } from '../local-azure-process.ts';

/**
 * The Azure CLI from PyPI, unmodified, against local Azure: registers it as a cloud, logs in, deploys what synth wrote.
 * Needs CONFORMANCE_AZ (scripts/conformance.mjs sets it).
 */
const az = process.env.CONFORMANCE_AZ ?? 'az';
let azure: RunningLocalAzure;
let work: string;
let entries: { template: string; parameters: string; scope: string; name: string; location?: string }[];

interface AzResult {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function call(...args: string[]): Promise<AzResult> {
  try {
    const { stdout, stderr } = await promisify(execFile)(az, [...args, '-o', 'json'], {
      env: {
        PATH: process.env.PATH,
        HOME: work,
        AZURE_CONFIG_DIR: path.join(work, 'az'),
        AZURE_CORE_INSTANCE_DISCOVERY: 'false',
        AZURE_CORE_COLLECT_TELEMETRY: 'false',
        AZURE_CORE_LOGIN_EXPERIENCE_V2: 'off',
        REQUESTS_CA_BUNDLE: azure.ca,
      },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
    return { code: code ?? -1, out: stdout ?? '', error: stderr ?? String(error) };
  }
}

async function ok<T = unknown>(...args: string[]): Promise<T> {
  const result = await call(...args);
  expect(result.code, `az ${args.join(' ')}\n${result.error}`).toBe(0);
  return (result.out.trim() === '' ? undefined : JSON.parse(result.out)) as T;
}

beforeAll(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'az-'));
  execFileSync(process.execPath, [bin, 'synth', '--out', path.join(work, 'out'), '-o', 'none'], { cwd: root });
  entries = parse(readFileSync(path.join(work, 'out', 'deployments.yaml'), 'utf8'));
  azure = await startLocalAzure({ spec: path.join(root, 'landing-zone.yaml') });
});

afterAll(async () => {
  await azure?.stop();
  rmSync(work, { recursive: true, force: true });
});

describe('az', () => {
  test('registers local Azure as a cloud and logs in', async () => {
    await ok('cloud', 'register', '-n', 'LocalAzure', '--endpoint-resource-manager', azure.endpoint);
    await ok('cloud', 'set', '-n', 'LocalAzure');
    const tenant = parse(readFileSync(path.join(root, 'landing-zone.yaml'), 'utf8')).azure.tenantId as string;
    const accounts = await ok<{ state: string; tenantId: string }[]>(
      'login',
      '--service-principal',
      '-u',
      '11111111-2222-4333-8444-555555555555',
      '-p',
      'any',
      '--tenant',
      tenant,
    );
    expect(accounts).toHaveLength(1);
    expect(accounts[0]).toMatchObject({ state: 'Enabled', tenantId: tenant });
    expect(await ok('group', 'list')).toEqual([]);
  });

  test('deploys the synthesized hub template, and sees the hub', async () => {
    const subscription = entries.find((entry) => !entry.scope.includes('/resourceGroups/'));
    const hub = entries.find((entry) => entry.name.startsWith('hub') && entry.scope.includes('/resourceGroups/'));
    if (subscription === undefined || hub === undefined)
      throw new Error('deployments.yaml has no subscription or hub entry');
    const files = (entry: { template: string; parameters: string }) => [
      '--template-file',
      path.join(work, 'out', entry.template),
      '--parameters',
      `@${path.join(work, 'out', entry.parameters)}`,
    ];
    await ok(
      'deployment',
      'sub',
      'create',
      '-n',
      subscription.name,
      '-l',
      subscription.location ?? 'eastus2',
      ...files(subscription),
    );
    const group = hub.scope.split('/').at(-1) ?? '';
    const deployed = await ok<{ properties: { provisioningState: string; outputResources: unknown[] } }>(
      'deployment',
      'group',
      'create',
      '-g',
      group,
      '-n',
      hub.name,
      ...files(hub),
    );
    expect(deployed.properties.provisioningState).toBe('Succeeded');
    expect(deployed.properties.outputResources.length).toBeGreaterThan(10);

    // The deployment goes to the group with most of its resources, the monitoring's; the network is in the hub's own.
    const networks = await ok<
      {
        name: string;
        addressSpace: { addressPrefixes: string[] };
        subnets: { name: string; addressPrefix: string }[];
      }[]
    >('network', 'vnet', 'list', '-g', 'rg-contoso-prod-hub-eastus2');
    expect(networks).toHaveLength(1);
    expect(networks[0]?.addressSpace.addressPrefixes).toEqual(['10.200.0.0/24']);
    expect(
      Object.fromEntries((networks[0]?.subnets ?? []).map((subnet) => [subnet.name, subnet.addressPrefix])),
    ).toEqual({
      AzureFirewallSubnet: '10.200.0.0/26',
      GatewaySubnet: '10.200.0.64/27',
      AzureBastionSubnet: '10.200.0.128/26',
    });
  });

  test('prints the refusals of the service, with its codes', async () => {
    const missing = await call('group', 'show', '-n', 'rg-that-is-not-there');
    expect(missing.code).not.toBe(0);
    expect(missing.error).toContain('ResourceGroupNotFound');
    await ok('group', 'create', '-n', 'rg-probe', '-l', 'eastus2');
    const overlapping = await call(
      'network',
      'vnet',
      'create',
      '-g',
      'rg-probe',
      '-n',
      'vnet',
      '--address-prefixes',
      '10.0.0.0/24',
      '--subnet-name',
      'a',
      '--subnet-prefixes',
      '10.9.0.0/24',
    );
    expect(overlapping.code).not.toBe(0);
    expect(overlapping.error).toContain('NetcfgSubnetRangeOutsideVnet');
    await ok('group', 'delete', '-n', 'rg-probe', '--yes');
    expect((await call('group', 'show', '-n', 'rg-probe')).error).toContain('ResourceGroupNotFound');
  });
});
