import { describe, expect, test } from 'vitest';
import type { Cluster } from './cluster.ts';
import { findPod } from './cluster.ts';
import { type End, mayEnter, mayLeave, type PortAsked } from './network-policy.ts';
import { clusterFrom, deployment, namespace, networkPolicy } from './test-cluster.ts';

/**
 * Expected values: the Kubernetes documentation ("Network Policies", "Labels and Selectors") and the API reference of
 * networking.k8s.io/v1; the sentence meant is in each name.
 */
const base = [
  namespace('one', { team: 'red' }),
  namespace('two', { team: 'blue' }),
  deployment('one', 'a', { app: 'a', tier: 'front' }),
  deployment(
    'one',
    'b',
    { app: 'b' },
    '{name: web, containerPort: 9090}, {name: dns, containerPort: 53, protocol: UDP}',
  ),
  deployment('two', 'c', { app: 'c' }),
];
const cluster = (...policies: readonly string[]): Cluster => clusterFrom(...base, ...policies);
const pod = (of: Cluster, name: string) => findPod(of, name === 'c' ? 'two' : 'one', name);
const tcp = (number: number): PortAsked => ({ number, protocol: 'TCP' });

/** Both ends of a connection to a pod. */
function connects(of: Cluster, from: string, to: string, port: PortAsked): boolean {
  const [source, target] = [pod(of, from), pod(of, to)];
  return (
    mayLeave(of.networkPolicies, source, { pod: target }, port) &&
    mayEnter(of.networkPolicies, target, { pod: source }, port)
  );
}
const leaves = (of: Cluster, from: string, to: End, port: PortAsked): boolean =>
  mayLeave(of.networkPolicies, pod(of, from), to, port);

describe('isolation', () => {
  test('a pod that no policy selects is open in both directions', () => {
    expect(connects(cluster(), 'a', 'c', tcp(8080))).toBe(true);
  });

  test('selected for ingress only, a pod may still leave', () => {
    const of = cluster(networkPolicy('one', 'p', '{podSelector: {}}'));
    expect([connects(of, 'c', 'a', tcp(8080)), connects(of, 'a', 'c', tcp(8080))]).toEqual([false, true]);
  });

  test('without policyTypes, egress is governed only where there are egress rules', () => {
    const of = cluster(
      networkPolicy('one', 'p', '{podSelector: {}, ingress: [{}], egress: [{to: [{podSelector: {}}]}]}'),
    );
    expect([connects(of, 'a', 'b', tcp(1)), connects(of, 'a', 'c', tcp(1))]).toEqual([true, false]);
  });

  test('both ends must allow a connection', () => {
    const egress = networkPolicy('one', 'out', '{podSelector: {}, policyTypes: [Egress], egress: [{}]}');
    const ingress = networkPolicy('two', 'in', '{podSelector: {}, policyTypes: [Ingress]}');
    expect(connects(cluster(egress), 'a', 'c', tcp(1))).toBe(true);
    expect(connects(cluster(egress, ingress), 'a', 'c', tcp(1))).toBe(false);
  });

  test('policies add up, in any order', () => {
    const none = networkPolicy('one', 'none', '{podSelector: {}, policyTypes: [Egress]}');
    const some = networkPolicy(
      'one',
      'some',
      '{podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [{ports: [{port: 80}]}]}',
    );
    for (const of of [cluster(none, some), cluster(some, none)]) {
      expect([
        leaves(of, 'a', { pod: pod(of, 'c') }, tcp(80)),
        leaves(of, 'b', { pod: pod(of, 'c') }, tcp(80)),
      ]).toEqual([true, false]);
    }
  });

  test('a policy of another namespace does not select', () => {
    expect(connects(cluster(networkPolicy('two', 'p', '{podSelector: {}}')), 'c', 'a', tcp(1))).toBe(true);
  });
});

describe('peers', () => {
  const into = (from: string): Cluster =>
    cluster(networkPolicy('one', 'p', `{podSelector: {matchLabels: {app: a}}, ingress: [{from: ${from}}]}`));
  const who = (of: Cluster): readonly string[] => ['b', 'c'].filter((name) => connects(of, name, 'a', tcp(8080)));

  test.each([
    ['podSelector alone: the namespace of the policy', '[{podSelector: {}}]', ['b']],
    ['namespaceSelector alone: every pod there', '[{namespaceSelector: {matchLabels: {team: blue}}}]', ['c']],
    ['both in one entry: both must hold', '[{namespaceSelector: {}, podSelector: {matchLabels: {app: c}}}]', ['c']],
    [
      'two entries: either',
      '[{podSelector: {matchLabels: {app: b}}}, {namespaceSelector: {matchLabels: {team: blue}}}]',
      ['b', 'c'],
    ],
    ['an empty namespaceSelector: all namespaces, its own too', '[{namespaceSelector: {}}]', ['b', 'c']],
    [
      'the name label is on every namespace',
      '[{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: two}}}]',
      ['c'],
    ],
    ['an empty list: everybody', '[]', ['b', 'c']],
    ['an address block never chooses pods (Cilium)', '[{ipBlock: {cidr: 0.0.0.0/0}}]', []],
    ['In', '[{namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [blue, green]}]}}]', ['c']],
    [
      'NotIn holds without the key',
      '[{podSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [front]}]}}]',
      ['b'],
    ],
    ['Exists', '[{podSelector: {matchExpressions: [{key: tier, operator: Exists}]}}]', []],
    ['DoesNotExist', '[{podSelector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}]', ['b']],
    [
      'expressions and labels all hold',
      '[{podSelector: {matchLabels: {app: b}, matchExpressions: [{key: app, operator: NotIn, values: [b]}]}}]',
      [],
    ],
  ])('%s', (_name, from, expected) => {
    expect(who(into(from))).toEqual(expected);
  });

  test('an address block takes addresses outside but for its exceptions', () => {
    const of = cluster(
      networkPolicy(
        'one',
        'p',
        '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]}',
      ),
    );
    const to = (address: string): boolean => leaves(of, 'a', { address }, tcp(443));
    expect([to('203.0.113.10'), to('10.255.255.255'), to('11.0.0.0'), to('2001:db8::1')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('ports', () => {
  const out = (ports: string): Cluster =>
    cluster(networkPolicy('one', 'p', `{podSelector: {}, policyTypes: [Egress], egress: [{ports: ${ports}}]}`));

  test('without protocol it is TCP', () => {
    const of = out('[{port: 53}]');
    const to = { pod: pod(of, 'c') };
    expect([leaves(of, 'a', to, tcp(53)), leaves(of, 'a', to, { number: 53, protocol: 'UDP' })]).toEqual([true, false]);
  });

  test('without port it is every port of the protocol', () => {
    const of = out('[{protocol: UDP}]');
    expect([
      leaves(of, 'a', { pod: pod(of, 'c') }, { number: 9, protocol: 'UDP' }),
      leaves(of, 'a', { pod: pod(of, 'c') }, tcp(9)),
    ]).toEqual([true, false]);
  });

  test('endPort is inclusive', () => {
    const of = out('[{port: 100, endPort: 102}]');
    expect([99, 100, 102, 103].map((port) => leaves(of, 'a', { pod: pod(of, 'c') }, tcp(port)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('a name is resolved at the pod that listens, and never at an address outside', () => {
    const of = cluster(
      networkPolicy('one', 'p', '{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: web}]}]}'),
    );
    expect([
      leaves(of, 'a', { pod: pod(of, 'b') }, tcp(9090)),
      leaves(of, 'a', { pod: pod(of, 'b') }, tcp(8080)),
      leaves(of, 'a', { pod: pod(of, 'c') }, tcp(8080)),
      leaves(of, 'a', { address: '203.0.113.10' }, tcp(8080)),
    ]).toEqual([true, false, true, false]);
  });

  test('a name has the protocol of the rule', () => {
    const of = out('[{port: dns}]');
    expect(leaves(of, 'a', { pod: pod(of, 'b') }, tcp(53))).toBe(false);
  });
});

describe('refused, with the place', () => {
  test.each([
    ['{podSelector: {}, policyTypes: [Both]}', 'spec.policyTypes: Both'],
    ['{podSelector: {}, ingress: [{from: [{}]}]}', 'spec.ingress[0].from[0] names nobody'],
    ['{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]}', 'ipBlock stands alone'],
    ['{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0}}]}]}', 'is not a CIDR'],
    ['{podSelector: {}, ingress: [{ports: [{endPort: 5}]}]}', 'endPort needs a port'],
    ['{podSelector: {}, ingress: [{ports: [{port: 9, endPort: 5}]}]}', 'endPort is below port'],
    ['{podSelector: {}, ingress: [{form: []}]}', 'spec.ingress[0].form is not enforced'],
    ['{podSelector: {matchExpressions: [{key: a, operator: Like, values: [b]}]}}', 'Like is not a selector operator'],
    ['{podSelector: {matchLabels: {a: true}}}', 'matchLabels.a must be a text in quotes'],
  ])('%s', (spec, message) => {
    expect(() => cluster(networkPolicy('one', 'p', spec))).toThrow(message);
  });

  test('a policy for a namespace that is in no manifest', () => {
    expect(() => cluster(networkPolicy('nowhere', 'p', '{podSelector: {}}'))).toThrow('"nowhere" is in no manifest');
  });

  test('two policies of one name', () => {
    const twice = networkPolicy('one', 'p', '{podSelector: {}}');
    expect(() => cluster(twice, twice)).toThrow('NetworkPolicy p is in text');
  });

  test('two Deployments under one service account: a certificate could not tell them apart', () => {
    const twin = deployment('one', 'a2', { app: 'a2' }).replace('serviceAccountName: a2', 'serviceAccountName: a');
    expect(() => cluster(twin)).toThrow('share the service account a');
  });

  test('kinds that decide about calls and are not enforced here', () => {
    const other = 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: p, namespace: one}\n';
    expect(() => cluster(other)).toThrow('CiliumNetworkPolicy is not enforced');
  });
});
