import { expect, test } from 'vitest';
import type { NetworkModel } from '../reachability/index.ts';
import { readNetwork, verifyIntents } from '../verify/index.ts';
import { buildBlueprint } from './build.ts';
import { defaultSpec } from './test-spec.ts';
import { stateOf } from './test-state.ts';

/**
 * Rules whose loss no intent notices, and why that is right. Every other rule is either needed by an `allowed` intent or guarded by
 * a `denied` one.
 */
const unnoticed = [
  // Bastion requires it by name; the rule for the Internet admits the same packets.
  'nsg-bastion-contoso-prod-hub-eastus2 AllowGatewayManagerIn',
  // These two see what a load balancer delivers, which this network does not have yet (design: modelled both ways).
  'nsg-vnet-bu0001a0005-prod-spoke-01-cluster-platformnodepool AllowIngressIn',
  'nsg-vnet-bu0001a0005-prod-spoke-01-pods-platform AllowIngressIn',
  // It stands before names that Microsoft keeps and nobody else knows: the verifier can only assume them.
  'deny-rest deny-every-other-name',
];

test('the loss of any rule breaks an intent', { timeout: 60_000 }, () => {
  const blueprint = buildBlueprint(defaultSpec);
  const intents = blueprint.parts.flatMap((part) => part.intents);
  const { model } = readNetwork(stateOf(blueprint));
  const silent: string[] = [];
  let count = 0;
  const without = (changed: NetworkModel, name: string): void => {
    count++;
    if (verifyIntents(changed, intents).findings.length === 0) silent.push(name);
  };
  expect(verifyIntents(model, intents).findings).toEqual([]);
  for (const group of model.securityGroups) {
    for (const rule of group.rules) {
      const changed = { ...group, rules: group.rules.filter((one) => one !== rule) };
      without(
        { ...model, securityGroups: model.securityGroups.map((one) => (one === group ? changed : one)) },
        `${group.name} ${rule.name}`,
      );
    }
  }
  for (const firewall of model.firewalls) {
    for (const collection of firewall.collections) {
      for (const rule of collection.rules) {
        const changed = { ...collection, rules: collection.rules.filter((one) => one !== rule) };
        const collections = firewall.collections.map((one) => (one === collection ? changed : one));
        without({ ...model, firewalls: [{ ...firewall, collections }] }, `${collection.name} ${rule.name}`);
      }
    }
  }
  for (const table of model.routeTables) {
    without({ ...model, routeTables: model.routeTables.filter((one) => one !== table) }, table.name);
  }
  for (const network of model.networks) {
    const changed = { ...network, peerings: network.peerings.slice(1) };
    without({ ...model, networks: model.networks.map((one) => (one === network ? changed : one)) }, network.name);
  }
  expect(silent.sort()).toEqual(unnoticed.sort());
  expect(count).toBeGreaterThan(200);
});

test('without the last denial the verifier must assume names that Microsoft keeps', () => {
  const blueprint = buildBlueprint(defaultSpec);
  const state = stateOf(blueprint);
  const open = {
    ...state,
    resources: state.resources.filter(({ name }) => !name.endsWith('/deny-rest')),
  };
  const builtIn = /built-in infrastructure collection/;
  expect(readNetwork(state).assumptions.filter((one) => builtIn.test(one))).toEqual([]);
  expect(readNetwork(open).assumptions.filter((one) => builtIn.test(one))).toHaveLength(1);
});
