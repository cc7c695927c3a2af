import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildBlueprint } from '../../src/blueprint/build.ts';
import { defaultSpec } from '../../src/blueprint/test-spec.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { ensureVault } from '../../src/supply/certificates/ensure.ts';
import { inventoryOf } from '../../src/supply/certificates/inventory.ts';
import { readCertificatePlan, type VaultPlan } from '../../src/supply/certificates/plan.ts';
import { pemOf } from '../../src/supply/certificates/sign-certificate.ts';
import { group, openInside, vaultHost, vaultId } from './inside.ts';

const now = new Date('2026-11-24T12:00:00Z');
const later = (months: number): Date => {
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date;
};
const task = buildBlueprint(defaultSpec, { today: now })
  .parts.flatMap((part) => part.tasks ?? [])
  .find(({ kind }) => kind === 'certificates');
const [designed] = readCertificatePlan(JSON.stringify(task?.plan), 'certificates.yaml').vaults;
const plan = { ...(designed as VaultPlan), vault: vaultHost };

const { vault, arm, azure } = await openInside({ ...systemClock, now: () => now });
const first = await ensureVault(vault, plan, { now });
const secret = async (name: string): Promise<string> => (await vault.findSecret(name))?.value ?? '';
const certificate = async (name: string): Promise<X509Certificate> =>
  new X509Certificate(pemOf((await vault.findCertificate(name))?.cer ?? ''));

describe('what the design asks for is made', () => {
  test('all of it, once; the second run changes nothing', async () => {
    expect(new Set(first.map(({ done }) => done))).toEqual(new Set(['created']));
    const second = await ensureVault(vault, plan, { now });
    expect(second.map(({ name, done }) => [name, done])).toEqual(first.map(({ name }) => [name, 'kept']));
  });

  // Node's X509Certificate (OpenSSL) is the second implementation that reads them.
  test('servers: names, no authority, signed by their own authority, thirteen months at most', async () => {
    const listener = await certificate('gateway-listener');
    const authority = new X509Certificate(await secret('listener-authority'));
    expect([listener.ca, listener.verify(authority.publicKey), listener.checkIssued(authority)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(listener.checkHost(defaultSpec.domains.public)).toBe(defaultSpec.domains.public);
    expect(listener.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    // CA/Browser Forum, Baseline Requirements 6.3.2: 398 days.
    expect(Date.parse(listener.validTo) - Date.parse(listener.validFrom)).toBeLessThan(398 * 86_400_000);
    const ingress = await certificate('ingress-server');
    expect(ingress.checkHost(`any.${defaultSpec.domains.ingress}`)).toBe(`*.${defaultSpec.domains.ingress}`);
    expect(ingress.verify(new X509Certificate(await secret('ingress-authority')).publicKey)).toBe(true);
    expect(ingress.verify(authority.publicKey)).toBe(false);
  });

  test('the ingress gets its key with its certificate; the key that signs releases stays', async () => {
    const pem = await secret('ingress-server');
    expect((await certificate('ingress-server')).checkPrivateKey(createPrivateKey(pem))).toBe(true);
    expect(pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    const signing = await secret('release-signing');
    expect(signing).not.toContain('PRIVATE KEY');
    expect((await certificate('release-signing')).keyUsage).toEqual(['1.3.6.1.5.5.7.3.3']);
  });

  test('the mesh: root, authority below it, its key and the chain, as Istio’s plug-in wants them', async () => {
    const root = new X509Certificate(await secret('mesh-root-cert'));
    const authority = new X509Certificate(await secret('mesh-ca-cert'));
    expect([root.ca, authority.ca, authority.checkIssued(root), authority.verify(root.publicKey)]).toEqual(
      Array(4).fill(true),
    );
    expect(authority.checkPrivateKey(createPrivateKey(await secret('mesh-ca-key')))).toBe(true);
    expect(await secret('mesh-cert-chain')).toBe(`${await secret('mesh-ca-cert')}${await secret('mesh-root-cert')}`);
  });

  test('an authority’s key is not to be had anywhere', async () => {
    for (const name of ['listener-authority', 'ingress-authority', 'mesh-root-cert', 'release-authority']) {
      expect(await secret(name)).not.toContain('PRIVATE');
    }
    expect(JSON.stringify(azure.resources())).not.toMatch(/PRIVATE KEY|BEGIN CERT/);
  });
});

test('the inventory has issuer, end, use and fingerprint of each (PCI DSS 4.2.1.1)', async () => {
  const items = await inventoryOf(vault, plan, now);
  expect(items.map(({ name }) => name)).toEqual(first.map(({ name }) => name));
  const listener = items.find(({ name }) => name === 'gateway-listener');
  const { fingerprint256, validTo } = await certificate('gateway-listener');
  expect(listener).toMatchObject({
    status: 'valid',
    source: 'issued',
    use: 'server',
    dnsNames: [defaultSpec.domains.public],
    fingerprint: fingerprint256,
    validTo: new Date(validTo).toISOString(),
  });
  expect(JSON.stringify(items)).not.toContain('PRIVATE');
});

describe('time passes', () => {
  test('after two thirds of its life a certificate is due, and is renewed with a new key; authorities stay', async () => {
    const before = await certificate('gateway-listener');
    const items = await inventoryOf(vault, plan, later(9));
    expect(items.find(({ name }) => name === 'gateway-listener')?.status).toBe('due');
    const done = await ensureVault(vault, plan, { now: later(9) });
    expect(done.filter((item) => item.done === 'renewed').map(({ name }) => name)).toEqual([
      'gateway-listener',
      'ingress-server',
      'release-signing',
    ]);
    const after = await certificate('gateway-listener');
    expect(after.publicKey.equals(before.publicKey)).toBe(false);
    expect(Date.parse(after.validTo)).toBeGreaterThan(Date.parse(before.validTo));
  });

  test('a new authority takes what it has issued with it', async () => {
    const done = await ensureVault(vault, plan, { now: later(9), rotate: new Set(['ingress-authority']) });
    expect(done.filter((item) => item.done === 'renewed').map(({ name }) => name)).toEqual([
      'ingress-authority',
      'ingress-server',
    ]);
    const authority = new X509Certificate(await secret('ingress-authority'));
    expect((await certificate('ingress-server')).verify(authority.publicKey)).toBe(true);
  });
});

test('stopped at any request and run again: everything once, each with its own authority', async () => {
  let stops = 0;
  for (let stopAt = 1; stopAt < 200; stopAt += 5) {
    const fresh = await openInside({ ...systemClock, now: () => now });
    let calls = 0;
    const failing = Object.fromEntries(
      Object.entries(fresh.vault).map(([name, call]) => [
        name,
        async (...given: unknown[]) => {
          const result = await (call as (...all: unknown[]) => Promise<unknown>)(...given);
          // The answer is lost: what was asked for has happened.
          if (++calls === stopAt) throw new Error('killed');
          return result;
        },
      ]),
    ) as unknown as typeof fresh.vault;
    const end = await ensureVault(failing, plan, { now }).catch((error: Error) => error.message);
    if (end !== 'killed') break;
    stops++;
    await ensureVault(fresh.vault, plan, { now });
    const counted = await Promise.all(
      ['keys/ingress-authority', 'secrets/mesh-ca-key', 'secrets/mesh-ca-cert', 'certificates/ingress-server'].map(
        async (at) => (await fresh.ask('GET', `/${at}/versions`)).body.value.length,
      ),
    );
    expect(counted, `stopped at ${stopAt}`).toEqual([1, 1, 1, 1]);
    const items = await inventoryOf(fresh.vault, plan, now);
    expect(new Set(items.map(({ status }) => status)), `stopped at ${stopAt}`).toEqual(new Set(['valid']));
    await fresh.azure.close();
  }
  expect(stops).toBeGreaterThan(5);
});

describe('Application Gateway reads its certificate when it is written', () => {
  const gateway = `${group}/providers/Microsoft.Network/applicationGateways/agw`;
  const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-agw`;
  const part = (segment: string, name: string) => ({ id: `${gateway}/${segment}/${name}` });
  const body = (name: string) => ({
    location: 'eastus2',
    identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    properties: {
      sku: { name: 'Standard_v2', tier: 'Standard_v2', capacity: 2 },
      gatewayIPConfigurations: [
        {
          name: 'place',
          properties: { subnet: { id: `${group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/agw` } },
        },
      ],
      frontendIPConfigurations: [
        {
          name: 'public',
          properties: {
            publicIPAddress: { id: `${group}/providers/Microsoft.Network/publicIPAddresses/pip` },
          },
        },
      ],
      frontendPorts: [{ name: 'https', properties: { port: 443 } }],
      sslCertificates: [{ name: 'listener', properties: { keyVaultSecretId: `https://${vaultHost}/secrets/${name}` } }],
      backendAddressPools: [{ name: 'pool', properties: { backendAddresses: [{ ipAddress: '10.0.0.200' }] } }],
      backendHttpSettingsCollection: [{ name: 'https', properties: { port: 443, protocol: 'Https' } }],
      httpListeners: [
        {
          name: 'public',
          properties: {
            protocol: 'Https',
            frontendIPConfiguration: part('frontendIPConfigurations', 'public'),
            frontendPort: part('frontendPorts', 'https'),
            sslCertificate: part('sslCertificates', 'listener'),
          },
        },
      ],
      requestRoutingRules: [
        {
          name: 'all',
          properties: {
            priority: 100,
            ruleType: 'Basic',
            httpListener: part('httpListeners', 'public'),
            backendAddressPool: part('backendAddressPools', 'pool'),
            backendHttpSettings: part('backendHttpSettingsCollection', 'https'),
          },
        },
      ],
    },
  });

  test('it must be there, and the gateway’s identity must be let at it', async () => {
    const network = `${group}/providers/Microsoft.Network`;
    await arm.put(`${network}/virtualNetworks/vnet/subnets/agw`, '2025-05-01', {
      properties: { addressPrefix: '10.0.0.128/26' },
    });
    await arm.put(`${network}/publicIPAddresses/pip`, '2025-05-01', {
      location: 'eastus2',
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static' },
    });
    const { properties } = await arm.put<{ properties: { principalId: string } }>(identity, '2024-11-30', {
      location: 'eastus2',
    });
    const write = (name: string) => arm.put(gateway, '2025-05-01', body(name));
    await expect(write('gateway-listener')).rejects.toMatchObject({
      armCode: 'ApplicationGatewayKeyVaultSecretException',
      details: [
        expect.stringMatching(/^ApplicationGatewayKeyVaultSecretAccessDenied: Access denied for KeyVault Secret/),
      ],
    });
    const role = '/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6';
    await arm.put(
      `${vaultId}/providers/Microsoft.Authorization/roleAssignments/0d5c21b0-0000-4000-8000-00000000000b`,
      '2022-04-01',
      {
        properties: {
          principalId: properties.principalId,
          roleDefinitionId: role,
          principalType: 'ServicePrincipal',
        },
      },
    );
    await expect(write('not-there')).rejects.toMatchObject({ armCode: 'ApplicationGatewayKeyVaultSecretException' });
    await expect(write('gateway-listener')).resolves.toMatchObject({ name: 'agw' });
  });
});

test('a plan that contradicts itself is refused with its reason', () => {
  const wrong = (change: object) => () =>
    readCertificatePlan(JSON.stringify({ vaults: [{ ...plan, ...change }] }), 'c.yaml');
  expect(wrong({ authorities: [] })).toThrow(expect.objectContaining({ code: 'CERTIFICATES_PLAN_MALFORMED' }));
  expect(wrong({ vault: 'http://elsewhere' })).toThrow('vaults.0.vault');
  expect(wrong({ password: 'x' })).toThrow('password');
  expect(() => readCertificatePlan('{', 'c.yaml')).toThrow(
    expect.objectContaining({ code: 'CERTIFICATES_PLAN_MALFORMED' }),
  );
});
