import { supportRules } from '../blueprint/support/check-support.ts';
import { Problem } from '../kernel/errors.ts';
import type { Acceptance } from '../model/acceptance.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Finding } from '../model/finding.ts';
import { rules } from '../verify/index.ts';
import type { Style } from './render/style.ts';

/** `--accept`, once for each rule. */
export const acceptFlag = {
  kind: 'parsed',
  parse: parseAcceptance,
  variadic: true,
  optional: true,
  brief: 'Go on in spite of this rule, for this written reason, which the audit log and the report keep',
  placeholder: 'RULE=REASON',
} as const;

/** `RULE=REASON`; throws where the reason is missing. */
export function parseAcceptance(text: string): Acceptance {
  const at = text.indexOf('=');
  const rule = (at < 0 ? text : text.slice(0, at)).trim();
  const reason = at < 0 ? '' : text.slice(at + 1).trim();
  if (rule === '') throw new RangeError(`"${text}" is not of the form RULE=REASON`);
  if (!/\p{L}\s+\S*\p{L}/u.test(reason)) {
    throw new RangeError(`"${rule}" needs a written reason, of more than one word: --accept "${rule}=REASON"`);
  }
  if (/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(text))
    throw new RangeError(`The reason for "${rule}" has to be one line of text`);
  return { rule, reason };
}

/** Throws for what is no rule of the design, of `verify`, nor an intent of the landing zone; and for a rule that is named twice. */
export function checkAccepted(accepted: readonly Acceptance[], blueprint: Blueprint): void {
  const known = new Set([
    ...supportRules,
    ...rules.map(({ id }) => id),
    ...blueprint.parts.flatMap(({ intents }) => intents.map(({ id }) => id)),
  ]);
  for (const [index, { rule }] of accepted.entries()) {
    if (!known.has(rule)) {
      throw new Problem({
        code: 'ACCEPT_RULE_UNKNOWN',
        kind: 'usage',
        message: `--accept names "${rule}", which is no rule and no intent of this landing zone.`,
        hint: 'Take the name that the refusal or the finding tells.',
      });
    }
    if (accepted.findIndex((one) => one.rule === rule) !== index) {
      throw new Problem({
        code: 'ACCEPT_RULE_TWICE',
        kind: 'usage',
        message: `--accept names "${rule}" twice.`,
        hint: 'Give one reason.',
      });
    }
  }
}

/** Whether somebody has accepted a finding. It stays a finding. */
export function isAccepted({ ruleId }: Finding, accepted: readonly Acceptance[]): boolean {
  return accepted.some(({ rule }) => rule === ruleId);
}

/** What was accepted, a line each; no line where nothing was. */
export function acceptedLines(accepted: readonly Acceptance[], style: Style): readonly string[] {
  return accepted.map(({ rule, reason }) => `${style('yellow', 'accepted')} ${style('bold', rule)}  ${reason}`);
}
