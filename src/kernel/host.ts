import type { Clock } from './clock.ts';
import type { Message } from './messages.ts';

/** What the rooms are given of the outside: somebody who listens, the time, and a signal to stop. */
export interface Host {
  readonly clock: Clock;
  emit(message: Message): void;
  readonly signal?: AbortSignal;
}

/** A host that keeps what it hears, for tests and for callers that only want the result. */
export function silentHost(clock: Clock): Host & { readonly heard: Message[] } {
  const heard: Message[] = [];
  return { clock, heard, emit: (message) => void heard.push(message) };
}
