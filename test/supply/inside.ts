import { vaultAudience, vaultOf } from '../../src/azure/vault.ts';
import { clientsOf, principalId } from '../../src/cli/local-target.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { milliseconds } from '../../src/kernel/units.ts';
import { createLocalAzure } from '../../src/local-azure/local-azure.ts';
import { createMemoryStore, type Store } from '../../src/local-azure/store/index.ts';

export const subscriptionId = '5ab5c21b-0000-4000-8000-0000000000ab';
export const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
export const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-inside-test`;
export const vaultHost = 'kv-inside-test.vault.azure.net';
const location = 'eastus2';

export const openOn = (store: Store, clock: Clock = systemClock) =>
  createLocalAzure({
    store,
    clock,
    subscriptions: [{ subscriptionId, displayName: 'test' }],
    operationLatency: milliseconds(0),
  });

/** A real local Azure with a private vault and the endpoint that leads to it, and clients from both sides. */
export async function openInside(clock: Clock = systemClock, store: Store = createMemoryStore()) {
  const azure = openOn(store, clock);
  const clients = clientsOf(azure);
  const arm = clients.client();
  await arm.put(group, '2024-11-01', { location });
  const network = `${group}/providers/Microsoft.Network`;
  await arm.put(`${network}/virtualNetworks/vnet`, '2025-05-01', {
    location,
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/24'] },
      subnets: [{ name: 'snet-pe', properties: { addressPrefix: '10.0.0.0/26' } }],
    },
  });
  await arm.put(vaultId, '2024-11-01', {
    location,
    properties: {
      tenantId: '7a9a9f3e-2f4b-4c5d-8e6f-10ca1a2b3c4d',
      sku: { family: 'A', name: 'premium' },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      publicNetworkAccess: 'Disabled',
    },
  });
  const connect = (target: string, member: string) =>
    arm.put(`${network}/privateEndpoints/pe-${member}-${target.split('/').at(-1)}`, '2025-05-01', {
      location,
      properties: {
        subnet: { id: `${network}/virtualNetworks/vnet/subnets/snet-pe` },
        privateLinkServiceConnections: [
          { name: member, properties: { privateLinkServiceId: target, groupIds: [member] } },
        ],
      },
    });
  await connect(vaultId, 'vault');
  const planes = clients.dataPlanes('security');
  /** A request to the vault as bytes on the wire. */
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    options: { readonly listener?: 'inside' | 'outside'; readonly objectId?: string; readonly audience?: string } = {},
  ) => {
    const { listener = 'inside', objectId = principalId('security'), audience = vaultAudience } = options;
    const response = await azure.handle(
      new Request(`https://${vaultHost}${path}?api-version=7.5`, {
        method,
        headers: { authorization: `Bearer ${azure.issueToken({ objectId }, audience)}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      listener,
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  return { azure, arm, connect, dataPlanes: planes, vault: vaultOf(planes(vaultHost, vaultAudience)), ask };
}
