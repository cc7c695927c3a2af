import { describe, expect, test } from 'vitest';
import { ExpressionFailure } from './arm-failures.ts';
import { maximumEvaluationDepth, maximumTemplateSize, maximumWork } from './limits.ts';
import { Meter } from './meter.ts';
import { settle, sizeOf } from './settle.ts';
import { symbolicRuntime } from './symbolic-runtime.ts';

/*
 * Limits to the last step. Sizes are those of JSON without blanks, counted as quotes and a separator for each text, and four for each
 * value of any other kind; so that `sizeOf` never says more than JSON.stringify by much, nor less by much.
 */
function failure(work: () => unknown): ExpressionFailure {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionFailure);
    return error as ExpressionFailure;
  }
  return expect.unreachable('nothing was refused');
}

const nothing = { resource: () => undefined, action: () => undefined };

describe('the meter', () => {
  test('allows so much work and no more', () => {
    const meter = new Meter();
    meter.spend(maximumWork - 1);
    meter.spend(1);
    const { message, fatal } = failure(() => meter.spend(1));
    expect(message).toBe(`The template takes too long to evaluate: more than '${maximumWork}' steps were needed`);
    expect(fatal).toBe(true);
  });

  test('charges a text by its length, eight characters a step', () => {
    const meter = new Meter();
    meter.spend(maximumWork - 2);
    meter.make(9);
    expect(() => meter.make(1)).toThrow('takes too long');
  });

  test('refuses what no template could hold, before it is made', () => {
    const meter = new Meter();
    meter.make(maximumTemplateSize);
    meter.fits(maximumTemplateSize);
    for (const refused of [() => meter.make(maximumTemplateSize + 1), () => meter.fits(maximumTemplateSize + 1)]) {
      const { message, fatal } = failure(refused);
      expect(message).toBe(
        `A value of the template exceeds the limit of '${maximumTemplateSize}' characters or elements`,
      );
      expect(fatal).toBe(true);
    }
  });

  test('counts levels, and forgets those that are left, by an error too', () => {
    const meter = new Meter();
    const down = (levels: number): number => (levels === 0 ? 0 : meter.deeper(() => 1 + down(levels - 1)));
    expect(down(maximumEvaluationDepth)).toBe(maximumEvaluationDepth);
    const { message, fatal } = failure(() => down(maximumEvaluationDepth + 1));
    expect(message).toBe(
      `The expressions of the template are nested more than '${maximumEvaluationDepth}' levels deep`,
    );
    expect(fatal).toBe(true);
    expect(down(maximumEvaluationDepth)).toBe(maximumEvaluationDepth);
  });
});

describe('sizes', () => {
  test.each([
    ['', 2],
    ['abc', 5],
    [1, 4],
    [null, 4],
    [true, 4],
    [[], 2],
    [['a', 1], 9],
    [{}, 2],
    [{ ab: 'c' }, 11],
    [{ a: { b: [] } }, 16],
  ])('%j takes %s', (value, size) => {
    expect(sizeOf(value, 1_000)).toBe(size);
  });

  test('counting stops once there is too much', () => {
    const wide = Array.from({ length: 1_000 }, () => 'x'.repeat(100));
    expect(sizeOf(wide, 150)).toBe(2 + 2 * 102);
    expect(sizeOf(['ab', 'cd'], 6)).toBe(10);
  });

  test('a value of the greatest size leaves the engine, one character more does not', () => {
    const ends = 2 + 4;
    const most = 'x'.repeat(maximumTemplateSize - ends);
    expect(settle([most], nothing)).toEqual([most]);
    const { message, fatal } = failure(() => settle([`${most}x`], nothing));
    expect(message).toBe(`The expanded template exceeds the limit of '${maximumTemplateSize}' characters`);
    expect(fatal).toBe(true);
  });

  test.each([
    ['names', { ['n'.repeat(100)]: 1 }],
    ['texts', ['t'.repeat(100)]],
    ['numbers', Array.from({ length: 25 }, () => 1)],
  ])('%s count', (_, part) => {
    const many = Array.from({ length: Math.ceil(maximumTemplateSize / 100) }, () => part);
    expect(() => settle(many, nothing)).toThrow('exceeds the limit');
    expect(sizeOf(many, maximumTemplateSize)).toBeGreaterThan(maximumTemplateSize);
    expect(settle(many.slice(0, many.length / 2), nothing)).toHaveLength(Math.floor(many.length / 2));
  });
});

test('texts leave as they are where there is a cloud, and as template text where there is none', () => {
  expect(settle(['[x]', '[[x]'], nothing)).toEqual(['[x]', '[[x]']);
  expect(settle(['[x]', 'x'], symbolicRuntime())).toEqual(['[[x]', 'x']);
});

test('what leaves is a copy', () => {
  const shared = { a: [1] };
  const settled = settle([shared, shared], nothing) as (typeof shared)[];
  expect(settled).toEqual([shared, shared]);
  expect(settled[0] === shared || settled[0]?.a === settled[1]?.a).toBe(false);
});
