import { describe, expect, test } from 'vitest';
import { type Clock, fixedClock } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/units.ts';
import { followToEnd, type LongRunningExchange } from './long-running.ts';

/** learn.microsoft.com, "Track asynchronous Azure operations": which header, which status, how long to wait. */
const url = 'https://arm.example/x';
const exchange = (
  status: number,
  headers: Record<string, string> = {},
  body: unknown = undefined,
): LongRunningExchange => ({
  url,
  status,
  headers,
  body,
});

/** Runs an operation on a clock that stands still but for sleeping; the answers to polls come in order. */
async function follow(
  method: 'PUT' | 'PATCH' | 'POST' | 'DELETE',
  first: LongRunningExchange,
  polls: LongRunningExchange[],
) {
  const inner = fixedClock(new Date('2026-03-01T12:00:00Z'));
  const waited: number[] = [];
  const asked: string[] = [];
  const clock: Clock = {
    ...inner,
    sleep: async (ms: Milliseconds) => {
      waited.push(ms);
      await inner.sleep(ms);
    },
  };
  const end = await followToEnd({
    method,
    clock,
    send: async () => first,
    poll: async (at) => {
      asked.push(at);
      const next = polls.shift();
      if (next === undefined) throw new Error(`no answer is left for ${at}`);
      return next;
    },
  });
  return { end, waited, asked };
}

describe('how long is waited', () => {
  test.each<[string, string, number]>([
    ['seconds', '7', 7000],
    ['an HTTP date', 'Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['a date that is past', 'Sun, 01 Mar 2026 11:00:00 GMT', 20],
    ['zero: soon, but not in a busy loop', '0', 20],
    ['nonsense: as if it said nothing', 'soon', 2000],
  ])('Retry-After is %s', async (_what, header, ms) => {
    const headers = { 'azure-asyncoperation': 'https://arm.example/op', 'retry-after': header };
    const { waited } = await follow('DELETE', exchange(202, headers), [exchange(200, {}, { status: 'Succeeded' })]);
    expect(waited).toEqual([ms]);
  });

  test('each answer says anew', async () => {
    const op = { 'azure-asyncoperation': 'https://arm.example/op' };
    const { waited } = await follow('DELETE', exchange(202, { ...op, 'retry-after': '1' }), [
      exchange(200, { 'retry-after': '10' }, { status: 'Running' }),
      exchange(200, {}, { status: 'Running' }),
      exchange(200, {}, { status: 'Succeeded' }),
    ]);
    expect(waited).toEqual([1000, 10_000, 2000]);
  });
});

describe('what is asked', () => {
  test('PUT without headers: the resource itself, until its provisioningState ends', async () => {
    const { end, asked } = await follow('PUT', exchange(201, {}, { properties: { provisioningState: 'Creating' } }), [
      exchange(200, {}, { properties: { provisioningState: 'Creating' } }),
      exchange(200, {}, { name: 'x', properties: { provisioningState: 'Succeeded' } }),
    ]);
    expect(asked).toEqual([url, url]);
    expect(end).toMatchObject({ status: 'succeeded', body: { name: 'x' } });
  });

  test('PUT that is done at once is not polled', async () => {
    const { end, asked } = await follow('PUT', exchange(200, {}, { name: 'x' }), []);
    expect(asked).toEqual([]);
    expect(end).toMatchObject({ status: 'succeeded', body: { name: 'x' } });
  });

  test('PATCH: the resource at the end, though Location was there for the polling', async () => {
    const headers = { 'azure-asyncoperation': 'https://arm.example/op', location: 'https://arm.example/result' };
    const { asked } = await follow('PATCH', exchange(202, headers), [
      exchange(200, {}, { status: 'Succeeded' }),
      exchange(200, {}, { name: 'x' }),
    ]);
    expect(asked).toEqual(['https://arm.example/op', url]);
  });

  test('POST with Location: 202 until the result stands there (what-if)', async () => {
    const { end, asked } = await follow('POST', exchange(202, { location: 'https://arm.example/result' }), [
      exchange(202, { location: 'https://arm.example/result-2' }),
      exchange(200, {}, { status: 'Succeeded', properties: { changes: [] } }),
    ]);
    expect(asked).toEqual(['https://arm.example/result', 'https://arm.example/result-2']);
    expect(end.body).toMatchObject({ properties: { changes: [] } });
  });

  test.each(['Failed', 'Canceled'])('an operation that says %s has ended so, with its own words', async (status) => {
    const { end } = await follow('PUT', exchange(201, { 'azure-asyncoperation': 'https://arm.example/op' }), [
      exchange(200, {}, { status, error: { code: 'C', message: 'm' } }),
    ]);
    expect(end).toMatchObject({ status: status.toLowerCase(), body: { error: { code: 'C' } } });
  });
});

test('the signal ends the wait', async () => {
  const abort = new AbortController();
  const clock: Clock = {
    ...fixedClock(new Date(0)),
    sleep: async (_ms, signal) => {
      abort.abort(new Error('stop'));
      throw signal?.reason;
    },
  };
  const ended = followToEnd({
    method: 'DELETE',
    clock,
    signal: abort.signal,
    send: async () => exchange(202, { location: 'https://arm.example/op' }),
    poll: async () => exchange(202),
  });
  await expect(ended).rejects.toMatchObject({ code: 'INTERRUPTED', kind: 'interrupted' });
});
