import type { RetryInformation, RetryModifiers, RetryStrategy } from '@azure/core-rest-pipeline';
import type { Milliseconds } from '../kernel/units.ts';

/** How often a request is sent again, and how long the first wait is; each further wait doubles. */
export interface RetryOptions {
  /** @default 4 */
  readonly count?: number;
  /** @default 1 s */
  readonly delay?: Milliseconds;
}

/** Faults of the way that a second try may not meet. A certificate that is not trusted is none of them. */
const passing = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
const longest = 60_000;

/**
 * 429 and 503 wait for as long as the service says, else like 408 and other 5xx (501 and 505 excepted) and like lost connections:
 * 1 s, 2 s, 4 s … with some jitter, so that clients that were refused together do not come back together.
 */
export function retryStrategy(options: RetryOptions = {}): RetryStrategy {
  const first = options.delay ?? 1000;
  return {
    name: 'armRetryStrategy',
    retry({ retryCount, response, responseError }: RetryInformation): RetryModifiers {
      const status = response?.status;
      const isPassing =
        status === undefined
          ? passing.has(responseError?.code ?? '')
          : status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
      if (!isPassing) return { skipStrategy: true };
      const asked = status === 429 || status === 503 ? retryAfter(response?.headers.get('retry-after')) : undefined;
      const own = Math.min(longest, first * 2 ** retryCount);
      return { retryAfterInMs: asked ?? own / 2 + (Math.random() * own) / 2 };
    },
  };
}

/** `Retry-After` in milliseconds: seconds, or an HTTP date (RFC 9110 section 10.2.3). @param now wall time in milliseconds */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const isDate = /^\s*[a-z]{3,9},? /i.test(header);
  const ms = isDate ? Date.parse(header) - now : /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Number.NaN;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
