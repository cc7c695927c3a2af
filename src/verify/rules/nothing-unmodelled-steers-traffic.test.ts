import { expect, test } from 'vitest';
import type { ArmResource } from '../../model/resource.ts';
import { readNetwork } from '../read-network.ts';
import { nothingUnmodelledSteersTraffic as rule } from './nothing-unmodelled-steers-traffic.ts';

const group = '/subscriptions/s/resourceGroups/g/providers/';
const resource = (type: string, properties: object = {}): ArmResource => ({
  id: `${group}${type}/x`,
  name: 'x',
  type,
  properties: properties as never,
});
const check = (...resources: ArmResource[]) => {
  const state = { resources, objects: [], origin: 'test', assumptions: [] };
  const { model, remarks } = readNetwork(state);
  return rule.check(state, model, remarks, '2026-11-24');
};

/** Microsoft's pages on Virtual Network Manager, Virtual WAN and Private Link service. */
test.each([
  ['Microsoft.Network/networkManagers/connectivityConfigurations'],
  ['Microsoft.Network/virtualHubs'],
  ['Microsoft.Network/virtualWans'],
  ['Microsoft.Network/privateLinkServices'],
])('%s in the state is an error: a proof without it would be false', (type) => {
  expect(check(resource(type))).toMatchObject([{ level: 'error', message: expect.stringContaining('not modelled') }]);
});

test('so is a translation to a host name', () => {
  const rules = { ruleCollections: [{ rules: [{ name: 'in', translatedFqdn: 'pod.internal' }] }] };
  expect(check(resource('Microsoft.Network/firewallPolicies/ruleCollectionGroups', rules))).toHaveLength(1);
});

test('what is modelled is none', () => {
  expect(check(resource('Microsoft.Network/virtualNetworks'), resource('Microsoft.Network/loadBalancers'))).toEqual([]);
});
