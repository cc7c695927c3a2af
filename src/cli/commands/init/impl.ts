import * as path from 'node:path';
import { Problem } from '../../../kernel/errors.ts';
import { createExclusively, writeTextAtomically } from '../../../kernel/files.ts';
import { initialSpec } from '../../../spec/init.ts';
import { specJsonSchema } from '../../../spec/json-schema.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, shown } from '../../global-flags.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';

export interface InitFlags {
  readonly profile: 'current' | '2021';
  readonly output?: OutputFormat;
}

export async function init(this: Context, flags: InitFlags, folder?: string): Promise<void> {
  const file = path.join(absolute(this, folder ?? '.'), 'landing-zone.yaml');
  const text = initialSpec(flags.profile);
  if (!createExclusively(file, text, 0o644)) {
    throw new Problem({
      code: 'SPEC_EXISTS',
      kind: 'usage',
      message: `${shown(this, file)} is already there.`,
      why: 'It may hold choices that somebody made.',
      hint: 'Give another folder, or move the file away first.',
    });
  }
  const schema = path.join(path.dirname(file), 'landing-zone.schema.json');
  writeTextAtomically(schema, `${JSON.stringify(specJsonSchema(), undefined, 2)}\n`);
  await printOutcome(this, flags.output, {
    verb: 'init',
    body: { files: [file, schema] },
    rows: [[file], [schema]],
    exit: exitCodes.done,
    text: (style) =>
      `Wrote ${style('cyan', shown(this, file))}. Put in your tenant, subscription and group, then run \`aks-regulated up\`.`,
  });
}
