import { run } from '@stricli/core';
import { systemClock } from '../kernel/clock.ts';
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
  const style = styleFor(process, process.stderr);
  const app = buildCli(version, process.env, style);
  // The framework decides on colour by itself from the stream; NO_COLOR and CLICOLOR_FORCE are decided in styleFor.
  const colour = style('red', 'x') !== 'x';
  const { stdout, stderr, env } = process;
  const streams: ProcessLike = { stdout, stderr, env: colour ? env : { ...env, STRICLI_NO_COLOR: '1' } };
  const context: Context = { process: streams, folder, clock: systemClock, signal };
  await run(app, inputs, context);
  const code = Number(streams.exitCode ?? 0);
  // Negative codes are the framework's: -4 and -5 are a command line that it cannot read.
  if (code === -4 || code === -5 || code === 251 || code === 252) return exitCodes.usage;
  if (code < 0 || code > 252) return exitCodes.failed;
  return code;
}
