import { describe, expect, test } from 'vitest';
import { callers, expectedMatrix, expectedRow, targets } from './expected-matrix.ts';
import { externalAddresses, peerAddresses, type RoleName, roleNames } from './service/roles.ts';

describe('the expected matrix', () => {
  test('has each pair once: 5 callers by 6 targets, less the 4 calls to oneself', () => {
    const pairs = expectedMatrix.map((row) => `${row.caller} ${row.target}`);
    const wanted = callers.flatMap((caller) =>
      targets.filter((target) => target !== (caller as string)).map((target) => `${caller} ${target}`),
    );
    expect(pairs.sort()).toEqual(wanted.sort());
    expect(pairs).toHaveLength(26);
  });

  /** One page load, walked by the depth rule: a service that is reached calls everybody one level less deep. */
  function pageLoad(caller: RoleName, depth: number): readonly string[] {
    if (depth === 0) return [];
    const hosts = externalAddresses.map((address) => new URL(address).hostname);
    const peers = peerAddresses(caller).map((address) => new URL(address).hostname.split('.', 1)[0] as RoleName);
    const line = (target: string): string => `${caller} ${target} ${passes(caller, target) ? 'passes' : 'fails'}`;
    return [
      ...hosts.map(line),
      ...peers.flatMap((peer) => [line(peer), ...(passes(caller, peer) ? pageLoad(peer, depth - 1) : [])]),
    ];
  }
  const passes = (caller: string, target: string): boolean => expectedRow(caller, target)?.stoppedBy.length === 0;

  test('gives 20 calls on one page load, 4 that succeed and 16 that fail (the original, counted over its own policies)', () => {
    const calls = pageLoad('web-frontend', 4);
    expect(calls).toHaveLength(20);
    expect(new Set(calls).size).toBe(20);
    expect(calls.filter((call) => call.endsWith('passes')).sort()).toEqual([
      'microservice-a microservice-b passes',
      'microservice-a packages.microsoft.com passes',
      'microservice-b microservice-c passes',
      'web-frontend microservice-a passes',
    ]);
    const outside = calls.filter((call) => /packages\.microsoft\.com|example\.org/.test(call));
    expect([outside.length, calls.length - outside.length]).toEqual([8, 12]);
  });

  test('covers the four services and nobody else', () => {
    expect(callers.filter((caller) => caller !== 'ingress')).toEqual(roleNames);
  });
});
