import type { TextRule } from '../complaint.ts';

/** A day that exists, as `YYYY-MM-DD`. */
export const date: TextRule = (text) => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
    ? undefined
    : {
        code: 'SPEC_DATE_INVALID',
        message: `${JSON.stringify(text)} is not a day of the calendar.`,
        hint: 'Write it as YYYY-MM-DD, e.g. 2027-06-30.',
      };
};
