import { describe, expect, it } from 'vitest';
import { firewall, networkRule, nsg, routeTable, rules, stateOf, vnet } from '../../test/reach/arm-shapes.ts';
import { firewallAddress, landingZone } from '../../test/reach/landing-zone.ts';
import type { Intent } from '../model/intent.ts';
import { readIntents } from './read-intents.ts';
import { readNetwork } from './read-network.ts';
import { verify } from './verify.ts';
import { verifyIntents } from './verify-intents.ts';

const intent = (expect: 'allowed' | 'denied', from: string[], to: string[], more: Partial<Intent> = {}): Intent => ({
  id: 'x',
  statement: 'As it must be',
  expect,
  from,
  to,
  controls: ['pci-dss-4.0.1:1.3.1'],
  ...more,
});
const check = (state: ReturnType<typeof landingZone>, one: Intent) => verifyIntents(readNetwork(state).model, [one]);
const sql = [{ protocol: 'tcp', ports: [1433] }] as const;

describe('intents', () => {
  it('proves over every packet, and counts the pairs', () => {
    const result = check(
      landingZone(),
      intent('denied', ['any'], ['subnet:snet-db'], { exceptFrom: ['subnet:snet-web'] }),
    );
    expect(result.findings).toEqual([]);
    expect(result.proven[0]?.pairs).toBeGreaterThan(5);
  });

  it('shows the packet that gets through when a deny rule is gone, and its way', () => {
    const without = nsg('nsg-db', [['AllowAllIn', 4000, 'In', 'Allow', '*', '*', '*', '*']]);
    const result = check(
      landingZone(without),
      intent('denied', ['any'], ['subnet:snet-db'], { exceptFrom: ['subnet:snet-web'] }),
    );
    const [finding] = result.findings;
    expect(finding?.witness?.verdict).toBe('allowed');
    expect(finding?.witness?.hops.some((hop) => hop.layer === 'nsg' && hop.rule === 'AllowAllIn')).toBe(true);
    expect(finding?.message).toContain('AllowAllIn');
  });

  it('shows the packet that does not get through, and who stopped it', () => {
    const result = check(landingZone(), intent('allowed', ['subnet:snet-web'], ['subnet:snet-db'], { traffic: sql }));
    expect(result.findings[0]?.witness).toMatchObject({
      verdict: 'denied',
      packet: { source: '10.1.1.132', destinationPort: 1433 },
    });
    expect(result.findings[0]?.witness?.hops.at(-1)?.rule).toBe('DenyAppIn');
    const half = check(landingZone(), intent('allowed', ['10.1.1.0/25'], ['subnet:snet-db'], { traffic: sql }));
    expect(half.proven).toHaveLength(1);
  });

  it('counts a packet that arrives as through, even when no reply returns', () => {
    const result = check(landingZone(), intent('denied', ['internet'], ['subnet:snet-open']));
    expect(result.findings).toHaveLength(1);
  });

  it('lets exceptions cover names and tags', () => {
    const table = routeTable('rt-a', [['default', '0.0.0.0/0', 'VirtualAppliance', firewallAddress]]);
    const state = landingZone(table);
    const leaks = check(state, intent('denied', ['subnet:snet-web'], ['internet']));
    expect(leaks.findings[0]?.witness?.packet.name).toBeDefined();
    const closed = check(
      state,
      intent('denied', ['subnet:snet-web'], ['internet'], {
        exceptTo: ['updates.example.com', '*.example.com', 'ntp.example.com'],
      }),
    );
    expect(closed.findings).toEqual([]);
  });

  it('is never proven of nothing, nor of ends that are not there', () => {
    const none = check(
      landingZone(),
      intent('denied', ['10.1.1.4'], ['subnet:snet-db'], { exceptFrom: ['10.1.1.0/24'] }),
    );
    expect(none.findings[0]?.message).toContain('no packets');
    const unknown = check(landingZone(), intent('denied', ['subnet:snet-wep'], ['any']));
    expect(unknown.findings[0]?.message).toContain('Did you mean subnet:snet-web');
  });

  it('bounds what a missing security group leaves open from both sides', () => {
    const state = landingZone();
    const gone = stateOf(state.resources.filter((one) => one.name !== 'nsg-db'));
    const both = [
      intent('denied', ['subnet:snet-web'], ['subnet:snet-db'], { traffic: sql }),
      intent('allowed', ['subnet:snet-web'], ['subnet:snet-db'], { traffic: sql }),
    ];
    for (const one of both) expect(check(gone, one).findings).toHaveLength(1);
    expect(
      readNetwork(gone).assumptions.some((one) => one.includes('nsg-db') && one.includes('not in the state')),
    ).toBe(true);
  });

  it('puts findings at their line of the file', () => {
    const text =
      '- id: a\n  statement: s\n  expect: denied\n  from: [subnet:snet-open]\n  to: [subnet:snet-shared]\n  controls: []\n';
    const { findings } = verify(landingZone(), readIntents(text, 'intents.yaml'), { rules: [] });
    expect(findings[0]?.location).toMatchObject({ file: 'intents.yaml', line: 1 });
  });
});

describe('reading a state', () => {
  it('survives what it does not model: IPv6, missing parents, empty bodies', () => {
    const state = stateOf([
      vnet('v6', ['10.70.0.0/16', 'fd00:70::/48'], [{ name: 's6', prefix: '10.70.1.0/24' }]),
      nsg('n6', [['Six', 100, 'In', 'Allow', 'Tcp', '2001:db8::/32', '*', '443']]),
      routeTable('t6', [['six', '::/0', 'VirtualAppliance', 'fd00:70::4']]),
      { id: '/x/azureFirewalls/bare', name: 'bare', type: 'Microsoft.Network/azureFirewalls' },
      { id: '/x/virtualNetworks/bare', name: 'bare', type: 'Microsoft.Network/virtualNetworks', properties: {} },
    ]);
    const { assumptions } = verify(state, [intent('denied', ['any'], ['any'])]);
    expect(assumptions.some((one) => one.includes('fd00:70::/48') && one.includes('not modelled'))).toBe(true);
    expect(assumptions.some((one) => one.includes('bare'))).toBe(true);
    const result = verify(stateOf([]), [intent('denied', ['any'], ['any'])], {});
    expect(result.proven.every((one) => one.pairs > 0)).toBe(true);
  });

  it('takes the first usable address for a firewall that shows none, and says so', () => {
    const { model, assumptions } = readNetwork(landingZone(firewall('fw', 'vnet-hub', undefined, 'fp')));
    expect(model.firewalls[0]?.address.first).toBe(BigInt(10 * 2 ** 24 + 4));
    expect(assumptions.join(' ')).toContain('10.0.0.4');
  });

  it('finds children that stand by themselves', () => {
    const [hub] = landingZone().resources;
    const parent = vnet('vnet-y', ['10.60.0.0/16'], []);
    const child = {
      id: `${parent.id}/subnets/alone`,
      name: 'vnet-y/alone',
      type: 'Microsoft.Network/virtualNetworks/subnets',
      properties: { addressPrefix: '10.60.1.0/24' },
    };
    const { model } = readNetwork(stateOf([...(hub === undefined ? [] : [hub]), parent, child]));
    expect(model.subnets.find((one) => one.name === 'alone')?.network).toBe(parent.id);
  });
});

/** Each rule against a state that breaks it; the expected resource is the one that was changed. */
describe('rules', () => {
  const found = (rule: string, state = landingZone()) =>
    verify(state, [], {}).findings.filter((one) => one.ruleId === rule);

  it('subnet-has-network-security-group', () => {
    expect(
      found('subnet-has-network-security-group')
        .map((one) => one.resource?.split('/').at(-1))
        .sort(),
    ).toEqual(['snet-b', 'snet-b-direct', 'snet-bare', 'snet-half', 'snet-lone', 'snet-open', 'snet-shared'].sort());
  });

  it('default-routes-lead-to-a-firewall, but not on platform subnets and Application Gateways', () => {
    const names = found('default-routes-lead-to-a-firewall').map((one) => /Subnet (\S+)/.exec(one.message)?.[1]);
    expect(names).toContain('snet-bare');
    for (const name of ['AzureFirewallSubnet', 'AzureBastionSubnet', 'GatewaySubnet', 'snet-gw', 'snet-web'])
      expect(names).not.toContain(name);
  });

  it('peerings-are-connected-on-both-sides', () => {
    expect(found('peerings-are-connected-on-both-sides').map((one) => one.resource?.split('/').at(-1))).toEqual([
      'hub-to-half',
    ]);
  });

  it('default-outbound-access-is-off', () => {
    const state = stateOf([
      vnet(
        'v',
        ['10.0.0.0/16'],
        [
          { name: 'on', prefix: '10.0.1.0/24' },
          { name: 'off', prefix: '10.0.2.0/24', more: { defaultOutboundAccess: false } },
        ],
      ),
    ]);
    expect(found('default-outbound-access-is-off', state).map((one) => one.resource?.split('/').at(-1))).toEqual([
      'on',
    ]);
  });

  it('no-nsg-rule-is-shadowed', () => {
    const shadowed = nsg('nsg-db', [
      ['Wide', 100, 'In', 'Allow', 'Tcp', '10.0.0.0/8', '*', '1000-2000'],
      ['Dead', 110, 'In', 'Allow', 'Tcp', '10.1.1.0/24', '*', '1433'],
      ['Elsewhere', 120, 'In', 'Allow', 'Udp', '*', '10.77.0.0/24', '53'],
      ['Alive', 130, 'In', 'Deny', 'Tcp', '10.1.1.0/24', '*', '3000'],
    ]);
    const names = found('no-nsg-rule-is-shadowed', landingZone(shadowed)).map(
      (one) => /Rule (\S+)/.exec(one.message)?.[1],
    );
    expect(names).toContain('Dead');
    expect(names).toContain('Elsewhere');
    expect(names).not.toContain('Alive');
    expect(names).not.toContain('Wide');
  });

  it('no-firewall-rule-is-shadowed', () => {
    const names = found('no-firewall-rule-is-shadowed').map((one) => /rule (\S+)/.exec(one.message)?.[1]);
    // The parent denies port 23 to everybody before the child may allow it (statement 75).
    expect(names).toEqual(['network/between/telnet']);
  });

  it('no-application-rule-is-shadowed-by-a-network-rule (statement 76)', () => {
    const rule = 'no-application-rule-is-shadowed-by-a-network-rule';
    expect(found(rule)).toEqual([]);
    const wide = rules('fp', 'wide', 65000, [
      {
        name: 'all',
        priority: 65000,
        action: 'Allow',
        rules: [networkRule('https', 'TCP', ['10.1.1.0/25'], ['*'], ['443'])],
      },
    ]);
    const names = found(rule, landingZone(wide)).map((one) => /rule (\S+)/.exec(one.message)?.[1]);
    expect(names).toContain('application/web/updates');
    expect(names).not.toContain('application/web/proxy-8080');
  });

  it('no-service-endpoint-bypasses-the-firewall, next hops, names without a proxy, overlaps', () => {
    const broken = [
      vnet(
        'v',
        ['10.0.0.0/16'],
        [{ name: 's', prefix: '10.0.1.0/24', table: 't', more: { serviceEndpoints: [{ service: 'Microsoft.Sql' }] } }],
        [{ name: 'v-w', to: 'w' }],
      ),
      vnet('w', ['10.0.128.0/17'], [], [{ name: 'w-v', to: 'v' }]),
      routeTable('t', [['away', '0.0.0.0/0', 'VirtualAppliance', '10.9.0.4']]),
    ];
    const ids = verify(stateOf(broken), []).findings.map((one) => one.ruleId);
    expect(ids).toContain('no-service-endpoint-bypasses-the-firewall');
    expect(ids).toContain('next-hops-are-reachable');
    expect(ids).toContain('peered-networks-do-not-overlap');
  });
});
