import type { TextRule } from '../complaint.ts';

/** Business units and applications have numbers of four digits. */
export const fourDigits: TextRule = (text) =>
  /^\d{4}$/.test(text)
    ? undefined
    : {
        code: 'SPEC_NUMBER_INVALID',
        message: `${JSON.stringify(text)} does not have four digits.`,
        why: 'Resource groups, networks and tags are named by it: bu0001a0005.',
        hint: 'Four digits in quotes: "0001".',
      };
