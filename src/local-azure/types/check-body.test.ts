import { describe, expect, test } from 'vitest';
import { checkBody, hasTypeData } from './check-body.ts';
import { writableBody } from './writable-body.ts';

const vnet = 'Microsoft.Network/virtualNetworks';
const version = '2025-05-01';
const faults = (type: string, body: unknown) => checkBody(type, version, body).map(({ path, code }) => [code, path]);

describe('checkBody', () => {
  test.each([
    ['a misspelt member', { properties: { adressSpace: {} } }, [['unknown-property', 'properties.adressSpace']]],
    ['a list for an object', { properties: { addressSpace: [] } }, [['wrong-type', 'properties.addressSpace']]],
    ['an object for a list', { properties: { subnets: {} } }, [['wrong-type', 'properties.subnets']]],
    ['an object for text', { properties: { subnets: [{ name: {} }] } }, [['wrong-type', 'properties.subnets[0].name']]],
    ['a read-only member', { properties: { resourceGuid: 'x' } }, [['read-only', 'properties.resourceGuid']]],
    [
      'text that is no number',
      { properties: { flowTimeoutInMinutes: 'ten' } },
      [['wrong-type', 'properties.flowTimeoutInMinutes']],
    ],
    [
      'nothing wrong',
      { location: 'eastus2', tags: { a: 'b' }, properties: { addressSpace: { addressPrefixes: ['10.0.0.0/8'] } } },
      [],
    ],
    [
      'another case, numbers as text, null',
      { Location: 'x', properties: { FlowTimeoutInMinutes: '4', dhcpOptions: null } },
      [],
    ],
    ['what ARM takes off', { id: 'x', name: 'n', type: 't', apiVersion: 'v' }, []],
    ['no object at all', 'text', [['wrong-type', '']]],
  ])('%s', (_case, body, expected) => {
    expect(faults(vnet, body)).toEqual(expected);
  });

  test.each([
    // REST reference: SecurityRulePropertiesFormat has four required members.
    [
      'Microsoft.Network/networkSecurityGroups/securityRules',
      { properties: { priority: 100 } },
      ['protocol', 'access', 'direction'].map((name) => ['missing-property', `properties.${name}`]),
    ],
    ['Microsoft.Network/routeTables/routes', { properties: {} }, [['missing-property', 'properties.nextHopType']]],
    // A closed enum: ManagedServiceIdentityType of workspaces.
    [
      'Microsoft.OperationalInsights/workspaces',
      { identity: { type: 'Everyone' } },
      [['not-allowed-value', 'identity.type']],
    ],
    // FirewallPolicyRuleCollection, discriminated by ruleCollectionType.
    [
      'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
      { properties: { ruleCollections: [{ ruleCollectionType: 'Other' }] } },
      [['not-allowed-value', 'properties.ruleCollections[0].ruleCollectionType']],
    ],
    [
      'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
      { properties: { priority: 99 } },
      [['not-allowed-value', 'properties.priority']],
    ],
    [
      'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
      {
        properties: {
          ruleCollections: [
            {
              ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
              rules: [{ ruleType: 'NetworkRule', targetFqdns: [] }],
            },
          ],
        },
      },
      [['unknown-property', 'properties.ruleCollections[0].rules[0].targetFqdns']],
    ],
  ])('%s %j', (type, body, expected) => {
    expect(faults(type, body)).toEqual(expected);
  });

  test('an unknown member is named, with the one that was meant', () => {
    const [fault] = checkBody(vnet, version, { properties: { adressSpace: {} } });
    expect(fault?.message).toContain(
      "Could not find member 'adressSpace' on object of type 'VirtualNetwork.properties'.",
    );
    expect(fault?.message).toContain("Did you mean 'addressSpace'?");
  });

  test('a type without data has no faults', () => {
    expect(hasTypeData('Microsoft.Compute/virtualMachines')).toBe(false);
    expect(checkBody('Microsoft.Compute/virtualMachines', version, { nonsense: 1 })).toEqual([]);
    expect(hasTypeData('microsoft.network/VIRTUALNETWORKS')).toBe(true);
  });
});

test('a writable body is spelled as the wire spells, without nulls and read-only members', () => {
  const body = {
    Location: 'eastus2',
    Properties: {
      provisioningState: 'Succeeded',
      dhcpOptions: null,
      flowTimeoutInMinutes: '4',
      enableDdosProtection: 'False',
      subnets: [
        {
          name: 'a',
          etag: 'x',
          Properties: {
            AddressPrefix: '10.0.0.0/24',
            privateEndpointNetworkPolicies: 'disabled',
            ipConfigurations: [{}],
          },
        },
      ],
      unknown: 1,
    },
  };
  expect(writableBody(vnet, body)).toEqual({
    location: 'eastus2',
    properties: {
      flowTimeoutInMinutes: 4,
      enableDdosProtection: false,
      subnets: [
        { name: 'a', properties: { addressPrefix: '10.0.0.0/24', privateEndpointNetworkPolicies: 'Disabled' } },
      ],
      unknown: 1,
    },
  });
});
