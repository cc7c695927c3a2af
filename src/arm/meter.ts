import { ExpressionFailure } from './arm-failures.ts';
import { maximumEvaluationDepth, maximumValueSize, maximumWork } from './limits.ts';

/** Counts what the evaluation of one template costs, so that hostile input ends in an error. Its identity is the count. */
export class Meter {
  #work = 0;
  #depth = 0;

  /** Charges steps, characters or elements. */
  spend(amount: number): void {
    this.#work += amount;
    if (this.#work > maximumWork)
      throw new ExpressionFailure(
        `The template takes too long to evaluate: more than '${maximumWork}' steps were needed`,
        undefined,
        true,
      );
  }

  /** Charges a string or array before it is made, and refuses one that no template could hold. */
  make(size: number): void {
    if (size > maximumValueSize)
      throw new ExpressionFailure(
        `A value of the template exceeds the limit of '${maximumValueSize}' characters or elements`,
        undefined,
        true,
      );
    this.spend(size);
  }

  /** Runs something one level deeper. */
  deeper<Result>(work: () => Result): Result {
    if (this.#depth >= maximumEvaluationDepth)
      throw new ExpressionFailure(
        `The expressions of the template are nested more than '${maximumEvaluationDepth}' levels deep`,
        undefined,
        true,
      );
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
    }
  }
}
