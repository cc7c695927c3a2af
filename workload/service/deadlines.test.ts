import { describe, expect, test } from 'vitest';
import { callDeadline, requestBudget } from './deadlines.ts';

describe('deadlines', () => {
  const hop = 1_000;

  test('each hop waits longer than everything below it can take', () => {
    // The page (depth 4) and the services below it, each with the whole time that its caller gives it.
    let budget = requestBudget(4, hop, undefined);
    const waits: number[] = [];
    for (const depth of [3, 2, 1, 0]) {
      const wait = callDeadline(depth, hop, budget);
      waits.push(wait);
      budget = requestBudget(depth, hop, String(wait));
    }
    expect(waits).toEqual([4_000, 3_000, 2_000, 1_000]);
  });

  test('a host outside gets one level, however high its caller stands', () => {
    expect(callDeadline(0, hop, 5_000)).toBe(1_000);
  });

  test('a caller with little time left gives less than it has, and never less than nothing', () => {
    expect([callDeadline(3, hop, 500), callDeadline(3, hop, 0), callDeadline(3, hop, -20)]).toEqual([450, 0, 0]);
  });

  test.each([
    ['absent', undefined, 3_000],
    ['shorter', '800', 800],
    ['longer than the rule', '999999', 3_000],
    ['not a number', '1e9', 3_000],
    ['negative', '-1', 3_000],
  ])("the caller's word, %s", (_name, header, expected) => {
    expect(requestBudget(2, hop, header)).toBe(expected);
  });
});
