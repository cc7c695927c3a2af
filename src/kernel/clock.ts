import { type Milliseconds, milliseconds } from './units.ts';

/** Injected wherever time is read or waited for, so that runs can be replayed. */
export interface Clock {
  /** Wall time. */
  now(): Date;
  /** Monotonic time for durations, in milliseconds from an arbitrary start. */
  elapsed(): Milliseconds;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: Milliseconds, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => milliseconds(performance.now()),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};

/** A clock that stands at `start`; `sleep` moves it on and returns at once. */
export function fixedClock(start: Date): Clock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    elapsed: () => milliseconds(now - start.getTime()),
    sleep: async (ms) => {
      now += ms;
    },
  };
}
