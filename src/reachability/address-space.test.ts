import { describe, expect, it } from 'vitest';
import { type AddressRange, parsePrefix } from '../kernel/address.ts';
import { addressSpace } from './address-space.ts';
import { intersect, subtract } from './intervals.ts';

const range = (text: string): AddressRange => parsePrefix(text) as AddressRange;
const inside = (inner: readonly number[], outer: readonly number[]): boolean => subtract(inner, outer).length === 0;

describe('address space', () => {
  const space = addressSpace(
    [range('10.0.0.0/16'), range('20.9.0.0/16')],
    ['Storage', 'Storage.EastUS2', 'AzureCloud.EastUS2', 'Sql'],
  );

  it('puts regional tags into the global one and into their region of AzureCloud', () => {
    expect(inside(space.ofTag('storage.eastus2'), space.ofTag('Storage'))).toBe(true);
    expect(inside(space.ofTag('Storage.EastUS2'), space.ofTag('AzureCloud.eastus2'))).toBe(true);
    expect(inside(space.ofTag('Storage'), space.ofTag('AzureCloud.eastus2'))).toBe(false);
    expect(inside(space.ofTag('Storage'), space.ofTag('AzureCloud'))).toBe(true);
    expect(inside(space.ofTag('AzureCloud'), space.internet)).toBe(true);
  });

  it('takes different services as disjoint', () => {
    expect(intersect(space.ofTag('Storage'), space.ofTag('Sql'))).toEqual([]);
  });

  it('leaves open whether a public address is in a tag, and never puts a private one there', () => {
    const literal = space.ofRange(range('20.1.2.3'));
    expect(intersect(literal, space.ofTag('Sql'))).not.toEqual([]);
    expect(inside(literal, space.ofTag('Sql'))).toBe(false);
    expect(intersect(space.ofRange(range('10.0.0.4')), space.ofTag('AzureCloud'))).toEqual([]);
    expect(intersect(space.ofRange(range('20.9.0.4')), space.ofTag('AzureCloud'))).toEqual([]);
  });

  it('keeps private, reserved and own ranges out of the internet', () => {
    for (const text of [
      '10.0.0.0/8',
      '100.64.0.0/10',
      '169.254.169.254',
      '168.63.129.16',
      '20.9.0.0/16',
      '127.0.0.1',
    ]) {
      expect(intersect(space.ofRange(range(text)), space.internet), text).toEqual([]);
    }
    expect(inside(space.ofRange(range('8.8.8.8')), space.internet)).toBe(true);
  });

  it('describes sets in words', () => {
    expect(space.describeSet(space.ofRange(range('10.0.1.0/24')))).toBe('10.0.1.0/24');
    expect(space.describeSet(space.ofTag('Sql'))).toContain('tag:Sql');
    expect(space.describeSet(space.all)).toBe('any');
  });

  it('can hold IPv6 prefixes that it was told of', () => {
    const six = addressSpace([range('fd00::/64')], [], [range('2001:db8::/32'), range('2001:db8:1::/48')]);
    expect(inside(six.ofRange(range('2001:db8:1::/48')), six.ofRange(range('2001:db8::/32')))).toBe(true);
    expect(inside(six.ofRange(range('2001:db8::/32')), six.internet)).toBe(true);
    expect(intersect(six.ofRange(range('fd00::/64')), six.internet)).toEqual([]);
    expect(() => six.ofRange(range('2001:db9::/32'))).toThrow(RangeError);
  });
});
