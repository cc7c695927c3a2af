import { describe, expect, it } from 'vitest';
import { generatedCluster } from '../../bench/generated-cluster.ts';
import type { KubernetesObject } from '../../src/model/kubernetes-object.ts';
import { askMatrix, askReach, askWhatIsReached, askWhatReaches, compareStates } from '../../src/verify/index.ts';
import { applicationRule, rules } from './arm-shapes.ts';
import { clusterZone, managedCluster, nsgPods } from './cluster-zone.ts';
import { app, clusterState, policy, town } from './kube-shapes.ts';

const state = (...objects: readonly KubernetesObject[]) => clusterState([...town, ...objects]);
const safe = policy('pay/safe', {
  podSelector: app('vault'),
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ports: [{ port: 8443 }] }],
});
const wider = policy('pay/safe', {
  podSelector: app('vault'),
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ports: [{ port: 8443 }, { port: 9443 }] }],
});

describe('all pairs', () => {
  it('answers every pair as a question about it would', () => {
    const objects = [...generatedCluster(14, 8)];
    const matrix = askMatrix(clusterState(objects));
    expect(matrix.pairs).toBe(matrix.classes.length ** 2);
    let checked = 0;
    matrix.classes.forEach((from, row) => {
      matrix.classes.forEach((to, column) => {
        const verdict = matrix.verdicts[matrix.cells[row]?.[column] ?? -1];
        if (from.kind === 'addresses' || to.kind === 'addresses' || verdict === undefined || from === to) return;
        const [a, b] = [from.members.at(-1), to.members.at(-1)];
        const answer = askReach(clusterState(objects), { from: `pod:${a}`, to: `pod:${b}` });
        const word =
          verdict.surely.length > 0 && verdict.perhaps.length === 0 && verdict.surely[0] === 'protocol any, port any';
        expect(answer.verdict === 'allowed').toBe(word);
        expect(answer.verdict === 'denied').toBe(verdict.surely.length + verdict.perhaps.length === 0);
        checked += 1;
      });
    });
    expect(checked).toBeGreaterThan(100);
  });

  it('groups workloads that no policy tells apart', () => {
    expect(askMatrix(state()).classes.filter((one) => one.kind === 'pods')).toHaveLength(1);
    const told = askMatrix(state(safe)).classes.filter((one) => one.kind === 'pods');
    expect(told.map((one) => one.members)).toEqual([['ops/probe', 'pay/web'], ['pay/vault'], ['shop/api', 'shop/web']]);
    expect(askMatrix(clusterState([])).classes).toEqual([]);
  });
});

describe('what can reach, and what is reached', () => {
  it('lists who gets through, with what and why', () => {
    const { found } = askWhatReaches(state(safe), 'pod:pay/vault', { protocol: 'tcp' });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      who: 'pod:shop/api, pod:shop/web',
      traffic: ['protocol tcp, port 8443'],
      verdict: 'allowed',
    });
    expect(found[0]?.hops.map((hop) => hop.rule)).toContain('ingress[0]');
  });

  it('from a workload outwards, through the network', () => {
    const { found } = askWhatIsReached(clusterZone(), 'pod:shop/web', { protocol: 'tcp' });
    const names = found.find((one) => one.traffic.join().includes('updates.example.com'));
    expect(names?.hops.map((hop) => hop.layer)).toEqual(expect.arrayContaining(['network-policy', 'nsg', 'firewall']));
    expect(found.some((one) => one.who.includes('pod:shop/api'))).toBe(true);
    expect(found.some((one) => one.who.includes('pod:ads/show'))).toBe(false);
  });

  it('works without a cluster', () => {
    const { found } = askWhatReaches(clusterZone([], []), 'subnet:snet-gateway', { protocol: 'tcp' });
    expect(found.some((one) => one.who.includes('10.4.64.0/18') || one.who.includes('10.4.1.0/24'))).toBe(true);
  });
});

describe('the difference of two states', () => {
  it('shows flows gained and lost, with the rule', () => {
    const { changes } = compareStates(state(safe), state(wider));
    expect(changes).toEqual([
      {
        kind: 'gained',
        from: 'pod:shop/api, pod:shop/web',
        to: 'pod:pay/vault',
        traffic: ['protocol tcp, port 9443'],
        verdict: 'allowed',
        allowedBy: ['(no policy speaks about egress)', 'NetworkPolicy pay/safe ingress[0]'],
        stoppedBy: 'NetworkPolicy pay/safe (no ingress rule allows it: NetworkPolicy pay/safe)',
      },
    ]);
    const back = compareStates(state(wider), state(safe)).changes;
    expect(back.map((one) => [one.kind, one.traffic])).toEqual([['lost', ['protocol tcp, port 9443']]]);
    expect(compareStates(state(safe), state(safe)).changes).toEqual([]);
  });

  it('a policy that is gone opens its pods to everybody, addresses too', () => {
    const { changes } = compareStates(state(safe), state());
    expect(changes.every((one) => one.kind === 'gained' && one.to === 'pod:pay/vault')).toBe(true);
    expect(changes.some((one) => one.from.includes('pod:ops/probe'))).toBe(true);
    expect(changes.some((one) => one.from === 'any')).toBe(true);
    expect(changes.every((one) => one.stoppedBy.includes('NetworkPolicy pay/safe'))).toBe(true);
  });

  it('tells workloads that come and go', () => {
    const fewer = clusterState(town.filter((one) => one.metadata.name !== 'probe'));
    expect(compareStates(state(), fewer).workloads).toEqual({ added: [], removed: ['Deployment ops/probe'] });
    expect(compareStates(fewer, state()).workloads).toEqual({ added: ['Deployment ops/probe'], removed: [] });
  });

  it('sees the network: a security rule, a firewall rule', () => {
    const open = nsgPods('in', '10.4.64.0/18', [
      'More',
      100,
      'In',
      'Allow',
      'Tcp',
      '10.4.5.0/24',
      '10.4.64.0/18',
      '22',
    ]);
    const [change, ...rest] = compareStates(clusterZone(), clusterZone([], [managedCluster(), open])).changes;
    expect(rest).toEqual([]);
    expect(change).toMatchObject({
      kind: 'gained',
      from: '10.4.5.0/24',
      to: '10.4.64.0/18',
      traffic: ['protocol tcp, port 22'],
      stoppedBy: 'nsg DenyAllIn',
    });
    expect(change?.allowedBy).toContain('nsg More');
    const fewer = rules('fp', 'out', 200, [
      {
        name: 'web',
        priority: 200,
        action: 'Allow',
        rules: [applicationRule('updates', ['10.4.1.0/24'], ['updates.example.com'])],
      },
    ]);
    const lost = compareStates(clusterZone(), clusterZone([], [managedCluster(), fewer])).changes;
    expect(lost.every((one) => one.kind === 'lost' && one.stoppedBy === 'firewall (default deny)')).toBe(true);
    expect(lost.length).toBeGreaterThan(0);
  });
});
