import { describe, expect, test } from 'vitest';
import { featureLives } from './feature-lives.ts';
import { isOffered, lastDayOf } from './is-offered.ts';

const on = (day: string) => ({ asOf: new Date(`${day}T12:00:00Z`) });

/** Days: the pages that the rows name, and original-azure 7.3. */
describe('what Azure offers on a day', () => {
  test.each([
    ['flow log of a security group', '2025-06-30', '2025-07-01'],
    ['content trust', '2026-05-30', '2026-05-31'],
    ['open service mesh', '2027-09-30', '2027-10-01'],
    ['inline web application firewall', '2027-03-15', '2027-03-16'],
  ] as const)('%s: on %s still, on %s no more', (feature, last, first) => {
    expect(isOffered(feature, on(last))).toBe(true);
    expect(isOffered(feature, on(first))).toBe(false);
    expect(lastDayOf(feature)).toBe(last);
  });

  test('everything of the reference implementation was there on the day of its release', () => {
    const missing = (Object.keys(featureLives) as (keyof typeof featureLives)[]).filter(
      (feature) => !isOffered(feature, on('2021-12-14')),
    );
    expect(missing).toEqual([]);
  });

  test('each row says why, what instead, and who says so', () => {
    for (const { reason, alternative, source } of Object.values(featureLives)) {
      for (const text of [reason, alternative, source]) expect(text.length).toBeGreaterThan(5);
    }
  });
});
