import { expect, test } from 'vitest';
import { expiredEgress } from './expired-egress.ts';
import { specOf } from './test-spec.ts';

const spec = specOf(
  [
    'egress:',
    '  - {name: aa, from: system, to: [a.example.com], reason: r, owner: ops@contoso.com, expires: 2026-06-30}',
    '  - {name: bb, from: system, to: [b.example.com], reason: r, owner: ops@contoso.com, expires: 2026-07-01}',
  ].join('\n'),
);
const names = (today: string) => expiredEgress(spec, new Date(today)).map((one) => one.message.split(' ')[2]);

test('an allowance holds through its last day', () => {
  expect(names('2026-06-30T23:59:59Z')).toEqual([]);
  expect(names('2026-07-01T00:00:00Z')).toEqual(['aa']);
  expect(names('2026-07-02T00:00:00Z')).toEqual(['aa', 'bb']);
});

test('an expired one is a warning at its line, and the spec loads', () => {
  expect(expiredEgress(spec, new Date('2026-07-01T12:00:00Z'))).toEqual([
    {
      ruleId: 'egress-allowance-expired',
      level: 'warning',
      message:
        'The allowance aa expired on 2026-06-30 and is left out of the firewall: ops@contoso.com renews or removes it.',
      controls: ['pci-dss-4.0.1:1.2.7'],
      location: { file: 'landing-zone.yaml', line: 2, column: 95, path: 'egress[0].expires' },
    },
  ]);
});
