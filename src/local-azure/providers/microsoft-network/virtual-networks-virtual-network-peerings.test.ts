import { expect, test } from 'vitest';
import { network, properties, putNetwork, refusal, type TestWorld, testWorld } from '../test-world.ts';

const hub = `${network}/virtualNetworks/hub`;
const spoke = `${network}/virtualNetworks/spoke`;

function peer(world: TestWorld, from: string, name: string, to: string, more: Record<string, unknown> = {}): void {
  world.put(`${from}/virtualNetworkPeerings/${name}`, { properties: { remoteVirtualNetwork: { id: to }, ...more } });
}

function pair(): TestWorld {
  const world = testWorld();
  putNetwork(world, 'hub', '10.200.0.0/24');
  putNetwork(world, 'spoke', '10.240.0.0/16');
  return world;
}

const state = (world: TestWorld, from: string, name: string): unknown =>
  properties(world.get(`${from}/virtualNetworkPeerings/${name}`)).peeringState;

test('Initiated with one side, Connected with both, Disconnected when one goes (network-semantics.md 68)', () => {
  const world = pair();
  peer(world, hub, 'to-spoke', spoke);
  expect(properties(world.get(`${hub}/virtualNetworkPeerings/to-spoke`))).toMatchObject({
    peeringState: 'Initiated',
    peeringSyncLevel: 'RemoteNotInSync',
    remoteVirtualNetworkAddressSpace: { addressPrefixes: ['10.240.0.0/16'] },
    allowForwardedTraffic: false,
  });
  peer(world, spoke, 'to-hub', hub);
  expect([state(world, hub, 'to-spoke'), state(world, spoke, 'to-hub')]).toEqual(['Connected', 'Connected']);
  expect(properties(world.get(hub)).virtualNetworkPeerings).toMatchObject([
    { name: 'to-spoke', properties: { peeringState: 'Connected', peeringSyncLevel: 'FullyInSync' } },
  ]);
  world.delete(`${hub}/virtualNetworkPeerings/to-spoke`);
  expect(state(world, spoke, 'to-hub')).toBe('Disconnected');
});

test('a disconnected side must be written again before the other comes back (hashicorp/terraform #18091)', () => {
  const world = pair();
  peer(world, hub, 'to-spoke', spoke);
  peer(world, spoke, 'to-hub', hub);
  world.delete(`${hub}/virtualNetworkPeerings/to-spoke`);
  const error = refusal(() => peer(world, hub, 'to-spoke', spoke));
  expect(error.code).toBe('RemotePeeringIsDisconnected');
  expect(error.message).toContain('is in Disconnected state. Update or re-create the remote peering');
  peer(world, spoke, 'to-hub', hub);
  expect(state(world, spoke, 'to-hub')).toBe('Initiated');
  peer(world, hub, 'to-spoke', spoke);
  expect([state(world, hub, 'to-spoke'), state(world, spoke, 'to-hub')]).toEqual(['Connected', 'Connected']);
});

test('deleting a network disconnects its peers', () => {
  const world = pair();
  peer(world, hub, 'to-spoke', spoke);
  peer(world, spoke, 'to-hub', hub);
  world.delete(hub);
  expect(state(world, spoke, 'to-hub')).toBe('Disconnected');
});

test('networks that overlap cannot be peered (network-semantics.md 71; sn-rg report of VnetAddressSpacesOverlap)', () => {
  const world = pair();
  putNetwork(world, 'twin', '10.200.0.0/25');
  const error = refusal(() => peer(world, hub, 'to-twin', `${network}/virtualNetworks/twin`));
  expect(error.code).toBe('VnetAddressSpacesOverlap');
  expect(error.message).toContain(
    'cannot be peered because their address spaces overlap. Overlapping address prefixes: 10.200.0.0/24.',
  );
});

test('nor with one that a peer has already (microsoft/AzureTRE #4641)', () => {
  const world = pair();
  const other = putNetwork(world, 'other', '10.240.1.0/24');
  peer(world, spoke, 'to-hub', hub);
  peer(world, hub, 'to-spoke', spoke);
  const error = refusal(() => peer(world, other, 'to-hub', hub));
  expect(error.code).toBe('VnetAddressSpaceOverlapsWithAlreadyPeeredVnet');
  expect(error.message).toContain(
    `because address space of the first virtual network overlaps with address space of virtual network ${spoke} already peered with the second virtual network. Overlapping address prefixes: 10.240.1.0/24.`,
  );
});

test('one peering a pair and direction', () => {
  const world = pair();
  peer(world, hub, 'to-spoke', spoke);
  expect(refusal(() => peer(world, hub, 'again', spoke)).code).toBe('AnotherPeeringAlreadyReferencesRemoteVnet');
});

test('the remote network must be there', () => {
  expect(refusal(() => peer(pair(), hub, 'x', `${network}/virtualNetworks/none`)).code).toBe(
    'InvalidResourceReference',
  );
});

test('remote gateways need a gateway over there (network-semantics.md 70)', () => {
  expect(refusal(() => peer(pair(), hub, 'x', spoke, { useRemoteGateways: true })).code).toBe(
    'RemoteVnetHasNoGateways',
  );
});

test('a new address block shows as not in sync until the peering is written again', () => {
  const world = pair();
  peer(world, hub, 'to-spoke', spoke);
  peer(world, spoke, 'to-hub', hub);
  world.put(spoke, { properties: { addressSpace: { addressPrefixes: ['10.240.0.0/16', '10.241.0.0/16'] } } });
  const level = (from: string, name: string) =>
    properties(world.get(`${from}/virtualNetworkPeerings/${name}`)).peeringSyncLevel;
  expect([level(hub, 'to-spoke'), level(spoke, 'to-hub')]).toEqual(['LocalNotInSync', 'RemoteNotInSync']);
  peer(world, hub, 'to-spoke', spoke);
  expect([level(hub, 'to-spoke'), level(spoke, 'to-hub')]).toEqual(['FullyInSync', 'FullyInSync']);
});

test('peerings may come inline with a new network', () => {
  const world = testWorld();
  putNetwork(world, 'hub', '10.200.0.0/24');
  const virtualNetworkPeerings = [{ name: 'to-hub', properties: { remoteVirtualNetwork: { id: hub } } }];
  world.put(spoke, { properties: { addressSpace: { addressPrefixes: ['10.240.0.0/16'] }, virtualNetworkPeerings } });
  peer(world, hub, 'to-spoke', spoke);
  expect([state(world, hub, 'to-spoke'), state(world, spoke, 'to-hub')]).toEqual(['Connected', 'Connected']);
});
