import { describe, expect, it } from 'vitest';
import { verify } from '../../src/verify/index.ts';
import { ciliumRows } from './data/cilium.ts';
import { clusterState, custom, town } from './kube-shapes.ts';
import { askEach, askRow } from './policy-rows.ts';

describe('Cilium policies, statement by statement', () => {
  it('has a row for every statement', () => {
    const covered = new Set(ciliumRows.flatMap((row) => row.statements));
    for (const statement of [40, 41, 42]) expect(covered.has(statement), `${statement}`).toBe(true);
  });

  askEach(ciliumRows);

  it('names what an answer depends on', () => {
    const row = ciliumRows.find((one) => one.what.includes('HTTP'));
    if (row === undefined) throw new Error('no row');
    expect(askRow(row).assumptions.join('\n')).toContain('method, path or headers of the HTTP request');
  });

  it('40: names without a DNS rule are a finding', () => {
    const spec = { endpointSelector: {}, egress: [{ toFQDNs: [{ matchName: 'a.example.com' }] }] };
    const { findings } = verify(
      clusterState([...town, custom('cilium.io/v2', 'CiliumNetworkPolicy', 'shop/names', spec)]),
      [],
    );
    expect(findings.map((one) => one.ruleId)).toContain('names-in-policies-can-be-resolved');
  });

  it('reads lists of specs, refuses what is none, and names policies for nodes', () => {
    const many = {
      ...custom('cilium.io/v2', 'CiliumNetworkPolicy', 'shop/many', {}),
      spec: undefined,
      specs: [
        { endpointSelector: {}, ingress: [{}] },
        { endpointSelector: {}, egress: [{ toPorts: [{ ports: [{ port: 'x_y' }] }] }] },
      ],
    };
    const host = custom('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'host', { nodeSelector: {}, ingress: [{}] });
    const { findings, assumptions } = verify(clusterState([...town, many, host]), []);
    expect(
      findings
        .filter((one) => one.ruleId === 'objects-are-accepted')
        .map((one) => one.message)
        .join(),
    ).toContain('port x_y');
    expect(assumptions.join('\n')).toContain('CiliumClusterwideNetworkPolicy host is a policy for nodes');
    expect(assumptions.join('\n')).toContain('1 policies');
  });
});
