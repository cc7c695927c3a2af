import type { CommandContext } from '@stricli/core';
import type { Clock } from '../kernel/clock.ts';

export interface OutputStream {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The process as the commands see it: everything of the outside is injected, so that a whole run can be a test. */
export interface ProcessLike {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Partial<Record<string, string>>>;
  exitCode?: number | string | null;
}

export interface Context extends CommandContext {
  readonly process: ProcessLike;
  /** Absolute path that relative paths of the command line start from. */
  readonly folder: string;
  readonly clock: Clock;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
