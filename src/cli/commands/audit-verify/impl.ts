import * as path from 'node:path';
import { verifyLogFile } from '../../../audit/log.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, dataFolder, shown } from '../../global-flags.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';

export interface AuditVerifyFlags {
  readonly data?: string;
  readonly output?: OutputFormat;
}

export async function auditVerify(this: Context, flags: AuditVerifyFlags, given?: string): Promise<void> {
  const file =
    given === undefined ? path.join(dataFolder(this, flags.data), 'audit', 'audit.jsonl') : absolute(this, given);
  const result = verifyLogFile(file);
  await printOutcome(this, flags.output, {
    verb: 'audit-verify',
    body: { file, ...result },
    rows: [[file, String(result.entries), String(result.valid)]],
    // What could not be checked is not known to hold.
    exit: result.valid && result.notChecked.length === 0 ? exitCodes.done : exitCodes.findings,
    text: (style) =>
      result.valid
        ? [
            `${style('green', '✓')} ${result.entries} entries in ${shown(this, file)}: the chain holds`,
            ...result.notChecked.map((one) => `${style('red', 'not checked')} ${one}`),
          ].join('\n')
        : `${style(['bold', 'red'], 'broken')} ${shown(this, file)}${result.brokenAt === undefined ? '' : `:${result.brokenAt.line} ${result.brokenAt.why}`}`,
  });
}
