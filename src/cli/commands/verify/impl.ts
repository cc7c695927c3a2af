import type { FindingLevel } from '../../../model/finding.ts';
import { verify } from '../../../verify/index.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { loadIntents } from '../../intents.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { missingText, renderVerification } from '../../render/verification.ts';
import { loadState } from '../../state/load-state.ts';

export interface VerifyFlags {
  readonly state?: string;
  readonly intents?: string;
  readonly failOn: FindingLevel;
  readonly asOf?: Date;
  readonly data?: string;
  readonly output?: OutputFormat;
}

const severity: Readonly<Record<FindingLevel, number>> = { note: 0, warning: 1, error: 2 };

export async function verifyVerb(this: Context, flags: VerifyFlags): Promise<void> {
  const state = await loadState(this, flags.state, flags.data, flags.asOf);
  const intents = loadIntents(this, flags.intents, flags.state);
  const result = verify(state, intents, { today: flags.asOf ?? this.clock.now() });
  const fails = result.findings.some((finding) => severity[finding.level] >= severity[flags.failOn]);
  await printOutcome(this, flags.output, {
    verb: 'verify',
    body: { ...result },
    rows: [
      ...result.findings.map((finding) => [finding.level, finding.ruleId, finding.message, finding.resource ?? '']),
      ...result.notChecked.map((one) => ['not checked', one.ruleId, missingText(one), '']),
    ],
    exit: fails ? exitCodes.findings : exitCodes.done,
    text: (style) => renderVerification(result, style),
  });
}
