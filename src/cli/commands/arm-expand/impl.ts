import { expandOffline, readJson, readParameterFile } from '../../../arm/index.ts';
import { Problem } from '../../../kernel/errors.ts';
import { readText } from '../../../kernel/files.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute } from '../../global-flags.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderTable } from '../../render/table.ts';

export interface ArmExpandFlags {
  readonly parameters?: string;
  readonly scope?: string;
  readonly output?: OutputFormat;
}
