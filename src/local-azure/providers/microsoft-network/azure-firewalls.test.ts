import { describe, expect, test } from 'vitest';
import {
  group,
  network,
  properties,
  putAddress,
  putNetwork,
  refusal,
  type TestWorld,
  testWorld,
} from '../test-world.ts';

const firewall = `${network}/azureFirewalls/fw`;
const policy = `${network}/firewallPolicies/fwp`;
const vnet = `${network}/virtualNetworks/hub`;

const body = (more: Record<string, unknown> = {}, subnet = 'AzureFirewallSubnet') => ({
  zones: ['1', '2', '3'],
  properties: {
    sku: { name: 'AZFW_VNet', tier: 'Premium' },
    firewallPolicy: { id: policy },
    ipConfigurations: [
      {
        name: 'one',
        properties: {
          subnet: { id: `${vnet}/subnets/${subnet}` },
          publicIPAddress: { id: `${network}/publicIPAddresses/pip-1` },
        },
      },
      { name: 'two', properties: { publicIPAddress: { id: `${network}/publicIPAddresses/pip-2` } } },
    ],
    ...more,
  },
});

function hub(firewallRange = '10.200.0.0/26', name = 'AzureFirewallSubnet'): TestWorld {
  const world = testWorld();
  putNetwork(world, 'hub', '10.200.0.0/24', { [name]: firewallRange });
  putAddress(world, 'pip-1');
  putAddress(world, 'pip-2');
  world.put(policy, { properties: { sku: { tier: 'Premium' } } });
  return world;
}

test('its private address is the first usable one of its subnet, and everything refers back', () => {
  const world = hub();
  world.put(firewall, body());
  expect(properties(world.get(firewall)).ipConfigurations).toMatchObject([
    // Azure keeps .0 to .3 (learn.microsoft.com, virtual networks FAQ).
    { properties: { privateIPAddress: '10.200.0.4', provisioningState: 'Succeeded' } },
    { properties: { publicIPAddress: { id: `${network}/publicIPAddresses/pip-2` } } },
  ]);
  expect(world.get(firewall)?.zones).toEqual(['1', '2', '3']);
  expect(properties(world.get(policy)).firewalls).toEqual([{ id: firewall }]);
  const one = `${firewall}/azureFirewallIpConfigurations/one`;
  expect(properties(world.get(`${vnet}/subnets/AzureFirewallSubnet`)).ipConfigurations).toEqual([{ id: one }]);
  expect(properties(world.get(`${network}/publicIPAddresses/pip-1`)).ipConfiguration).toEqual({ id: one });
  expect(refusal(() => world.delete(`${network}/publicIPAddresses/pip-1`))).toMatchObject({
    // Reports of PublicIPAddressCannotBeDeleted: wording, two spaces included.
    code: 'PublicIPAddressCannotBeDeleted',
    message: `Public IP address ${network}/publicIPAddresses/pip-1 can not be deleted since it is still allocated to resource ${one}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.  To learn how to do this, see aka.ms/deletepublicip.`,
  });
  expect(refusal(() => world.delete(policy)).code).toBe('FirewallPolicyInUse');
  world.put(firewall, body());
});

describe('what a firewall refuses', () => {
  test.each([
    [
      'a subnet of another name',
      () => hub('10.200.0.0/26', 'snet').put(firewall, body({}, 'snet')),
      'AzureFirewallInvalidRequest',
    ],
    // learn.microsoft.com, Azure Firewall FAQ: /26.
    ['a subnet below /26', () => hub('10.200.0.0/27').put(firewall, body()), 'AzureFirewallInvalidRequest'],
    [
      'a Premium policy on a Standard firewall',
      () => hub().put(firewall, body({ sku: { name: 'AZFW_VNet', tier: 'Standard' } })),
      'AzureFirewallInvalidRequest',
    ],
    [
      'a virtual hub with AZFW_VNet',
      () => hub().put(firewall, body({ virtualHub: { id: `${network}/virtualHubs/h` } })),
      'AzureFirewallInvalidRequest',
    ],
    [
      'classic rules beside a policy',
      () => hub().put(firewall, body({ networkRuleCollections: [{ name: 'c' }] })),
      'AzureFirewallInvalidRequest',
    ],
    [
      'a policy that is not there',
      () => hub().put(firewall, body({ firewallPolicy: { id: `${policy}x` } })),
      'InvalidResourceReference',
    ],
    ['zone 4', () => hub().put(firewall, { ...body(), zones: ['4'] }), 'InvalidRequestFormat'],
  ])('%s', (_case, call, code) => {
    expect(refusal(call).code).toBe(code);
  });

  test('an address that another has (report of PublicIPAddressInUse for firewalls, api-version 2024-10-01)', () => {
    const world = hub();
    const nat = `${network}/natGateways/ng`;
    const addresses = { publicIpAddresses: [{ id: `${network}/publicIPAddresses/pip-2` }] };
    world.put(nat, { sku: { name: 'Standard' }, properties: addresses });
    expect(refusal(() => world.put(firewall, body()))).toMatchObject({
      code: 'PublicIPAddressInUse',
      message: expect.stringContaining(`already allocated to resource ${nat}`),
    });
  });
});

describe('policies (learn.microsoft.com/azure/firewall, choose a SKU; network-semantics.md 75)', () => {
  const parent = `${network}/firewallPolicies/parent`;

  test.each([
    [
      'IDPS below Premium',
      { sku: { tier: 'Standard' }, intrusionDetection: { mode: 'Deny' } },
      'FirewallPolicyHigherTierOnlyPropertiesSet',
    ],
    ['TLS inspection below Premium', { transportSecurity: {} }, 'FirewallPolicyHigherTierOnlyPropertiesSet'],
    [
      'DNS proxy in Basic',
      { sku: { tier: 'Basic' }, dnsSettings: { enableProxy: true } },
      'FirewallPolicyHigherTierOnlyPropertiesSet',
    ],
    [
      'a weaker mode than the parent',
      { sku: { tier: 'Premium' }, threatIntelMode: 'Alert', basePolicy: { id: parent } },
      'InvalidRequestFormat',
    ],
    ['a parent of a higher tier', { threatIntelMode: 'Deny', basePolicy: { id: parent } }, 'InvalidRequestFormat'],
    ['a tier that is none', { sku: { tier: 'Gold' } }, 'InvalidRequestFormat'],
  ])('%s', (_case, settings, code) => {
    const world = testWorld();
    world.put(parent, { properties: { sku: { tier: 'Premium' }, threatIntelMode: 'Deny' } });
    expect(refusal(() => world.put(policy, { properties: settings })).code).toBe(code);
  });

  test('a stricter child is taken, and its parent shows it', () => {
    const world = testWorld();
    world.put(parent, { properties: { sku: { tier: 'Premium' } } });
    world.put(policy, {
      properties: { sku: { tier: 'Premium' }, threatIntelMode: 'Deny', basePolicy: { id: parent } },
    });
    expect(properties(world.get(parent)).childPolicies).toEqual([{ id: policy }]);
    expect(refusal(() => world.delete(parent)).code).toBe('FirewallPolicyInUse');
  });
});

describe('rule collection groups', () => {
  const rcg = `${policy}/ruleCollectionGroups/rcg`;
  const ipGroup = `${network}/ipGroups/ipg`;
  const networkRule = {
    ruleType: 'NetworkRule',
    name: 'ntp',
    ipProtocols: ['UDP'],
    sourceAddresses: ['10.240.0.0/16'],
    destinationAddresses: ['*'],
    destinationPorts: ['123'],
  };
  const applicationRule = {
    ruleType: 'ApplicationRule',
    name: 'web',
    sourceIpGroups: [ipGroup],
    protocols: [{ protocolType: 'Https', port: 443 }],
    targetFqdns: ['*.contoso.com'],
  };
  const natRule = {
    ruleType: 'NatRule',
    name: 'in',
    ipProtocols: ['TCP'],
    sourceAddresses: ['*'],
    destinationAddresses: ['203.0.113.9'],
    destinationPorts: ['443'],
    translatedAddress: '10.240.4.4',
    translatedPort: '443',
  };
  const filter = (rules: unknown[], more: Record<string, unknown> = {}) => ({
    ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
    name: 'c',
    priority: 100,
    action: { type: 'Allow' },
    rules,
    ...more,
  });
  const nat = (rules: unknown[]) => ({
    ruleCollectionType: 'FirewallPolicyNatRuleCollection',
    name: 'n',
    priority: 200,
    action: { type: 'DNAT' },
    rules,
  });
  const groupOf = (...ruleCollections: unknown[]) => ({ properties: { priority: 1000, ruleCollections } });

  function withPolicy(settings: Record<string, unknown> = {}): TestWorld {
    const world = testWorld();
    world.put(policy, { properties: { sku: { tier: 'Premium' }, ...settings } });
    world.put(ipGroup, { properties: { ipAddresses: ['10.240.8.0/22', '10.240.1.4-10.240.1.9'] } });
    return world;
  }

  test('network, application and NAT rules are taken; IP groups refer back', () => {
    const world = withPolicy();
    world.put(`${network}/azureFirewalls/none`, {
      properties: { sku: { name: 'AZFW_VNet', tier: 'Premium' }, firewallPolicy: { id: policy } },
    });
    world.put(
      rcg,
      groupOf(filter([networkRule]), filter([applicationRule], { name: 'a', priority: 110 }), nat([natRule])),
    );
    expect(properties(world.get(policy)).ruleCollectionGroups).toEqual([{ id: rcg }]);
    expect(properties(world.get(ipGroup))).toMatchObject({
      firewallPolicies: [{ id: policy }],
      firewalls: [{ id: `${network}/azureFirewalls/none` }],
    });
    expect(refusal(() => world.delete(ipGroup)).code).toBe('IpGroupInUse');
  });

  test.each([
    ['a group priority of 99', { properties: { priority: 99, ruleCollections: [] } }, 'allowed range is 100-65000'],
    [
      'a collection priority of 65001',
      groupOf(filter([networkRule], { priority: 65001 })),
      'allowed range is 100-65000',
    ],
    [
      'two collections of one priority',
      groupOf(filter([networkRule]), filter([networkRule], { name: 'd' })),
      'same priority 100',
    ],
    [
      'two collections of one name',
      groupOf(filter([networkRule]), filter([networkRule], { priority: 101 })),
      'same name (c)',
    ],
    ['kinds mixed in a collection', groupOf(filter([networkRule, applicationRule])), 'mixes rules'],
    ['a NAT rule in a filter collection', groupOf(filter([natRule])), 'cannot hold rules of type NatRule'],
    ['DNAT in a filter collection', groupOf(filter([networkRule], { action: { type: 'DNAT' } })), 'Cannot parse'],
    ['no source', groupOf(filter([{ ...networkRule, sourceAddresses: [] }])), 'has no source'],
    ['no destination', groupOf(filter([{ ...networkRule, destinationAddresses: [] }])), 'has no destination'],
    ['port 0', groupOf(filter([{ ...networkRule, destinationPorts: ['0'] }])), 'invalid port 0'],
    ['a protocol that is none', groupOf(filter([{ ...networkRule, ipProtocols: ['SCTP'] }])), 'Cannot parse'],
    ['a bad address', groupOf(filter([{ ...networkRule, sourceAddresses: ['10.0.0'] }])), 'invalid address 10.0.0'],
    [
      'a wildcard inside an FQDN',
      groupOf(filter([{ ...applicationRule, targetFqdns: ['a*.contoso.com'] }])),
      'invalid FQDN',
    ],
    [
      'an application rule without protocols',
      groupOf(filter([{ ...applicationRule, protocols: [] }])),
      'has no protocols',
    ],
    [
      'an IP group that is not there',
      groupOf(filter([{ ...applicationRule, sourceIpGroups: [`${ipGroup}x`] }])),
      'was not found',
    ],
    [
      'two translated targets',
      groupOf(nat([{ ...natRule, translatedFqdn: 'a.contoso.com' }])),
      'either translatedAddress or translatedFqdn',
    ],
  ])('%s is refused', (_case, given, message) => {
    expect(refusal(() => withPolicy().put(rcg, given)).message).toContain(message);
  });

  test('names in network rules need the DNS proxy, before and after (network-semantics.md 80)', () => {
    const named = groupOf(filter([{ ...networkRule, destinationAddresses: [], destinationFqdns: ['ntp.ubuntu.com'] }]));
    expect(refusal(() => withPolicy().put(rcg, named)).message).toContain('dnsSettings.enableProxy');
    const world = withPolicy({ dnsSettings: { enableProxy: true } });
    world.put(rcg, named);
    expect(refusal(() => world.put(policy, { properties: { sku: { tier: 'Premium' } } })).message).toContain(
      'enableProxy',
    );
  });

  test('two groups of one priority', () => {
    const world = withPolicy();
    world.put(rcg, groupOf(filter([networkRule])));
    expect(refusal(() => world.put(`${rcg}2`, groupOf(filter([networkRule])))).message).toContain('same priority 1000');
  });

  test('a workspace of the policy insights must be there', () => {
    const workspace = `${group}/Microsoft.OperationalInsights/workspaces/log-hub`;
    const insights = {
      isEnabled: true,
      logAnalyticsResources: { workspaces: [{ region: 'eastus2', workspaceId: { id: workspace } }] },
    };
    expect(refusal(() => withPolicy({ insights })).code).toBe('InvalidResourceReference');
  });
});

test.each(['10.0.0', '10.0.0.9-10.0.0.1', '10.0.0.0/33'])('an IP group refuses %s', (text) => {
  const put = () => testWorld().put(`${network}/ipGroups/g`, { properties: { ipAddresses: [text] } });
  expect(refusal(put).code).toBe('InvalidIpAddressPrefix');
});
