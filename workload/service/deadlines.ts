/** The header in which a caller says how long it will wait, in whole milliseconds. */
export const deadlineHeader = 'x-deadline-ms';

/** Time kept back at each hop for the answer's own way: a callee must give up before its caller does. */
const returnShare = 0.1;

/**
 * How long a call may take. With the same time-out at every hop, one silently dropped call at the bottom of the tree makes
 * every caller above it time out as well. Here a call to a peer that will itself make calls `depth` levels deep gets one
 * level's time more than anything below it, and a call with nothing below it gets exactly one level's time:
 *
 *   depth 3 (page → a): 4 levels · depth 2: 3 levels · depth 1: 2 levels · depth 0 and hosts outside: 1 level
 *
 * What is left of the caller's own deadline, less a tenth for the way back, caps it. All times in milliseconds.
 */
export function callDeadline(depthBelow: number, hopMs: number, remainingMs: number): number {
  const own = (depthBelow + 1) * hopMs;
  return Math.max(0, Math.floor(Math.min(own, remainingMs * (1 - returnShare))));
}

/** How long a request of this depth may take to answer: what its caller waits, or what the rule gives when nobody says. */
export function requestBudget(depth: number, hopMs: number, header: string | undefined): number {
  const rule = (depth + 1) * hopMs;
  if (header === undefined || !/^\d{1,9}$/.test(header)) return rule;
  return Math.min(rule, Number(header));
}
