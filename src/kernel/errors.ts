import type { Place } from './place.ts';

/** How a failure ends the process; the CLI maps each kind to one exit code (design: cli.md, "Manners"). */
export type FailureKind = 'failed' | 'usage' | 'not-found' | 'findings' | 'refused' | 'interrupted';

export interface ProblemInit {
  /** Stable, upper snake case, greppable: `SPEC_RANGES_OVERLAP`. */
  readonly code: string;
  /** What is wrong, one sentence, no trailing advice. */
  readonly message: string;
  /** Where in the user's file. */
  readonly place?: Place | undefined;
  /** Further places that take part, e.g. the other of two overlapping ranges. */
  readonly related?: readonly Place[];
  /** Why it matters. */
  readonly why?: string;
  /** What to do. */
  readonly hint?: string;
  readonly kind?: FailureKind;
  readonly cause?: unknown;
}

/** The one error base. Every failure that a user can meet is a `Problem`; anything else that is thrown is a defect. */
export class Problem extends Error {
  override readonly name: string = 'Problem';
  readonly code: string;
  readonly place: Place | undefined;
  readonly related: readonly Place[];
  readonly why: string | undefined;
  readonly hint: string | undefined;
  readonly kind: FailureKind;

  constructor(init: ProblemInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.place = init.place;
    this.related = init.related ?? [];
    this.why = init.why;
    this.hint = init.hint;
    this.kind = init.kind ?? 'failed';
  }
}

/** Several problems of one input, reported together so that the user mends them in one go. */
export class Problems extends Problem {
  override readonly name = 'Problems';
  readonly all: readonly Problem[];

  constructor(all: readonly [Problem, ...Problem[]]) {
    const first = all[0];
    super({
      code: first.code,
      message: all.length === 1 ? first.message : `${first.message} (and ${all.length - 1} more)`,
      place: first.place,
      related: first.related,
      kind: first.kind,
      ...(first.why === undefined ? {} : { why: first.why }),
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    });
    this.all = all;
  }
}

/** Throws one `Problems` when there is at least one problem; returns otherwise. */
export function throwIfAny(problems: readonly Problem[]): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw rest.length === 0 ? first : new Problems([first, ...rest]);
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
