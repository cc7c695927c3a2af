import { expect, test } from 'vitest';
import { everythingButTcp, portsBut } from './traffic.ts';

test.each([
  [[], ['0-65535']],
  [[443], ['0-442', '444-65535']],
  [[0, 65535], ['1-65534']],
  [
    [80, 82, 80],
    ['0-79', '81', '83-65535'],
  ],
])('every port but %j', (ports, expected) => {
  expect(portsBut(ports)).toEqual(expected);
});

test('all traffic but TCP to a port', () => {
  expect(everythingButTcp(22)).toEqual([
    { protocol: 'tcp', ports: ['0-21', '23-65535'] },
    { protocol: 'udp' },
    { protocol: 'icmp' },
  ]);
});
