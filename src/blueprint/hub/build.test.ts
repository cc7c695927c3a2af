import { describe, expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { propertiesOf, subnetsOf } from '../test-parts.ts';
import { defaultSpec } from '../test-spec.ts';

const blueprint = buildBlueprint(defaultSpec);
const key = 'hub/eastus2/virtual-network';

describe('the hub network', () => {
  test('has the address plan of the design', () => {
    // Landing-zone page, section 4.
    expect(propertiesOf(blueprint, key).addressSpace).toEqual({ addressPrefixes: ['10.200.0.0/24'] });
    expect(subnetsOf(blueprint, key).map(({ name, properties }) => [name, properties.addressPrefix])).toEqual([
      ['AzureFirewallSubnet', '10.200.0.0/26'],
      ['GatewaySubnet', '10.200.0.64/27'],
      ['AzureBastionSubnet', '10.200.0.128/26'],
    ]);
  });

  test('keeps Azure’s resolver, through which the firewall’s proxy finds private zones', () => {
    // network-semantics statement 89.
    expect(propertiesOf(blueprint, key)).not.toHaveProperty('dhcpOptions');
  });

  test('has a security group on Bastion’s subnet only, and no route table', () => {
    // network-semantics statements 57 and 65: Azure refuses them on the others.
    const subnets = subnetsOf(blueprint, key);
    expect(subnets.filter(({ properties }) => 'networkSecurityGroup' in properties).map(({ name }) => name)).toEqual([
      'AzureBastionSubnet',
    ]);
    expect(subnets.filter(({ properties }) => 'routeTable' in properties)).toEqual([]);
  });

  test('gives no subnet the default way out', () => {
    // azure-2026-and-pci section 2, "Default outbound".
    expect(subnetsOf(blueprint, key).map(({ properties }) => properties.defaultOutboundAccess)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
