import type { Place } from '../kernel/place.ts';
import { ArmError, type ArmErrorBody } from './arm-error.ts';
import { ExpressionFailure, invalidTemplateBody } from './arm-failures.ts';
import { LocatedFailure } from './evaluate-tree.ts';
import type { JsonDocument, JsonPath } from './json-document.ts';

/** A template or a part of a document that holds one. */
export interface TemplateSource {
  readonly document: JsonDocument;
  readonly prefix: JsonPath;
  /** How many links were followed to get here. */
  readonly links: number;
}

export function placeIn(source: TemplateSource, path: JsonPath): Place | undefined {
  return source.document.place([...source.prefix, ...path]);
}

/** Thrown where something that has been reported already is needed. */
export class AlreadyReported extends Error {
  override readonly name = 'AlreadyReported';
}

const mostReported = 50;

/** Everything that is wrong with one template. ARM stops at the first; here they are reported together. Its identity is the list. */
export class Violations {
  readonly #source: TemplateSource;
  readonly #bodies: ArmErrorBody[] = [];

  constructor(source: TemplateSource) {
    this.#source = source;
  }

  place(path: JsonPath): Place | undefined {
    return placeIn(this.#source, path);
  }

  add(message: string, path: JsonPath): void {
    if (this.#bodies.length < mostReported) this.#bodies.push(invalidTemplateBody(message, this.place(path)));
  }

  /** Runs `work`; a failure in it is reported in the words of `describe`, and undefined comes back. */
  attempt<Result>(path: JsonPath, describe: (inner: string) => string, work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof AlreadyReported) return undefined;
      const failure = error instanceof LocatedFailure ? error.failure : error;
      if (!(failure instanceof ExpressionFailure)) throw error;
      this.add(describe(failure.message.replace(/\.$/, '')), error instanceof LocatedFailure ? error.path : path);
      if (failure.fatal) this.throwIfAny();
      return undefined;
    }
  }

  throwIfAny(): void {
    const [first, ...rest] = this.#bodies;
    if (first === undefined) return;
    throw new ArmError(400, rest.length === 0 ? first : { ...first, details: [first, ...rest] });
  }
}
