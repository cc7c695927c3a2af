import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bin, type RunningLocalAzure, root, startLocalAzure } from '../local-azure-process.ts';

/**
 * `@azure/arm-resources` (whose version 7 deploys through its generic resource operations) and `@azure/arm-network`, unmodified, with `@azure/identity` logging in, from a
 * Node process that only knows the CA.
 */
let azure: RunningLocalAzure;
let work: string;

beforeAll(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'sdk-'));
  execFileSync(process.execPath, [bin, 'synth', '--out', path.join(work, 'out'), '-o', 'none'], { cwd: root });
  azure = await startLocalAzure({ spec: path.join(root, 'landing-zone.yaml') });
});

afterAll(async () => {
  await azure?.stop();
  rmSync(work, { recursive: true, force: true });
});

const script = `
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ClientSecretCredential } from '@azure/identity';
import { ResourceManagementClient } from '@azure/arm-resources';
import { NetworkManagementClient } from '@azure/arm-network';
import { parse } from 'yaml';
const [endpoint, out, tenant] = process.argv.slice(2);
const entries = parse(readFileSync(path.join(out, 'deployments.yaml'), 'utf8'));
const subscriptionId = entries[0].scope.split('/')[2];
const credential = new ClientSecretCredential(tenant, '11111111-2222-4333-8444-555555555555', 'any', {
  authorityHost: endpoint, disableInstanceDiscovery: true });
const options = { endpoint, credentialScopes: [endpoint + '/.default'] };
const resources = new ResourceManagementClient(credential, subscriptionId, options);
const network = new NetworkManagementClient(credential, subscriptionId, options);
const json = (file) => JSON.parse(readFileSync(path.join(out, file), 'utf8'));
const results = [];
for (const entry of entries.slice(0, 2)) {
  const properties = { mode: 'Incremental', template: json(entry.template), parameters: json(entry.parameters).parameters };
  const id = entry.scope + '/providers/Microsoft.Resources/deployments/' + entry.name;
  const location = entry.scope.includes('/resourceGroups/') ? undefined : entry.location;
  const done = await resources.resources.beginCreateOrUpdateByIdAndWait(id, '2025-04-01', { location, properties });
  results.push({ name: done.name, state: done.properties.provisioningState });
}
const groups = [];
for await (const group of resources.resourceGroups.list()) groups.push(group.name);
const networks = [];
for await (const vnet of network.virtualNetworks.listAll()) networks.push({ name: vnet.name, prefixes: vnet.addressSpace.addressPrefixes, subnets: vnet.subnets.map((one) => one.name).sort() });
let refusal;
try { await resources.resourceGroups.get('rg-that-is-not-there'); } catch (error) { refusal = { code: error.code, status: error.statusCode }; }
console.log(JSON.stringify({ results, groups, networks, refusal }));
`;

test('the JavaScript SDK logs in, deploys subscription and hub, and reads the hub back', async () => {
  const tenant = parse(readFileSync(path.join(root, 'landing-zone.yaml'), 'utf8')).azure.tenantId as string;
  const file = path.join(root, 'node_modules', '.sdk-probe.mjs');
  writeFileSync(file, script);
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [file, azure.endpoint, path.join(work, 'out'), tenant],
      {
        cwd: root,
        env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: azure.ca },
      },
    );
    const seen = JSON.parse(stdout) as {
      results: { state: string }[];
      groups: string[];
      networks: { prefixes: string[]; subnets: string[] }[];
      refusal: unknown;
    };
    expect(seen.results.map((one) => one.state)).toEqual(['Succeeded', 'Succeeded']);
    expect(seen.groups.length).toBeGreaterThan(2);
    expect(seen.networks).toHaveLength(1);
    expect(seen.networks[0]).toMatchObject({
      prefixes: ['10.200.0.0/24'],
      subnets: ['AzureBastionSubnet', 'AzureFirewallSubnet', 'GatewaySubnet'],
    });
    expect(seen.refusal).toEqual({ code: 'ResourceGroupNotFound', status: 404 });
  } finally {
    rmSync(file, { force: true });
  }
});
