/** Upper bounds of the duration buckets, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

type Labels = Readonly<Record<string, string>>;
interface Series {
  readonly labels: Labels;
  value: number;
}
interface Histogram {
  readonly labels: Labels;
  readonly counts: number[];
  sum: number;
  count: number;
}

/** What the service counts. Label values come from routes and settings, never from a request, so the number of series is fixed. */
export interface Metrics {
  request(route: string, status: number, ms: number): void;
  call(kind: 'peer' | 'external', target: string, outcome: string, ms: number): void;
  inFlight(change: 1 | -1): void;
  /** The whole in the Prometheus text format 0.0.4. */
  text(): string;
}

export function makeMetrics(service: string, startedSeconds: number): Metrics {
  const requests = new Map<string, Series>();
  const requestTimes = new Map<string, Histogram>();
  const calls = new Map<string, Series>();
  const callTimes = new Map<string, Histogram>();
  let inFlight = 0;

  return {
    request(route, status, ms) {
      increase(requests, { route, status: String(status) });
      observe(requestTimes, { route }, ms / 1000);
    },
    call(kind, target, outcome, ms) {
      increase(calls, { kind, target, outcome });
      observe(callTimes, { kind, target }, ms / 1000);
    },
    inFlight(change) {
      inFlight += change;
    },
    text() {
      const memory = process.memoryUsage.rss();
      return [
        ...counter('workload_requests_total', 'Requests answered, by route and status.', requests),
        ...histogram('workload_request_duration_seconds', 'Time to answer a request.', requestTimes),
        ...counter('workload_calls_total', 'Calls made to peers and to hosts outside, by outcome.', calls),
        ...histogram('workload_call_duration_seconds', 'Time of a call.', callTimes),
        ...gauge('workload_requests_in_flight', 'Requests being answered.', inFlight),
        ...gauge('workload_info', 'Which service this is.', 1, { service }),
        ...gauge('process_start_time_seconds', 'Start of the process, Unix time.', startedSeconds),
        ...gauge('process_resident_memory_bytes', 'Resident memory.', memory),
        '',
      ].join('\n');
    },
  };
}

function increase(series: Map<string, Series>, labels: Labels): void {
  const key = render(labels);
  const one = series.get(key);
  if (one === undefined) series.set(key, { labels, value: 1 });
  else one.value += 1;
}

function observe(histograms: Map<string, Histogram>, labels: Labels, seconds: number): void {
  const key = render(labels);
  const one = histograms.get(key) ?? { labels, counts: buckets.map(() => 0), sum: 0, count: 0 };
  histograms.set(key, one);
  const at = buckets.findIndex((bound) => seconds <= bound);
  if (at >= 0) one.counts[at] = (one.counts[at] as number) + 1;
  one.sum += seconds;
  one.count += 1;
}

function counter(name: string, help: string, series: ReadonlyMap<string, Series>): string[] {
  return [
    ...head(name, help, 'counter'),
    ...[...series.values()].map((one) => `${name}${render(one.labels)} ${one.value}`),
  ];
}

function gauge(name: string, help: string, value: number, labels: Labels = {}): string[] {
  return [...head(name, help, 'gauge'), `${name}${render(labels)} ${value}`];
}

function histogram(name: string, help: string, histograms: ReadonlyMap<string, Histogram>): string[] {
  const lines = head(name, help, 'histogram');
  for (const { labels, counts, sum, count } of histograms.values()) {
    let below = 0;
    buckets.forEach((bound, index) => {
      below += counts[index] as number;
      lines.push(`${name}_bucket${render({ ...labels, le: String(bound) })} ${below}`);
    });
    lines.push(`${name}_bucket${render({ ...labels, le: '+Inf' })} ${count}`);
    lines.push(`${name}_sum${render(labels)} ${sum}`, `${name}_count${render(labels)} ${count}`);
  }
  return lines;
}

const head = (name: string, help: string, type: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

function render(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Prometheus text format: backslash, quote and line feed are escaped in label values. */
const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
