import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/model/intent.ts';
import { askReach, type ReachQuestion, readNetwork, verify } from '../../src/verify/index.ts';
import { nsg, routeTable, vnet } from './arm-shapes.ts';
import { clusterZone, managedCluster, nsgPods, on, pool } from './cluster-zone.ts';
import { app, deployment, pod, policy } from './kube-shapes.ts';

/** Statements 92, 93 and 95: pods and the network that they stand in, judged together. */

type State = ReturnType<typeof clusterZone>;
const ask = (state: State, from: string, to: string, port?: number, more: Partial<ReachQuestion> = {}) => {
  const answer = askReach(state, { from, to, ...(port === undefined ? {} : { port }), ...more });
  const trail = answer.hops.map((hop) => `${hop.layer} ${hop.rule}${hop.direction === 'reply' ? ' (reply)' : ''}`);
  return { ...answer, trail };
};
const openShop = policy('shop/open', {
  podSelector: {},
  policyTypes: ['Ingress', 'Egress'],
  ingress: [{}],
  egress: [{}],
});
const inside = '10.4.64.0/18';

describe('pods in pod subnets', () => {
  it('92: what policies allow, the network may deny', () => {
    const answer = ask(clusterZone([openShop]), 'pod:ads/show', 'pod:shop/web', 8080);
    expect(answer.verdict).toBe('denied');
    expect(answer.trail.at(-1)).toBe('nsg DenyAllOut');
  });

  it('92: what the network allows, policies may deny', () => {
    const closed = policy('shop/closed', { podSelector: {}, policyTypes: ['Ingress'], ingress: [] });
    const answer = ask(
      clusterZone(
        [closed],
        [
          managedCluster(),
          nsgPods('in', inside, ['AllowOut', 100, 'In', 'Allow', 'Tcp', '10.4.128.0/18', inside, '9090']),
        ],
      ),
      'pod:ads/show',
      'pod:shop/api',
      9090,
    );
    expect(answer.verdict).toBe('denied');
    expect(answer.trail).toContain('nsg AllowPodsOut');
    expect(answer.trail.at(-1)).toContain('network-policy (no ingress rule allows it');
  });

  it('95: the witness names the rule of every layer, in the order in which a packet meets them', () => {
    const both = [
      managedCluster(),
      nsgPods('in', inside, ['AllowOut', 100, 'In', 'Allow', 'Tcp', '10.4.128.0/18', inside, '9090']),
    ];
    const answer = ask(clusterZone([openShop], both), 'pod:ads/show', 'pod:shop/api', 9090);
    expect(answer.verdict).toBe('allowed');
    expect(answer.trail).toEqual([
      'network-policy (no policy speaks about egress)',
      'nsg AllowPodsOut',
      'route system: virtual network',
      'nsg AllowOut',
      'network-policy ingress[0]',
    ]);
    expect(answer.packet).toMatchObject({ source: 'pod:ads/show', destination: 'pod:shop/api', destinationPort: 9090 });
  });

  it('46: a rule within one subnet holds, unless both pods are on one node', () => {
    const split = nsg('nsg-pods-in', [
      ['DenyAllIn', 100, 'In', 'Deny', '*', '*', '*', '*'],
      ['AllowAllOut', 100, 'Out', 'Allow', '*', '*', '*', '*'],
    ]);
    const answer = ask(clusterZone([], [managedCluster(), split]), 'pod:shop/web', 'pod:shop/api', 9090);
    expect(answer.verdict).toBe('depends');
    expect(answer.trail).toContain('node (both on one node)');
    expect(answer.otherwise?.hops.at(-1)?.rule).toBe('DenyAllIn');
  });

  it('leaves the cluster through policy, NSG, route and firewall', () => {
    const names = ask(clusterZone(), 'pod:shop/web', 'updates.example.com', 443);
    expect(names.verdict).toBe('allowed');
    expect(names.trail.slice(0, 4)).toEqual([
      'network-policy (no policy speaks about egress)',
      'nsg AllowWebOut',
      'route default',
      'peering c-to-hub',
    ]);
    expect(names.trail).toContain('firewall out/web/updates');
    expect(ask(clusterZone(), 'pod:shop/web', 'www.example.com', 443).trail.at(-1)).toBe('firewall (default deny)');
    const closed = policy('shop/closed', { podSelector: {}, policyTypes: ['Egress'], egress: [] });
    const stopped = ask(clusterZone([closed]), 'pod:shop/web', 'updates.example.com', 443);
    expect(stopped.trail).toHaveLength(1);
    expect(stopped.verdict).toBe('denied');
  });

  it('93: the gateway’s subnet reaches pods where both its NSG rule and the block of the policy say so', () => {
    const only = (cidr: string) =>
      policy('shop/gate', {
        podSelector: app('web'),
        ingress: [{ from: [{ ipBlock: { cidr } }], ports: [{ port: 8080 }] }],
      });
    const through = ask(clusterZone([only('10.4.5.0/24')]), 'subnet:snet-gateway', 'pod:shop/web', 8080);
    expect(through.verdict).toBe('allowed');
    expect(through.trail).toEqual(expect.arrayContaining(['nsg AllowGatewayIn', 'network-policy ingress[0]']));
    expect(ask(clusterZone([only('10.4.6.0/24')]), 'subnet:snet-gateway', 'pod:shop/web', 8080).verdict).toBe('denied');
    expect(ask(clusterZone([only('10.4.5.0/24')]), 'subnet:snet-gateway', 'pod:shop/web', 8081).trail.at(-1)).toBe(
      'nsg DenyAllIn',
    );
  });

  it('78, 82: behind the firewall a policy sees the firewall, not the client', () => {
    const published = pod('shop/front', { app: 'front' }, ['8080'], {
      ...on('in'),
      status: { phase: 'Running', podIP: '10.4.64.10' },
    });
    const only = (cidr: string) =>
      policy('shop/f', { podSelector: app('front'), ingress: [{ from: [{ ipBlock: { cidr } }] }] });
    const seen = ask(clusterZone([published, only('10.0.0.0/26')]), '203.0.113.7', 'pod:shop/front', 8080);
    expect(seen.verdict).toBe('allowed');
    expect(seen.trail).toContain('firewall in/publish/shop');
    const client = ask(clusterZone([published, only('203.0.113.0/24')]), '203.0.113.7', 'pod:shop/front', 8080);
    expect(client.verdict).toBe('denied');
  });

  it('40: what goes from pod to pod in another subnet needs the reply’s way too (statement 72)', () => {
    // Packets of one side go through the firewall, which the other side's do not: the reply is lost.
    const odd = routeTable('rt-c', [['pods', '10.4.64.0/18', 'VirtualAppliance', '10.0.0.4']]);
    const answer = ask(
      clusterZone(
        [],
        [
          managedCluster(),
          odd,
          nsgPods('in', inside, ['AllowOut', 100, 'In', 'Allow', 'Tcp', '10.4.128.0/18', inside, '9090']),
        ],
      ),
      'pod:ads/show',
      'pod:shop/api',
      9090,
    );
    expect(answer.verdict).toBe('denied');
    expect(answer.trail).toContain('firewall (default deny)');
  });

  it('tells pods of one class apart by their own addresses', () => {
    const at = (name: string, podIP: string) =>
      pod(`shop/${name}`, { app: 'pair' }, ['9090'], { ...on('in'), status: { phase: 'Running', podIP } });
    const half = nsgPods('in', inside, [
      'AllowHalf',
      100,
      'In',
      'Allow',
      'Tcp',
      '10.4.128.0/18',
      '10.4.64.0/24',
      '9090',
    ]);
    const state = clusterZone([at('near', '10.4.64.20'), at('far', '10.4.65.20')], [managedCluster(), half]);
    expect(ask(state, 'pod:ads/show', 'pod:shop/near', 9090).verdict).toBe('allowed');
    expect(ask(state, 'pod:ads/show', 'pod:shop/far', 9090).verdict).toBe('denied');
    // An address that is exactly a pod's means the pod.
    expect(ask(state, 'pod:ads/show', '10.4.64.20', 9090).packet.destination).toBe('pod:shop/near');
    // A workload whose address is not known may have one of either half.
    expect(ask(state, 'pod:ads/show', 'pod:shop/api', 9090).verdict).toBe('depends');
  });

  it('a pod that may run on any pool may be in any of their subnets', () => {
    const anywhere = deployment('shop/any', { app: 'any' }, ['9090']);
    const allow = nsgPods('in', inside, ['AllowOut', 100, 'In', 'Allow', 'Tcp', '10.4.128.0/18', inside, '9090']);
    const state = clusterZone([anywhere], [managedCluster(), allow]);
    expect(ask(state, 'pod:shop/web', 'pod:shop/any', 9090).verdict).toBe('depends');
    const tainted = managedCluster(undefined, [pool('in'), pool('out', { nodeTaints: ['scope=out:NoSchedule'] })]);
    expect(ask(clusterZone([anywhere], [tainted, allow]), 'pod:shop/web', 'pod:shop/any', 9090).verdict).toBe(
      'allowed',
    );
  });

  it('92: an overlay leaves pods to Kubernetes, and what leaves the cluster looks like its node', () => {
    const overlay = managedCluster(
      { networkPlugin: 'azure', networkPluginMode: 'overlay', networkDataplane: 'cilium', podCidr: '192.168.0.0/16' },
      [pool('in'), pool('out')],
    );
    const state = clusterZone([], [overlay]);
    expect(ask(state, 'pod:ads/show', 'pod:shop/web', 8080).verdict).toBe('allowed');
    const out = ask(state, 'pod:shop/web', 'updates.example.com', 443);
    expect(out.verdict).toBe('allowed');
    expect(out.trail).toContain('node (source translation)');
    expect(ask(state, 'subnet:snet-gateway', 'pod:shop/web', 8080).trail.at(-1)).toBe('node (addresses of an overlay)');
    expect(out.assumptions.join('\n')).toContain('overlay network');
  });

  it('92: with encryption between nodes security groups do not separate pods', () => {
    const secure = managedCluster({
      networkPlugin: 'azure',
      networkDataplane: 'cilium',
      advancedNetworking: { enabled: true, security: { enabled: true, transitEncryption: { type: 'WireGuard' } } },
    });
    const answer = ask(clusterZone([], [secure]), 'pod:ads/show', 'pod:shop/web', 8080);
    expect(answer.verdict).toBe('allowed');
    expect(answer.assumptions.join('\n')).toContain('do not separate its pods');
    // What leaves the cluster is not encrypted by it.
    expect(ask(clusterZone([], [secure]), 'pod:shop/web', 'www.example.com', 443).trail.at(-1)).toBe(
      'firewall (default deny)',
    );
  });

  it('names what decides about traffic and is not modelled', () => {
    const calico = {
      apiVersion: 'crd.projectcalico.org/v1',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'g' },
      spec: {},
    };
    const target = {
      apiVersion: 'access.smi-spec.io/v1alpha3',
      kind: 'TrafficTarget',
      metadata: { namespace: 'shop', name: 't' },
      spec: {},
    };
    const { assumptions } = readNetwork(clusterZone([calico, target]));
    const said = assumptions.find((one) => one.startsWith('Not modelled, so that what they deny'));
    expect(said).toContain('1 GlobalNetworkPolicy (crd.projectcalico.org)');
    expect(said).toContain('1 TrafficTarget (access.smi-spec.io)');
  });

  it('judges pods of a subnet without IPv4 by Kubernetes alone, and proves nothing of nothing', () => {
    const six = vnet('vnet-six', ['fd00::/48'], [{ name: 'snet-pods-in', prefix: 'fd00::/64' }]);
    const cluster = managedCluster(undefined, [
      { name: 'in', podSubnetID: `${six.id}/subnets/snet-pods-in` },
      pool('out'),
    ]);
    const state = clusterZone([], [six, cluster]);
    expect(ask(state, 'pod:ads/show', 'pod:shop/web', 8080).verdict).toBe('allowed');
    expect(ask(state, 'pod:shop/web', 'pod:ads/show', 8080).verdict).toBe('allowed');
    expect(ask(state, 'subnet:snet-gateway', 'pod:shop/web', 8080).verdict).toBe('allowed');
  });

  it('says when it cannot place them', () => {
    const two = clusterZone([], [managedCluster(), managedCluster(undefined, undefined, 'aks-2')]);
    expect(readNetwork(two).assumptions.join('\n')).toContain('has 2 clusters (aks, aks-2)');
    const none = clusterZone([], []);
    expect(readNetwork(none).assumptions.join('\n')).toContain(
      '3 of 3 workloads stand in the Azure network is not in the state',
    );
    expect(ask(none, 'pod:ads/show', 'pod:shop/web', 8080).verdict).toBe('allowed');
  });
});

describe('intents over both', () => {
  const intent = (expect: 'allowed' | 'denied', from: string[], to: string[], more: Partial<Intent> = {}): Intent => ({
    id: 'x',
    statement: 'As it must be',
    expect,
    from,
    to,
    controls: [],
    ...more,
  });
  const check = (state: State, one: Intent) => verify(state, [one], { rules: [] });

  it('95: no path from out of scope to in scope, by policies and network together', () => {
    const scope = intent('denied', ['namespace:ads'], ['namespace:shop'], {
      traffic: [{ protocol: 'tcp', ports: [8080] }],
    });
    const fine = check(clusterZone([openShop]), scope);
    expect(fine.findings).toEqual([]);
    expect(fine.proven).toHaveLength(1);
    const hole = [
      managedCluster(),
      nsgPods('in', inside, ['Hole', 100, 'In', 'Allow', '*', '10.4.128.0/18', '*', '*']),
      nsgPods('out', '10.4.128.0/18', ['Hole', 100, 'Out', 'Allow', '*', '*', '*', '*']),
    ];
    const [finding] = check(clusterZone([openShop], hole), scope).findings;
    expect(finding?.witness?.packet.source).toBe('pod:ads/show');
    expect(finding?.witness?.hops.map((hop) => hop.rule)).toEqual(expect.arrayContaining(['Hole', 'ingress[0]']));
    const mended = policy('shop/own', {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
    expect(check(clusterZone([mended], hole), scope).findings).toEqual([]);
  });

  it('any is every subnet, the internet and every workload', () => {
    const closed = policy('shop/own', {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
    const all = intent('denied', ['any'], ['namespace:shop'], {
      exceptFrom: ['namespace:shop', 'subnet:snet-nodes-in', 'subnet:snet-nodes-out'],
    });
    expect(check(clusterZone([closed]), all).findings).toEqual([]);
    // The nodes themselves reach their pods, whatever a policy says (statement 18).
    const withNodes = intent('denied', ['any'], ['namespace:shop'], { exceptFrom: ['namespace:shop'] });
    expect(check(clusterZone([closed]), withNodes).findings[0]?.witness?.hops.map((hop) => hop.rule)).toContain(
      "(the pod's own node)",
    );
    const gateway = intent('denied', ['any'], ['pod:shop/web'], {
      exceptFrom: ['namespace:shop', 'subnet:snet-nodes-in', 'subnet:snet-nodes-out'],
    });
    const open = check(clusterZone(), gateway).findings[0];
    expect(open?.message).toContain('10.4.5.0/24');
    expect(open?.message).toContain('to pod:shop/web, protocol tcp, port 8080');
  });

  it('allowed holds when every packet surely gets through', () => {
    const api = intent('allowed', ['pod:shop/web'], ['pod:shop/api'], {
      traffic: [{ protocol: 'tcp', ports: [9090] }],
    });
    expect(check(clusterZone([openShop]), api).findings).toEqual([]);
    const less = policy('shop/less', { podSelector: app('api'), ingress: [{ ports: [{ port: 9091 }] }] });
    expect(check(clusterZone([less]), api).findings[0]?.message).toContain('(no ingress rule allows it');
  });
});
