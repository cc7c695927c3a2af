import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** One line of a program's structured log. */
export type LogLine = Readonly<Record<string, string | number | boolean>>;

/** A program that runs, and what it has said so far. */
export interface Running {
  readonly name: string;
  readonly log: readonly LogLine[];
  /** The `started` line: its ports. */
  readonly started: LogLine;
  /** Ends it with SIGTERM, after a while with SIGKILL. @returns its exit code; null when it was killed */
  stop(): Promise<number | null>;
}

const startMs = 15_000;
const stopMs = 5_000;

/**
 * Starts a program with Node and waits until it says that it listens.
 * @throws Error with its last words when it ends first or takes too long
 */
export async function startProgram(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Running> {
  // Nothing of this process's environment goes along: it may hold what a service must not see.
  const child = spawn(process.execPath, [...args], { env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const log: LogLine[] = [];
  const words: string[] = [];
  const started = new Promise<LogLine>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not start in time.`)), startMs);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = parse(line);
      if (entry === undefined) return void words.push(line);
      log.push(entry);
      if (entry.event !== 'started') return;
      clearTimeout(timer);
      resolve(entry);
    });
    createInterface({ input: child.stderr }).on('line', (line) => words.push(line));
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      const last = log.at(-1);
      reject(new Error([`${name} ended with ${code}.`, last?.reason ?? '', ...words].join(' ').trim()));
    });
  });
  try {
    return { name, log, started: await started, stop: () => stopChild(child) };
  } catch (error) {
    await stopChild(child);
    throw error;
  }
}

async function stopChild(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await gone;
  clearTimeout(killer);
  return child.exitCode;
}

function parse(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}
