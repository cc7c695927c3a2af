import type { ArmResource } from '../src/model/resource.ts';
import { firewall, idOf, networkRule, nsg, policy, routeTable, rules, vnet } from '../test/reach/arm-shapes.ts';

type NsgRules = Parameters<typeof nsg>[1];

/**
 * A hub with a firewall and `spokes` networks around it, each with two subnets and a security group of 20 rules of its own, everything through the
 * firewall. Networks are 10.x.y.0/24 of 10.1.0.0/16 and up.
 */
export function generatedLandingZone(spokes: number): readonly ArmResource[] {
  const prefix = (n: number): string => `10.${1 + Math.floor(n / 256)}.${n % 256}`;
  const resources: ArmResource[] = [
    vnet(
      'hub',
      ['10.0.0.0/24'],
      [{ name: 'AzureFirewallSubnet', prefix: '10.0.0.0/26' }],
      Array.from({ length: spokes }, (_, n) => ({ name: `to-${n}`, to: `spoke-${n}` })),
    ),
    firewall('fw', 'hub', '10.0.0.4', 'fp'),
    policy('fp'),
    routeTable('rt', [['default', '0.0.0.0/0', 'VirtualAppliance', '10.0.0.4']]),
    rules('fp', 'between', 200, [
      {
        name: 'shared',
        priority: 200,
        action: 'Allow',
        rules: [
          networkRule('to-first', 'TCP', ['10.0.0.0/8'], [`${prefix(0)}.0/25`], ['443']),
          networkRule('time', 'UDP', ['10.0.0.0/8'], ['192.0.2.1'], ['123']),
        ],
      },
    ]),
  ];
  for (let n = 0; n < spokes; n++) {
    const own = prefix(n);
    const numbered: NsgRules = Array.from({ length: 9 }, (_, k) => [
      `AllowPort${k}In`,
      200 + k,
      'In',
      'Allow',
      'Tcp',
      `${own}.${k * 16}/28`,
      `${own}.0/25`,
      String(8000 + k),
    ]);
    const numberedOut: NsgRules = Array.from({ length: 7 }, (_, k) => [
      `AllowPort${k}Out`,
      200 + k,
      'Out',
      'Allow',
      'Tcp',
      `${own}.0/24`,
      `${own}.${k * 16}/28`,
      String(8000 + k),
    ]);
    resources.push(
      nsg(`nsg-${n}`, [
        ...numbered,
        ['AllowSharedIn', 300, 'In', 'Allow', 'Tcp', '10.0.0.0/8', `${own}.0/25`, '443'],
        ['DenyAllIn', 4096, 'In', 'Deny', '*', '*', '*', '*'],
        ...numberedOut,
        ['AllowSharedOut', 300, 'Out', 'Allow', 'Tcp', `${own}.0/24`, '10.0.0.0/8', '443'],
        ['DenyAllOut', 4096, 'Out', 'Deny', '*', '*', '*', '*'],
      ]),
      vnet(
        `spoke-${n}`,
        [`${own}.0/24`],
        [
          { name: `a-${n}`, prefix: `${own}.0/25`, nsg: `nsg-${n}`, table: 'rt' },
          { name: `b-${n}`, prefix: `${own}.128/25`, nsg: `nsg-${n}`, table: 'rt' },
        ],
        [{ name: `from-${n}`, to: 'hub', forwarded: true }],
      ),
    );
  }
  return resources;
}

/** The id of a spoke's network. */
export const spokeId = (n: number): string => idOf('virtualNetworks', `spoke-${n}`);
