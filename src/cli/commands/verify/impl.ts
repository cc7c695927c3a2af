import * as path from 'node:path';
import { Problem } from '../../../kernel/errors.ts';
import { exists, readText } from '../../../kernel/files.ts';
import type { FindingLevel } from '../../../model/finding.ts';
import { readIntents, verify } from '../../../verify/index.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute } from '../../global-flags.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderVerification } from '../../render/verification.ts';
import { loadState } from '../../state/load-state.ts';

export interface VerifyFlags {
  readonly state?: string;
  readonly intents?: string;
  readonly failOn: FindingLevel;
  readonly data?: string;
  readonly output?: OutputFormat;
}

const severity: Readonly<Record<FindingLevel, number>> = { note: 0, warning: 1, error: 2 };

export async function verifyVerb(this: Context, flags: VerifyFlags): Promise<void> {
  const state = await loadState(this, flags.state, flags.data);
  const file = intentsFile(this, flags);
  const intents = readIntents(readText(file), file);
  const result = verify(state, intents);
  const fails = result.findings.some((finding) => severity[finding.level] >= severity[flags.failOn]);
  await printOutcome(this, flags.output, {
    verb: 'verify',
    body: { ...result },
    rows: result.findings.map((finding) => [finding.level, finding.ruleId, finding.message, finding.resource ?? '']),
    exit: fails ? exitCodes.findings : exitCodes.done,
    text: (style) => renderVerification(result, style),
  });
}

/** The statements to prove: the file given, the state folder's own, or what `synth` or `up` wrote last. */
function intentsFile(context: Context, flags: VerifyFlags): string {
  if (flags.intents !== undefined) return absolute(context, flags.intents);
  const folders = flags.state === undefined || flags.state === 'local' ? ['out'] : [flags.state];
  for (const folder of folders) {
    const file = path.join(absolute(context, folder), 'intents.yaml');
    if (exists(file)) return file;
  }
  throw new Problem({
    code: 'INTENTS_NOT_FOUND',
    kind: 'usage',
    message: `There is no intents.yaml in ${folders.join(' or ')}.`,
    why: 'Without statements there is nothing to prove.',
    hint: 'Name them with --intents FILE; `aks-regulated synth` writes the landing zone’s own.',
  });
}
