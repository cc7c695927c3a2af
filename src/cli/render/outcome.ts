import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { type Style, styleFor } from './style.ts';
import { renderTsv } from './table.ts';

export const outputFormats = ['json', 'yaml', 'table', 'tsv', 'none'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** What a verb gives back, before it is rendered. */
export interface Outcome {
  /** The verb's name in `schema`: `aks-regulated/<verb>`. */
  readonly verb: string;
  /** The members beside `schema` and `version`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** For people. */
  text(style: Style): string;
  /** For `-o tsv`: the main list. */
  readonly rows: readonly (readonly string[])[];
  readonly exit: ExitCode;
}

/** Prints an outcome on stdout in the form that was asked for (tables on a terminal, JSON into a pipe) and sets the exit code. */
export async function printOutcome(
  context: Context,
  format: OutputFormat | undefined,
  outcome: Outcome,
): Promise<void> {
  const { stdout } = context.process;
  const chosen = format ?? (stdout.isTTY === true ? 'table' : 'json');
  const document = { schema: `aks-regulated/${outcome.verb}`, version: 1, ...outcome.body };
  switch (chosen) {
    case 'json':
      stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
      break;
    case 'yaml': {
      const { stringify } = await import('./yaml-text.ts');
      stdout.write(stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 }));
      break;
    }
    case 'tsv':
      if (outcome.rows.length > 0) stdout.write(`${renderTsv(outcome.rows)}\n`);
      break;
    case 'table':
      stdout.write(`${outcome.text(styleFor(context.process, stdout))}\n`);
      break;
    case 'none':
      break;
  }
  context.process.exitCode = outcome.exit;
}
