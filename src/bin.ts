#!/usr/bin/env node
import packageJson from '../package.json' with { type: 'json' };
import { exitCodes } from './cli/exit-code.ts';
import { main } from './cli/main.ts';

// The first Ctrl-C asks the command to end cleanly; the second ends the process.
const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (abort.signal.aborted) process.exit(exitCodes.interrupted);
    abort.abort(new Error(`stopped by ${signal}`));
  });
}
// `aks-regulated … | head` closes the pipe: not an error worth a trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

process.exitCode = await main(process.argv.slice(2), {
  process: { stdout: process.stdout, stderr: process.stderr, env: process.env as Partial<Record<string, string>> },
  folder: process.cwd(),
  signal: abort.signal,
  version: packageJson.version,
});
