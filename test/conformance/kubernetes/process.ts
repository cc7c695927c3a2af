import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** A program that runs until it is told to stop; what it says is in a file. */
export interface Running {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  hasEnded(): boolean;
  /** The last lines that it wrote. */
  lastWords(): string;
  /** SIGTERM, and SIGKILL where that did not help within `patience` milliseconds. */
  stop(patience?: number): Promise<void>;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Name of the log file, where the program's own would not do. */
  readonly log?: string;
}

const running = new Set<number>();
// A test run that is ended by force leaves no server behind.
process.once('exit', () => {
  for (const pid of running) kill(pid, 'SIGKILL');
});

export function startProgram(program: string, args: readonly string[], options: ProgramOptions): Running {
  const name = options.log ?? path.basename(program);
  const logFile = path.join(options.cwd, `${name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(program, args, {
    cwd: options.cwd,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...options.environment },
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started.`);
  running.add(pid);
  let ended = false;
  const exit = once(child, 'exit').finally(() => {
    ended = true;
    running.delete(pid);
  });
  return {
    name,
    pid,
    logFile,
    hasEnded: () => ended,
    lastWords: () => readFileSync(logFile, 'utf8').split('\n').slice(-30).join('\n'),
    async stop(patience = 15_000) {
      if (ended) return;
      kill(pid, 'SIGTERM');
      const timer = setTimeout(() => kill(pid, 'SIGKILL'), patience);
      await exit;
      clearTimeout(timer);
    },
  };
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * Asks again and again until there is an answer, and at most for `seconds`.
 * @param what what is waited for, as it stands in the error.
 * @param ask its result is returned once it is not undefined; an error counts as not yet, and the last one is told.
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  { seconds = 60, every = 200, of }: { seconds?: number; every?: number; of?: Running } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  let last: unknown;
  while (performance.now() < deadline) {
    if (of?.hasEnded()) throw new Error(`${of.name} ended while waiting for ${what}:\n${of.lastWords()}`);
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  const told = last instanceof Error ? last.message : '';
  throw new Error(`No ${what} within ${seconds} s. ${told}\n${of?.lastWords() ?? ''}`);
}

/** Ports of the loopback interface that nobody listens on now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
