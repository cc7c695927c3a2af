import { Problem } from '../kernel/errors.ts';
import type { Place } from '../kernel/place.ts';

/** A problem of the user's file: the process ends as it does for wrong usage. */
export const usageProblem = (
  code: string,
  message: string,
  place: Place,
  more: { why?: string; hint?: string; related?: readonly Place[] } = {},
) => new Problem({ code, message, place, kind: 'usage', ...more });

/** More levels than a landing zone needs. */
export const depthLimit = 20;

export const tooDeep = (place: Place): Problem =>
  usageProblem('SPEC_TOO_DEEP', `The file is nested more than ${depthLimit} levels deep.`, place, {
    hint: 'A landing zone needs six.',
  });
