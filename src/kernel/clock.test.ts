import { expect, test } from 'vitest';
import { fixedClock, systemClock } from './clock.ts';
import { milliseconds } from './units.ts';

test('a fixed clock moves only when somebody sleeps', async () => {
  const clock = fixedClock(new Date('2026-01-01T00:00:00Z'));
  await clock.sleep(milliseconds(1500));
  expect(clock.now().toISOString()).toBe('2026-01-01T00:00:01.500Z');
  expect(clock.elapsed()).toBe(1500);
});

test('sleeping ends at once when aborted', async () => {
  const abort = new AbortController();
  const sleeping = systemClock.sleep(milliseconds(60_000), abort.signal);
  abort.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  await expect(systemClock.sleep(milliseconds(1), abort.signal)).rejects.toThrow('enough');
});
