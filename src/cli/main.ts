import { run } from '@stricli/core';
import { systemClock } from '../kernel/clock.ts';
import { Problem } from '../kernel/errors.ts';
import { buildCli } from './app.ts';
import type { Context, ProcessLike } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { styleFor } from './render/style.ts';

export interface MainInput {
  readonly process: ProcessLike;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly version: string;
}

/** Runs one command line and returns the exit code. Nothing here touches the real process: a whole run can be a test. */
export async function main(
  inputs: readonly string[],
  { process, folder, signal, version }: MainInput,
): Promise<number> {
  const context: Context = { process, folder, clock: systemClock, signal };
  const style = styleFor(process, process.stderr);
  const app = buildCli(version, process.env, style);
  // The framework decides on colour by itself from the stream; NO_COLOR and CLICOLOR_FORCE are decided here.
  const colour = style('red', '') !== '' || process.stderr.isTTY === true;
  const streams = { ...process, env: { ...process.env, ...(colour ? {} : { STRICLI_NO_COLOR: '1' }) } };
  const proxied: Context = { ...context, process: streams };
  await run(app, inputs, proxied);
  const code = Number(streams.exitCode ?? 0);
  // Negative codes are the framework's: -4 and -5 are a command line that it cannot read.
  if (code === -4 || code === -5 || code === 251 || code === 252) return exitCodes.usage;
  if (code < 0 || code > 252) return exitCodes.failed;
  return code;
}

/** What a command throws when Ctrl-C stops it. */
export function interrupted(): Problem {
  return new Problem({ code: 'INTERRUPTED', kind: 'interrupted', message: 'Interrupted.' });
}
