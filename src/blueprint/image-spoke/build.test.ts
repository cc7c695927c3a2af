import { describe, expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { propertiesOf, ruleLines, subnetsOf } from '../test-parts.ts';
import { defaultSpec } from '../test-spec.ts';

const blueprint = buildBlueprint(defaultSpec);
const key = 'image-spoke/virtual-network';

describe('the network for building images', () => {
  test('has two subnets, the containers’ delegated, each with a group and the route to the firewall', () => {
    // Landing-zone page, sections 2 ("image builder") and 4; Microsoft, "Azure VM Image Builder networking".
    expect(propertiesOf(blueprint, key).addressSpace).toEqual({ addressPrefixes: ['10.241.0.0/26'] });
    expect(
      subnetsOf(blueprint, key).map(({ name, properties }) => [
        name,
        properties.addressPrefix,
        properties.networkSecurityGroup,
        properties.routeTable,
        properties.delegations,
      ]),
    ).toEqual([
      [
        'snet-imagebuilder',
        '10.241.0.0/27',
        { id: { $handle: 'id', resource: 'image-spoke/nsg-imagebuilder' } },
        { id: { $handle: 'id', resource: 'image-spoke/routes' } },
        undefined,
      ],
      [
        'snet-imagebuilder-containers',
        '10.241.0.32/27',
        { id: { $handle: 'id', resource: 'image-spoke/nsg-imagebuilder-containers' } },
        { id: { $handle: 'id', resource: 'image-spoke/routes' } },
        [{ name: 'delegation', properties: { serviceName: 'Microsoft.ContainerInstance/containerGroups' } }],
      ],
    ]);
  });

  test('asks the firewall for names', () => {
    expect(propertiesOf(blueprint, key).dhcpOptions).toEqual({
      dnsServers: [
        {
          $handle: 'property',
          resource: 'hub/eastus2/firewall',
          path: 'ipConfigurations[0].properties.privateIPAddress',
        },
      ],
    });
  });

  test('opens SSH between its two subnets, and no port of a proxy machine', () => {
    // original-azure 3.3 has 60001 for the proxy; the design drops the proxy.
    expect(ruleLines(blueprint, 'image-spoke/nsg-imagebuilder')).toEqual([
      'In Allow Tcp 10.241.0.32/27 -> 10.241.0.0/27 22',
      'In Deny * * -> * *',
      'Out Deny * * -> AzurePlatformDNS *',
      'Out Allow Udp 10.241.0.0/27 -> 10.200.0.0/26 53',
      'Out Allow Tcp 10.241.0.0/27 -> 10.200.0.0/26 53',
      'Out Allow Tcp 10.241.0.0/27 -> Internet 80,443',
      'Out Allow Udp 10.241.0.0/27 -> Internet 123',
      'Out Deny * * -> * *',
    ]);
    expect(ruleLines(blueprint, 'image-spoke/nsg-imagebuilder-containers')).toEqual([
      'In Deny * * -> * *',
      'Out Deny * * -> AzurePlatformDNS *',
      'Out Allow Tcp 10.241.0.32/27 -> 10.241.0.0/27 22',
      'Out Allow Udp 10.241.0.32/27 -> 10.200.0.0/26 53',
      'Out Allow Tcp 10.241.0.32/27 -> 10.200.0.0/26 53',
      'Out Allow Tcp 10.241.0.32/27 -> Internet 443',
      'Out Deny * * -> * *',
    ]);
  });
});
