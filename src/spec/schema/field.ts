import * as z from 'zod';
import type { Complaint, TextRule } from '../complaint.ts';

export interface FieldMeta {
  readonly description: string;
  readonly examples?: readonly unknown[];
  /** For editors; the rule decides. */
  readonly pattern?: string;
  /** For editors; the rule decides. */
  readonly enum?: readonly string[];
}

/** Carries a complaint through zod's issue list; `problems.ts` takes it out again. */
const asIssue = (complaint: Complaint) =>
  ({ code: 'custom', message: complaint.message, params: { complaint } }) as const;

/** A text that a rule decides about. */
export function text(meta: FieldMeta, rule?: TextRule) {
  return z
    .string()
    .superRefine((value, context) => {
      const complaint = rule?.(value);
      if (complaint !== undefined) context.addIssue(asIssue(complaint));
    })
    .meta({ ...meta });
}

/** A whole number that a rule decides about; the limits are for editors. */
export function wholeNumber(
  meta: FieldMeta & { readonly minimum?: number; readonly maximum?: number },
  rule?: (value: number) => Complaint | undefined,
) {
  return z
    .int()
    .superRefine((value, context) => {
      const complaint = rule?.(value);
      if (complaint !== undefined) context.addIssue(asIssue(complaint));
    })
    .meta({ ...meta });
}

/** Names and sentences that people read: not empty, one line, no more than `longest` characters. */
export function words(meta: FieldMeta, longest = 200) {
  return text({ ...meta, pattern: '\\S' }, (value) => {
    if (value.trim() === '') {
      return { code: 'SPEC_TEXT_EMPTY', message: 'The text is empty.', hint: 'Say it in a few words.' };
    }
    if (value.length > longest) {
      return {
        code: 'SPEC_TEXT_TOO_LONG',
        message: `The text has ${value.length} characters; ${longest} are allowed.`,
        hint: 'Shorten it.',
      };
    }
    return undefined;
  });
}

/** A list with limits; a rule decides, so that the complaint reads like the others. */
export function list<Item extends z.ZodType>(
  item: Item,
  meta: FieldMeta,
  limits: { readonly minItems?: number; readonly maxItems: number },
) {
  return z
    .array(item)
    .superRefine((value, context) => {
      if (value.length < (limits.minItems ?? 0)) {
        context.addIssue(
          asIssue({
            code: 'SPEC_LIST_TOO_SHORT',
            message: `The list has ${value.length} items; it needs at least ${limits.minItems}.`,
            hint: 'Add one, or remove the key to get the default.',
          }),
        );
      }
      if (value.length > limits.maxItems) {
        context.addIssue(
          asIssue({
            code: 'SPEC_LIST_TOO_LONG',
            message: `The list has ${value.length} items; ${limits.maxItems} are allowed.`,
            hint: 'Make it shorter, or divide it between several landing zones.',
          }),
        );
      }
    })
    .meta({ ...meta, ...limits });
}

export { asIssue };
