import type { Call } from '../call-tree.ts';

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** A count in words up to twelve, in figures above. */
export const inWords = (count: number): string => small[count] ?? String(count);

/** A time as people say it: `12 ms`, `1.4 s`. */
export function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** How a call ended, in a few words. */
export function outcome(call: Call): string {
  if (call.success) return `answered ${call.statusCode}`;
  switch (call.failure) {
    case 'timed-out':
      return 'no answer in time';
    case 'refused':
      return `stopped with ${call.statusCode}`;
    case 'bad-answer':
      return 'unreadable answer';
    default:
      return 'no connection';
  }
}
