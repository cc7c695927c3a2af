import { describe, expect, it } from 'vitest';
import { verify } from '../../src/verify/index.ts';
import { tierRows } from './data/tiers.ts';
import { clusterState, custom, town } from './kube-shapes.ts';
import { askEach } from './policy-rows.ts';

type Spec = { readonly [key: string]: unknown };
const cluster = (name: string, spec: Spec) =>
  custom('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', name, {
    tier: 'Admin',
    priority: 1,
    subject: { namespaces: {} },
    ...spec,
  });
const findings = (...objects: readonly ReturnType<typeof cluster>[]) =>
  verify(clusterState([...town, ...objects]), []).findings.map(
    (one) => `${one.ruleId} ${one.resource}: ${one.message}`,
  );
const to = (peer: object, action = 'Deny', more: Spec = {}) => ({ egress: [{ action, to: [peer], ...more }] });

describe('the cluster-wide tiers, statement by statement', () => {
  it('has a row for every statement', () => {
    const covered = new Set(tierRows.flatMap((row) => row.statements));
    for (let statement = 30; statement <= 39; statement++) expect(covered.has(statement), `${statement}`).toBe(true);
  });

  askEach(tierRows);

  it('33: equal priorities whose rules meet and differ are a finding', () => {
    const deny = cluster('no', to({ namespaces: {} }));
    const allow = cluster('yes', to({ namespaces: { matchLabels: { team: 'b' } } }, 'Accept'));
    const rule = 'cluster-policies-have-one-order';
    expect(findings(deny, allow).filter((one) => one.startsWith(rule))).toHaveLength(1);
    expect(findings(deny, cluster('later', { priority: 2, ...to({ namespaces: {} }, 'Accept') })).join()).not.toContain(
      rule,
    );
    expect(findings(deny, cluster('same', to({ namespaces: {} }))).join()).not.toContain(rule);
    const elsewhere = cluster('yes', {
      subject: { namespaces: { matchLabels: { team: 'none' } } },
      ...to({ namespaces: {} }, 'Accept'),
    });
    expect(findings(deny, elsewhere).join()).not.toContain(rule);
  });

  it('38: accepted names without a lower deny have no effect', () => {
    const names = cluster('names', to({ domainNames: ['api.example.com'] }, 'Accept'));
    const rule = 'accepted-names-are-followed-by-a-deny';
    expect(findings(names).join()).toContain(rule);
    expect(findings(names, cluster('rest', { priority: 2, ...to({ networks: ['0.0.0.0/0'] }) })).join()).not.toContain(
      rule,
    );
  });

  it.each([
    ['34', 'has 26 networks', to({ networks: Array.from({ length: 26 }, (_, i) => `10.${i}.0.0/16`) })],
    ['33', 'priority', { priority: 1001, ...to({ namespaces: {} }) }],
    ['30', 'tier', { tier: 'Normal', ...to({ namespaces: {} }) }],
    ['31', 'action Allow', to({ namespaces: {} }, 'Allow')],
    ['38', 'domainNames, which only allowing', to({ domainNames: ['a.example.com'] })],
    ['38', 'domainNames that are none', to({ domainNames: ['a*.example.com'] }, 'Accept')],
    [
      '39',
      'start is not below',
      to({ namespaces: {} }, 'Deny', { protocols: [{ tcp: { destinationPort: { range: { start: 5, end: 5 } } } }] }),
    ],
    [
      '39',
      'no names for ports',
      to({ networks: ['10.0.0.0/8'] }, 'Deny', { protocols: [{ destinationNamedPort: 'http' }] }),
    ],
  ] as const)('%s: the API server refuses what has %s', (_statement, words, spec) => {
    const [shown] = findings(cluster('bad', spec)).filter((one) => one.startsWith('objects-are-accepted'));
    expect(shown ?? '').toContain('ClusterNetworkPolicy bad');
    const [first] = words.split(' ');
    expect(shown?.includes(words) === true || shown?.includes(first as string)).toBe(true);
  });
});
