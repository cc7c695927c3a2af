import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/kernel/canonical-json.ts';
import { askReach, readNetwork } from '../../src/verify/index.ts';
import { firewall, policy, routeTable, stateOf, vnet } from './arm-shapes.ts';

/**
 * A firewall without a policy: its rules stand in the resource itself (`AzureFirewallPropertiesFormat` of Microsoft's published types: networkRuleCollections,
 * applicationRuleCollections, natRuleCollections; in rules `protocols` where policies have `ipProtocols`).
 */
const collection = (name: string, priority: number, type: string, rules: readonly Json[]): Json => ({
  name,
  properties: { priority, action: { type }, rules },
});
const network = (name: string, protocol: string, source: string, destination: string, port: string): Json => ({
  name,
  protocols: [protocol],
  sourceAddresses: [source],
  destinationAddresses: [destination],
  destinationPorts: [port],
});

const made = firewall('fw', 'hub', '10.0.0.4', 'none');
const { firewallPolicy: _policy, ...properties } = made.properties ?? {};
const classic = {
  ...made,
  properties: {
    ...properties,
    additionalProperties: { 'Network.DNS.EnableProxy': 'true' },
    networkRuleCollections: [
      collection('later', 300, 'Allow', [network('ssh', 'TCP', '*', '10.1.2.0/24', '22')]),
      collection('first', 100, 'Deny', [network('no-ssh', 'TCP', '10.1.1.128/25', '*', '22')]),
      collection('ntp', 200, 'Allow', [network('time', 'UDP', '*', '*', '123')]),
    ],
    applicationRuleCollections: [
      collection('web', 200, 'Allow', [
        {
          name: 'updates',
          sourceAddresses: ['10.1.1.0/26'],
          protocols: [{ protocolType: 'Https', port: 443 }],
          targetFqdns: ['updates.example.com'],
        },
        { name: 'windows', sourceAddresses: ['10.1.1.64/26'], fqdnTags: ['WindowsUpdate'] },
      ]),
    ],
    natRuleCollections: [
      collection('publish', 100, 'Dnat', [
        {
          ...(network('ssh-in', 'TCP', '203.0.113.0/24', '198.51.100.9', '2222') as object),
          translatedAddress: '10.1.2.10',
          translatedPort: '22',
        } as Json,
      ]),
    ],
  },
};
const state = stateOf([
  vnet(
    'hub',
    ['10.0.0.0/16'],
    [{ name: 'AzureFirewallSubnet', prefix: '10.0.0.0/26' }],
    [
      { name: 'hub-a', to: 'a' },
      { name: 'hub-b', to: 'b' },
    ],
  ),
  vnet(
    'a',
    ['10.1.1.0/24'],
    [{ name: 's', prefix: '10.1.1.0/24', table: 'rt' }],
    [{ name: 'a-hub', to: 'hub', forwarded: true }],
  ),
  vnet(
    'b',
    ['10.1.2.0/24'],
    [{ name: 't', prefix: '10.1.2.0/24', table: 'rt' }],
    [{ name: 'b-hub', to: 'hub', forwarded: true }],
  ),
  routeTable('rt', [['default', '0.0.0.0/0', 'VirtualAppliance', '10.0.0.4']]),
  classic,
]);

describe('a firewall with rules of its own', () => {
  it.each([
    ['10.1.1.4', '10.1.2.4', 22, 'tcp', 'allowed', 'classic/later/ssh'],
    ['10.1.1.200', '10.1.2.4', 22, 'tcp', 'denied', 'classic/first/no-ssh'],
    ['10.1.1.4', '10.1.2.4', 23, 'tcp', 'denied', '(default deny)'],
    ['10.1.1.4', 'internet', 123, 'udp', 'allowed', 'classic/ntp/time'],
    ['10.1.1.4', 'updates.example.com', 443, 'tcp', 'allowed', 'classic/web/updates'],
    ['10.1.1.70', 'tag:WindowsUpdate', 443, 'tcp', 'allowed', 'classic/web/windows'],
    ['10.1.1.4', 'www.example.com', 443, 'tcp', 'denied', '(default deny)'],
    ['203.0.113.7', '10.1.2.10', 22, 'tcp', 'allowed', 'classic/publish/ssh-in'],
  ] as const)('%s to %s port %i/%s: %s by %s', (from, to, port, protocol, verdict, rule) => {
    const answer = askReach(state, { from, to, port, protocol });
    expect(answer.verdict).toBe(verdict);
    expect(answer.hops.filter((hop) => hop.layer === 'firewall').map((hop) => hop.rule)).toContain(rule);
  });

  it('reads the DNS proxy from its additional properties', () => {
    expect(readNetwork(state).model.firewalls[0]?.dnsProxy).toBe(true);
  });

  it('names intrusion detection among the assumptions', () => {
    const withMode = (mode: string) =>
      readNetwork(
        stateOf([
          ...state.resources,
          firewall('fw', 'hub', '10.0.0.4', 'fp'),
          policy('fp', { intrusionDetection: { mode } }),
        ]),
      ).assumptions.join('\n');
    expect(withMode('Deny')).toContain('intrusion detection (Deny) may stop packets that the rules allow');
    expect(withMode('Alert')).toContain('intrusion detection (Alert) reports and stops nothing');
    expect(withMode('Off')).not.toContain('intrusion detection');
  });

  it('says in which mode its threat intelligence is, which stands in itself', () => {
    const said = (mode: string) =>
      readNetwork(
        stateOf([
          vnet('hub', ['10.0.0.0/16'], [{ name: 'AzureFirewallSubnet', prefix: '10.0.0.0/26' }]),
          { ...classic, properties: { ...classic.properties, threatIntelMode: mode } },
        ]),
      ).assumptions.filter((one) => one.includes('threat intelligence'));
    expect(said('Deny')).toEqual([expect.stringContaining('(Deny)')]);
    expect(said('Alert')).toEqual([expect.stringContaining('(Alert)')]);
  });
});
