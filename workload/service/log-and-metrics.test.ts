import { describe, expect, test } from 'vitest';
import { makeLog } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { traceHeader, traceOf } from './trace.ts';

describe('log lines', () => {
  const line = (fields: Record<string, string | number>): Record<string, unknown> => {
    let written = '';
    makeLog(
      'web-frontend',
      (one) => {
        written += one;
      },
      () => new Date('2026-01-02T03:04:05Z'),
    )('info', 'call', fields);
    expect(written.endsWith('\n')).toBe(true);
    expect(written.trimEnd()).not.toContain('\n');
    return JSON.parse(written) as Record<string, unknown>;
  };

  test('are one JSON object each', () => {
    expect(line({ ms: 3 })).toEqual({
      ms: 3,
      time: '2026-01-02T03:04:05.000Z',
      level: 'info',
      service: 'web-frontend',
      event: 'call',
    });
  });

  test('a value cannot start a line, take over a field or go on for ever', () => {
    const { reason, event, level } = line({ reason: `a\nb${'x'.repeat(900)}`, event: 'forged', level: 'forged' });
    expect([event, level]).toEqual(['call', 'info']);
    expect(String(reason)).toHaveLength(501);
  });

  test('passwords in addresses are taken out', () => {
    expect(line({ reason: 'to http://user:secret@host/ and https://t0ken@host' }).reason).toBe(
      'to http://***@host/ and https://***@host',
    );
  });
});

describe('metrics', () => {
  test('are in the Prometheus text format: cumulative buckets, sum and count, escaped labels', () => {
    const metrics = makeMetrics('web-frontend', 1_700_000_000);
    for (const ms of [4, 30, 700, 60_000]) metrics.call('peer', 'a"b\\c\nd', 'ok', ms);
    metrics.request('/', 200, 12);
    metrics.inFlight(1);
    const lines = metrics.text().split('\n');
    const target = 'kind="peer",target="a\\"b\\\\c\\nd"';
    expect(lines).toContain(`workload_calls_total{${target},outcome="ok"} 4`);
    const buckets = lines.filter((one) => one.startsWith(`workload_call_duration_seconds_bucket{${target}`));
    expect(buckets.map((one) => one.slice(one.indexOf('le=')))).toEqual([
      'le="0.005"} 1',
      'le="0.01"} 1',
      'le="0.025"} 1',
      'le="0.05"} 2',
      'le="0.1"} 2',
      'le="0.25"} 2',
      'le="0.5"} 2',
      'le="1"} 3',
      'le="2.5"} 3',
      'le="5"} 3',
      'le="10"} 3',
      'le="+Inf"} 4',
    ]);
    expect(lines).toContain(`workload_call_duration_seconds_sum{${target}} 60.734`);
    expect(lines).toContain(`workload_call_duration_seconds_count{${target}} 4`);
    expect(lines).toContain('workload_requests_in_flight 1');
    expect(lines).toContain('process_start_time_seconds 1700000000');
    // Every line is a comment, a sample or empty, and the text ends with a line feed.
    expect(lines.filter((one) => !/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{.*\})? [\d.e+-]+|)$/.test(one))).toEqual([]);
    expect(lines.at(-1)).toBe('');
  });
});

describe('trace context', () => {
  // https://www.w3.org/TR/trace-context/#traceparent-header: the example, and what must be treated as absent.
  const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  test('goes on with the same trace and a new parent', () => {
    const header = traceHeader(traceOf(parent));
    expect(header).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect(header).not.toBe(parent);
  });

  test.each([
    [undefined],
    ['00-00000000000000000000000000000000-00f067aa0ba902b7-01'],
    ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01'],
    ['00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01'],
    ['x'],
  ])('%s starts a new one', (header) => {
    expect(traceOf(header).id).toMatch(/^(?!4bf92f)[0-9a-f]{32}$/);
  });
});
