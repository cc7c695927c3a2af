import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/kernel/errors.ts';
import type { KubernetesObject } from '../../src/model/kubernetes-object.ts';
import { askReach, readNetwork, verify } from '../../src/verify/index.ts';
import { policyRows } from './data/network-policies.ts';
import { app, clusterState, deployment, pod, policy, service, town } from './kube-shapes.ts';
import { askEach } from './policy-rows.ts';

const state = (...objects: readonly KubernetesObject[]) => clusterState([...town, ...objects]);

describe('NetworkPolicy, statement by statement', () => {
  it('has a row for every statement that a verdict can show', () => {
    const covered = new Set(policyRows.flatMap((row) => row.statements));
    // 25 and 28 are about what is in the input: below.
    for (let statement = 1; statement <= 29; statement++)
      if (![25, 28].includes(statement)) expect(covered.has(statement), `statement ${statement}`).toBe(true);
  });

  askEach(policyRows);
});

const problemOf = (ask: () => unknown): Problem => {
  try {
    ask();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('no problem');
};

describe('what is in the input', () => {
  const owner = (kind: string, name: string) => ({
    ownerReferences: [{ apiVersion: 'x', kind, name, controller: true }],
  });

  it('25: leaves out what has ended (cilium/cilium #13220: the kubelet releases the addresses of such pods)', () => {
    const ended = state(
      pod('ops/done', { app: 'done' }, [], { status: { phase: 'Succeeded' } }),
      pod('ops/dead', { app: 'dead' }, [], { status: { phase: 'Failed' } }),
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { namespace: 'ops', name: 'job' },
        spec: { template: {} },
        status: { conditions: [{ type: 'Complete', status: 'True' }] },
      },
    );
    for (const name of ['done', 'dead', 'job'])
      expect(problemOf(() => askReach(ended, { from: `pod:ops/${name}`, to: 'pod:shop/web' })).code).toBe(
        'ENDPOINT_NOT_FOUND',
      );
  });

  it('reads every kind that makes pods', () => {
    const template = (labels: object) => ({ metadata: { labels }, spec: { containers: [] } });
    const made = state(
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { namespace: 'ops', name: 'a' },
        spec: { template: template({ k: 'a' }) },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { namespace: 'ops', name: 'b' },
        spec: { template: template({ k: 'b' }) },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { namespace: 'ops', name: 'c' },
        spec: { template: template({ k: 'c' }) },
      },
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { namespace: 'ops', name: 'd' },
        spec: { template: template({ k: 'd' }) },
      },
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { namespace: 'ops', name: 'e' },
        spec: { jobTemplate: { spec: { template: template({ k: 'e' }) } } },
      },
      {
        apiVersion: 'v1',
        kind: 'ReplicationController',
        metadata: { namespace: 'ops', name: 'f' },
        spec: { template: template({ k: 'f' }) },
      },
    );
    const { cluster } = readNetwork(made).model;
    const found = cluster?.workloads
      .filter((one) => one.labels.k !== undefined)
      .map((one) => `${one.kind} ${one.labels.k}`);
    expect(found?.sort()).toEqual([
      'CronJob e',
      'DaemonSet b',
      'Job d',
      'ReplicaSet c',
      'ReplicationController f',
      'StatefulSet a',
    ]);
  });

  it('lets pods stand for their controllers, which stay names for them', () => {
    const live = state(
      deployment('ops/cart', { app: 'cart' }),
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { namespace: 'ops', name: 'cart-5c', ...owner('Deployment', 'cart') },
        spec: { template: {} },
      },
      pod('ops/cart-5c-1', { app: 'cart', hash: '5c' }, [], {
        metadata: owner('ReplicaSet', 'cart-5c'),
        status: { phase: 'Running' },
      }),
      pod('ops/cart-5c-2', { app: 'cart', hash: '5c' }, [], {
        metadata: owner('ReplicaSet', 'cart-5c'),
        status: { phase: 'Running' },
      }),
    );
    const { cluster } = readNetwork(live).model;
    expect(cluster?.workloads.filter((one) => one.labels.app === 'cart').map((one) => one.name)).toEqual([
      'cart-5c-1',
      'cart-5c-2',
    ]);
    expect(askReach(live, { from: 'pod:ops/cart', to: 'pod:shop/web', port: 8080 }).verdict).toBe('allowed');
  });

  it('26: names what comes and goes, and services that rewrite the source', () => {
    const { assumptions } = readNetwork(
      state(
        pod('ops/going', { app: 'x' }, [], { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
        pod('ops/coming', { app: 'x' }, [], { status: { phase: 'Pending' } }),
        service('shop/lb', { app: 'web' }, [{ port: 80 }], { type: 'LoadBalancer' }),
      ),
    );
    expect(assumptions.join('\n')).toContain('ops/going is terminating');
    expect(assumptions.join('\n')).toContain('ops/coming is pending');
    expect(assumptions.join('\n')).toMatch(/externalTrafficPolicy Cluster of shop\/lb/);
  });

  it('27: reports policies of unknown namespaces and objects that stand twice', () => {
    const one = policy('gone/p', { podSelector: {} });
    const two = policy('shop/p', { podSelector: {} });
    const ids = verify(state(one, two, two), []).findings.map((finding) => `${finding.ruleId} ${finding.resource}`);
    expect(ids).toContain('policies-stand-in-known-namespaces NetworkPolicy gone/p');
    expect(ids).toContain('no-object-stands-twice NetworkPolicy shop/p');
  });

  it('28: says which objects name no namespace', () => {
    const { assumptions } = readNetwork(state({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'lost' }, spec: {} }));
    expect(assumptions.join('\n')).toContain('taken as in default: Pod default/lost');
  });

  it('10, 16: reports what the API server refuses', () => {
    const bad: readonly (readonly [spec: object, words: string])[] = [
      [{ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }] }, 'ipBlock beside selectors'],
      [{ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/8'] } }] }] }, 'does not lie inside'],
      [{ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }] }] }, 'does not lie inside'],
      [{ ingress: [{ from: [{}] }] }, 'names nobody'],
      [{ ingress: [{ ports: [{ port: 80, endPort: 79 }] }] }, 'endPort below'],
      [{ ingress: [{ ports: [{ endPort: 79 }] }] }, 'endPort without a port'],
      [{ ingress: [{ ports: [{ port: 'http', endPort: 79 }] }] }, 'named port'],
      [{ ingress: [{ ports: [{ port: 70000 }] }] }, 'port 70000'],
      [{ ingress: [{ ports: [{ protocol: 'ICMP' }] }] }, 'protocol ICMP'],
      [{ podSelector: { matchExpressions: [{ key: 'a', operator: 'Like', values: ['b'] }] } }, 'no label selector'],
      [{ policyTypes: ['ingress'] }, 'policyTypes has ingress'],
    ];
    for (const [spec, words] of bad) {
      const { findings } = verify(state(policy('shop/p', { podSelector: {}, ...spec })), []);
      expect(findings.find((one) => one.ruleId === 'objects-are-accepted')?.message ?? JSON.stringify(spec)).toContain(
        words,
      );
    }
  });

  it('15, 23: warns of named ports towards blocks, and of service ports in rules', () => {
    const odd = state(
      service('pay/vault', { app: 'vault' }, [{ port: 443, targetPort: 8443 }]),
      policy('pay/p', { podSelector: app('vault'), ingress: [{ ports: [{ port: 443 }] }] }),
      policy('shop/p', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 'https' }] }],
      }),
    );
    const ids = verify(odd, []).findings.map((finding) => `${finding.ruleId} ${finding.resource}`);
    expect(ids).toContain('no-policy-names-a-port-of-addresses NetworkPolicy shop/p');
    expect(ids).toContain('policies-use-the-ports-of-pods NetworkPolicy pay/p');
    const fine = verify(
      state(policy('pay/p', { podSelector: app('vault'), ingress: [{ ports: [{ port: 8443 }] }] })),
      [],
    );
    expect(fine.findings.filter((one) => one.ruleId === 'policies-use-the-ports-of-pods')).toEqual([]);
  });
});

describe('asking about the cluster', () => {
  it('shows the way through a service, and refuses a port that it does not have', () => {
    const served = state(service('pay/vault', { app: 'vault' }, [{ port: 443, targetPort: 'https' }]));
    const answer = askReach(served, { from: 'pod:shop/web', to: 'service:pay/vault', port: 443 });
    expect(answer.hops[0]).toMatchObject({ layer: 'service', rule: '443 to 8443' });
    expect(answer.packet).toMatchObject({
      source: 'pod:shop/web',
      destination: 'pod:pay/vault',
      destinationPort: 8443,
    });
    const wrong = problemOf(() => askReach(served, { from: 'pod:shop/web', to: 'service:pay/vault', port: 80 }));
    expect(wrong).toMatchObject({ code: 'SERVICE_PORT_UNKNOWN', hint: 'Its ports: 443.' });
  });

  it('says what is not there, and what may have been meant', () => {
    const ask = (to: string) =>
      problemOf(() => askReach(state(service('shop/none', { app: 'nobody' }, [])), { from: 'internet', to }));
    expect(ask('pod:shop/wep')).toMatchObject({ kind: 'not-found', hint: 'Did you mean pod:shop/web?' });
    expect(ask('namespace:shpo')).toMatchObject({ kind: 'not-found', hint: 'Did you mean namespace:shop?' });
    expect(ask('service:shop/nome')).toMatchObject({ kind: 'not-found', hint: 'Did you mean service:shop/none?' });
    expect(ask('service:shop/none').code).toBe('ENDPOINT_WITHOUT_WORKLOADS');
    expect(ask('pod:web').code).toBe('ENDPOINT_FORM');
  });

  it('says how many objects it looked at, and proves over workloads', () => {
    const closed = state(
      policy('pay/p', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }], policyTypes: ['Ingress'] }),
    );
    const intent = {
      id: 'nobody-in',
      statement: 'Nobody reaches the safe',
      expect: 'denied',
      from: ['any'],
      exceptFrom: ['namespace:pay'],
      to: ['namespace:pay'],
      traffic: [{ protocol: 'tcp' }],
      controls: [],
    } as const;
    const result = verify(closed, [intent]);
    expect(result.findings.filter((one) => one.ruleId === 'nobody-in')).toEqual([]);
    expect(result.proven.find((one) => one.ruleId === 'nobody-in')?.pairs).toBeGreaterThan(1);
    expect(result.assumptions.join('\n')).toContain('9 Kubernetes objects were looked at');
    const open = verify(state(), [intent]).findings.find((one) => one.ruleId === 'nobody-in');
    expect(open?.witness?.verdict).toBe('allowed');
    expect(open?.witness?.packet.destination).toMatch(/^pod:pay\//);
  });
});
