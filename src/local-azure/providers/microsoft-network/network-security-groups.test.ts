import { describe, expect, test } from 'vitest';
import { network, properties, putNetwork, refusal, testWorld } from '../test-world.ts';

const nsg = `${network}/networkSecurityGroups/nsg`;
const rule = (more: Record<string, unknown> = {}) => ({
  protocol: 'Tcp',
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  destinationPortRange: '443',
  access: 'Allow',
  priority: 100,
  direction: 'Inbound',
  ...more,
});
const withRules = (...rules: Record<string, unknown>[]) => ({
  properties: { securityRules: rules.map((item, i) => ({ name: `r${i}`, properties: item })) },
});

describe('rules that are refused', () => {
  test.each([
    // network-semantics.md 43; wording: az network nsg rule create.
    [
      'priority 99',
      rule({ priority: 99 }),
      'SecurityRuleInvalidPriority',
      'Security rule has invalid Priority. Value provided: 99 Allowed range 100-4096.',
    ],
    ['priority 4097', rule({ priority: 4097 }), 'SecurityRuleInvalidPriority', 'Value provided: 4097'],
    // Reports of SecurityRuleInvalidAddressPrefix: a name that is no tag; 20.20.20.20/16, a block with host bits.
    [
      'a name that is no tag',
      rule({ sourceAddressPrefix: 'AzureBastionSubnet' }),
      'SecurityRuleInvalidAddressPrefix',
      'Security rule has invalid Address prefix. Value provided: AzureBastionSubnet',
    ],
    [
      'host bits',
      rule({ sourceAddressPrefix: '20.20.20.20/16' }),
      'SecurityRuleInvalidAddressPrefix',
      'Value provided: 20.20.20.20/16',
    ],
    // network-semantics.md 50; report of SecurityRuleParameterContainsUnsupportedValue.
    [
      'a tag in a list',
      rule({ sourceAddressPrefix: undefined, sourceAddressPrefixes: ['Internet', 'AzureCloud'] }),
      'SecurityRuleParameterContainsUnsupportedValue',
      "cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: Internet.",
    ],
    [
      'two ports in one text',
      rule({ destinationPortRange: '80,443' }),
      'SecurityRuleInvalidPortRange',
      "Security rule has invalid Port range. Value provided: 80,443. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.",
    ],
    [
      'a port too high',
      rule({ destinationPortRange: '65536' }),
      'SecurityRuleInvalidPortRange',
      'Value provided: 65536',
    ],
    [
      'a range backwards',
      rule({ destinationPortRange: '90-80' }),
      'SecurityRuleInvalidPortRange',
      'Value provided: 90-80',
    ],
    [
      '* in a list of ports',
      rule({ destinationPortRange: undefined, destinationPortRanges: ['*'] }),
      'SecurityRuleParameterContainsInvalidPortRanges',
      "cannot specify '*'",
    ],
    [
      'no source',
      rule({ sourceAddressPrefix: undefined }),
      'SecurityRuleParameterNotSpecified',
      'Security rule must specify either SourceAddressPrefixes, SourceAddressPrefix, or SourceApplicationSecurityGroups.',
    ],
    ['a protocol that is none', rule({ protocol: 'Http' }), 'InvalidRequestFormat', 'Cannot parse the request.'],
    [
      'a group that is not there',
      rule({
        sourceAddressPrefix: undefined,
        sourceApplicationSecurityGroups: [{ id: `${network}/applicationSecurityGroups/asg` }],
      }),
      'InvalidResourceReference',
      'was not found',
    ],
  ])('%s', (_case, item, code, message) => {
    const inline = refusal(() => testWorld().put(nsg, withRules(item)));
    expect(inline).toMatchObject({ status: 400, code, message: expect.stringContaining(message) });
    const world = testWorld();
    world.put(nsg);
    expect(refusal(() => world.put(`${nsg}/securityRules/r0`, { properties: item })).code).toBe(code);
  });

  test('one priority twice in a direction, but not in both', () => {
    const error = refusal(() => testWorld().put(nsg, withRules(rule(), rule())));
    expect(error).toMatchObject({
      code: 'SecurityRuleConflict',
      message: expect.stringContaining(
        'Security rule r1 conflicts with rule r0. Rules cannot have the same Priority and Direction.',
      ),
    });
    const world = testWorld();
    world.put(nsg, withRules(rule(), rule({ direction: 'Outbound' })));
    expect(refusal(() => world.put(`${nsg}/securityRules/x`, { properties: rule() })).code).toBe(
      'SecurityRuleConflict',
    );
    world.put(`${nsg}/securityRules/r0`, { properties: rule({ access: 'Deny' }) });
    expect(properties(world.get(`${nsg}/securityRules/r0`)).access).toBe('Deny');
  });
});

test.each([
  rule({ protocol: '*', sourceAddressPrefix: 'VirtualNetwork', destinationPortRange: '1024-65535' }),
  rule({ protocol: 'tcp', sourceAddressPrefix: 'Storage.EastUS2', access: 'allow', direction: 'inbound' }),
  rule({ protocol: 'Icmp', sourceAddressPrefix: 'AzureFrontDoor.Backend', destinationPortRange: '*' }),
  rule({ sourceAddressPrefix: undefined, sourceAddressPrefixes: ['10.0.0.0/24', '10.0.1.4', '2001:db8::/48'] }),
  rule({ destinationPortRange: undefined, destinationPortRanges: ['80', '443', '8000-8080'] }),
])('a rule that is taken: %j', (item) => {
  const stored = testWorld().put(nsg, withRules(item));
  const [first] = properties(stored).securityRules as { properties: Record<string, unknown> }[];
  expect(first?.properties).toMatchObject({ provisioningState: 'Succeeded', priority: 100 });
  expect(['Tcp', '*', 'Icmp']).toContain(first?.properties.protocol);
  expect(first?.properties.access).toBe('Allow');
});

test('six default rules (network-semantics.md 44)', () => {
  const rules = properties(testWorld().put(nsg)).defaultSecurityRules as {
    name: string;
    properties: { priority: number; direction: string; access: string };
  }[];
  expect(rules.map(({ properties: { priority, direction, access } }) => [priority, direction, access])).toEqual([
    [65000, 'Inbound', 'Allow'],
    [65001, 'Inbound', 'Allow'],
    [65500, 'Inbound', 'Deny'],
    [65000, 'Outbound', 'Allow'],
    [65001, 'Outbound', 'Allow'],
    [65500, 'Outbound', 'Deny'],
  ]);
});

test('a PUT without rules takes them away', () => {
  const world = testWorld();
  world.put(nsg, withRules(rule()));
  world.put(nsg);
  expect(properties(world.get(nsg)).securityRules).toEqual([]);
});

describe('Azure Bastion (learn.microsoft.com/azure/bastion/bastion-nsg)', () => {
  const bastionRules = [
    rule({ priority: 120, sourceAddressPrefix: 'Internet' }),
    rule({ priority: 130, sourceAddressPrefix: 'GatewayManager' }),
    rule({ priority: 140, sourceAddressPrefix: 'AzureLoadBalancer' }),
    rule({
      priority: 150,
      protocol: '*',
      sourceAddressPrefix: 'VirtualNetwork',
      destinationAddressPrefix: 'VirtualNetwork',
      destinationPortRange: undefined,
      destinationPortRanges: ['8080', '5701'],
    }),
    rule({
      priority: 100,
      direction: 'Outbound',
      protocol: '*',
      destinationAddressPrefix: 'VirtualNetwork',
      destinationPortRange: undefined,
      destinationPortRanges: ['22', '3389'],
    }),
    rule({ priority: 110, direction: 'Outbound', destinationAddressPrefix: 'AzureCloud' }),
    rule({
      priority: 120,
      direction: 'Outbound',
      protocol: '*',
      sourceAddressPrefix: 'VirtualNetwork',
      destinationAddressPrefix: 'VirtualNetwork',
      destinationPortRange: undefined,
      destinationPortRanges: ['8080', '5701'],
    }),
    rule({
      priority: 130,
      direction: 'Outbound',
      protocol: '*',
      destinationAddressPrefix: 'Internet',
      destinationPortRange: '80',
    }),
  ];

  test('the documented rules are enough, each is needed, and stays', () => {
    const world = testWorld();
    const vnet = putNetwork(world, 'hub', '10.200.0.0/24');
    world.put(nsg, withRules(...bastionRules));
    const subnet = { properties: { addressPrefix: '10.200.0.128/26', networkSecurityGroup: { id: nsg } } };
    world.put(`${vnet}/subnets/AzureBastionSubnet`, subnet);
    for (const i of bastionRules.keys()) {
      const error = refusal(() => world.delete(`${nsg}/securityRules/r${i}`));
      expect(error.code).toBe('NetworkSecurityGroupNotCompliantForAzureBastionSubnet');
    }
    expect(refusal(() => world.put(nsg, withRules(...bastionRules.slice(1))))).toMatchObject({
      message: 'Network security group nsg does not have necessary rules for Azure Bastion Subnet AzureBastionSubnet.',
    });
  });
});
