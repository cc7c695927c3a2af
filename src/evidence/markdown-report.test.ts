import { describe, expect, test } from 'vitest';
import { markdownReport, type ReportInput } from './markdown-report.ts';

const input: ReportInput = {
  title: 'Landing zone of contoso, production',
  when: '2026-03-01T12:00:00.000Z',
  target: 'local Azure',
  specDigest: 'a'.repeat(64),
  stateDigest: 'b'.repeat(64),
  resources: 3,
  stages: [{ name: 'hub', role: 'network', status: 'succeeded', seconds: 1.25, resources: 3 }],
  verification: {
    proven: [{ ruleId: 'p', statement: 'Holds | always', controls: ['pci-dss-4.0.1:1.3.1'], pairs: 4 }],
    notChecked: [
      {
        ruleId: 'n',
        statement: 'Nodes boot trusted',
        controls: [],
        missing: [{ what: 'Secure boot', since: '2024-02-20', source: 'a release history' }],
        rest: 'none',
      },
    ],
    findings: [
      {
        ruleId: 'f',
        level: 'error',
        message: 'A packet <b>gets</b> through',
        controls: [],
        witness: {
          verdict: 'allowed',
          packet: { source: '10.0.0.4', destination: '10.1.0.4', protocol: 'tcp', destinationPort: 22 },
          hops: [{ layer: 'nsg', resource: '/subscriptions/s/x/nsg-a', rule: 'AllowVnetInBound', effect: 'allow' }],
        },
      },
    ],
    assumptions: ['Tags are opaque.'],
  },
  decisions: [
    {
      id: 'd',
      title: 'Egress through the firewall',
      because: 'One place to look.',
      alternatives: [{ option: 'a NAT gateway', whyNot: 'it judges nothing' }],
      controls: ['pci-dss-4.0.1:1.3.2'],
      provedBy: [],
      resources: [],
      assumptions: ['Floating IP is in use.'],
    },
  ],
  cardholderFlows: [],
  scopes: [],
  auditLog: { entries: 2, lastHash: 'c'.repeat(64), valid: true },
};

describe('the report', () => {
  const report = markdownReport(input);

  test('says on its first lines that it certifies nothing', () => {
    expect(report.split('\n').slice(0, 5).join('\n')).toMatch(/Nothing in this report is certified/);
  });

  test('counts what is proven against all that was asked', () => {
    expect(report).toContain('| Statements proven | 1 of 3 |');
  });

  test('shows the packet and what decided at each hop', () => {
    expect(report).toContain('Packet: tcp 10.0.0.4 → 10.1.0.4:22: **allowed**');
    expect(report).toContain('1. nsg `nsg-a`: AllowVnetInBound → allow');
  });

  test('lists what is assumed, by the verifier and by the design', () => {
    const section = report.slice(report.indexOf('## Assumptions'), report.indexOf('## Cardholder data'));
    expect(section).toContain('- Tags are opaque.');
    expect(section).toContain('- Egress through the firewall: Floating IP is in use.');
  });

  test('says not checked where it was not', () => {
    const section = report.slice(report.indexOf('## Not checked'), report.indexOf('## Assumptions'));
    expect(section).toContain('| Nodes boot trusted | `n` | Secure boot | 2024-02-20 | a release history |');
    expect(report.slice(report.indexOf('## Proven'), report.indexOf('## Not checked'))).not.toContain('`n`');
    expect(report).toContain('Proved by: not checked.');
    expect(report).toContain('Not checked: data flows cannot be derived from infrastructure');
  });

  test('text from a file cannot become markup or break a table', () => {
    expect(report).not.toContain('<b>');
    expect(report).toContain('Holds \\| always');
  });

  test('a log that does not hold is not called valid', () => {
    expect(markdownReport({ ...input, auditLog: { ...input.auditLog, valid: false } })).toContain('**not valid**');
  });
});
