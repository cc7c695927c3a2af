import { createHttpPoller, type OperationResponse } from '@azure/core-lro';
import type { HttpMethods } from '@azure/core-rest-pipeline';
import type { Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/errors.ts';
import { milliseconds } from '../kernel/units.ts';
import { retryAfter } from './retry.ts';

export interface LongRunningExchange {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface LongRunningOptions {
  readonly method: HttpMethods;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** The request that begins it. */
  send(): Promise<LongRunningExchange>;
  /** A GET of the operation, or of the resource at its end. */
  poll(url: string): Promise<LongRunningExchange>;
}

export interface LongRunningEnd {
  readonly status: 'succeeded' | 'failed' | 'canceled';
  /** The final resource, or the operation that says why it failed. */
  readonly body: unknown;
  /** Headers of the last answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where a service names no interval: its own default is 15 s, made for work of many minutes. */
const ownInterval = 2000;
/** A service that says 0 is asked again soon, not in a busy loop. */
const shortestInterval = 20;

/**
 * Follows a request to its end (learn.microsoft.com "Track asynchronous Azure operations"): Azure-AsyncOperation before Location before
 * the resource's own provisioningState. How answers are read is the SDK's poller; the waits are ours, on the injected clock.
 */
export async function followToEnd(options: LongRunningOptions): Promise<LongRunningEnd> {
  const { clock, method, signal } = options;
  let last: LongRunningExchange = { url: '', status: 0, headers: {}, body: undefined };
  const take = (exchange: LongRunningExchange, asked: HttpMethods): OperationResponse => {
    last = exchange;
    const { url, status, headers, body } = exchange;
    return {
      flatResponse: body,
      rawResponse: { statusCode: status, headers: { ...headers }, body, request: { method: asked, url } },
    };
  };
  const poller = createHttpPoller(
    {
      sendInitialRequest: async () => take(await options.send(), method),
      sendPollRequest: async (url) => take(await options.poll(url), 'GET'),
    },
    // After a PATCH the resource stands where it was asked for; `location` is only how to follow the operation.
    { resolveOnUnsuccessful: true, ...(method === 'PATCH' ? { resourceLocationConfig: 'original-uri' } : {}) },
  );
  await poller.submitted();
  while (!poller.isDone) {
    const asked = retryAfter(last.headers['retry-after'], clock.now().getTime());
    await wait(clock, asked ?? ownInterval, signal);
    await poller.poll();
  }
  const status = poller.operationState?.status;
  return {
    status: status === 'failed' || status === 'canceled' ? status : 'succeeded',
    body: status === 'failed' || status === 'canceled' ? last.body : poller.result,
    headers: last.headers,
  };
}

/** Sleeps at least 20 ms; throws `INTERRUPTED` when the signal stops it. */
export async function wait(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(milliseconds(Math.max(shortestInterval, ms)), signal);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
  if (signal?.aborted) throw new Problem({ code: 'INTERRUPTED', kind: 'interrupted', message: 'Interrupted.' });
}
