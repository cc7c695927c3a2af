import { type FailureKind, Problem } from '../kernel/errors.ts';

/** The process's exit codes (design: cli.md, "Manners"). */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  findings: 4,
  refused: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byKind: Readonly<Record<FailureKind, ExitCode>> = {
  failed: exitCodes.failed,
  usage: exitCodes.usage,
  'not-found': exitCodes.notFound,
  findings: exitCodes.findings,
  refused: exitCodes.refused,
  interrupted: exitCodes.interrupted,
};

/** The exit code of anything that was thrown. A defect of ours is `failed`. */
export function exitCodeOf(thrown: unknown): ExitCode {
  return thrown instanceof Problem ? byKind[thrown.kind] : exitCodes.failed;
}
