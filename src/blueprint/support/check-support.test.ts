import { describe, expect, test } from 'vitest';
import { contextOf } from '../context.ts';
import { testSpec } from '../test-spec.ts';
import { supportProblems } from './check-support.ts';

const on = (day: string, more = '') =>
  supportProblems(contextOf(testSpec(`profile: 2021\n${more}`), { today: new Date(`${day}T12:00:00Z`) }));

/** Sources: azure-2026-and-pci section 2 and original-azure 7.3, with the pages that the rows name. */
describe('the profile of 2021', () => {
  test('is whole on the day of the reference implementation', () => {
    expect(on('2021-12-14')).toEqual([]);
  });

  test('has at least eight reasons against it today, each with its day, the line and what to take instead', () => {
    const problems = on('2026-11-27');
    expect(problems.length).toBeGreaterThanOrEqual(8);
    for (const problem of problems) {
      expect(problem.message).toMatch(/on 20\d\d-\d\d-\d\d\.$/);
      expect(problem.message.slice(-11, -1) < '2026-11-27').toBe(true);
      expect(problem.place?.path).toBe('profile');
      expect(problem.why).toContain('Source: ');
      expect(problem.hint).toMatch(/^(Take|Choose) /);
    }
  });

  test.each([
    ['2022-07-31', '2022-08-01', 'Kubernetes 1.21'],
    ['2025-06-30', '2025-07-01', 'Flow logs of network security groups'],
    ['2026-05-30', '2026-05-31', 'Content trust'],
    ['2027-09-30', '2027-10-01', 'Open Service Mesh'],
  ])('%s is the last day and %s the first without: %s', (last, first, what) => {
    const told = (day: string) => on(day).filter(({ message }) => message.includes(what));
    expect(told(last)).toEqual([]);
    expect(told(first)).toHaveLength(1);
  });

  test('a version that the file names is told at its line', () => {
    const [problem] = on('2022-08-01', 'clusters: [{ kubernetes: { version: "1.21" } }]\n');
    expect(problem?.place?.path).toBe('clusters[0].kubernetes.version');
  });
});

test('profile current has no end today', () => {
  expect(supportProblems(contextOf(testSpec(), { today: new Date('2026-11-27T12:00:00Z') }))).toEqual([]);
});
