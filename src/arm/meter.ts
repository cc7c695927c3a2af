import { ExpressionFailure } from './arm-failures.ts';
import { maximumEvaluationDepth, maximumTemplateSize, maximumWork } from './limits.ts';

/** Characters or elements that are copied in the time of one step of evaluation, about. */
const sizePerStep = 8;

/** Counts what the evaluation of one template costs, so that hostile input ends in an error. Its identity is the count. */
export class Meter {
  #work = 0;
  #depth = 0;

  /** Charges steps. */
  spend(steps: number): void {
    this.#work += steps;
    if (this.#work > maximumWork)
      throw new ExpressionFailure(
        `The template takes too long to evaluate: more than '${maximumWork}' steps were needed`,
        undefined,
        true,
      );
  }

  /** Charges a string or array before it is made, and refuses one that no template could hold. */
  make(size: number): void {
    this.fits(size);
    this.spend(Math.ceil(size / sizePerStep));
  }

  /** Refuses a size that no template could hold, for what is charged as it grows. */
  fits(size: number): void {
    if (size > maximumTemplateSize)
      throw new ExpressionFailure(
        `A value of the template exceeds the limit of '${maximumTemplateSize}' characters or elements`,
        undefined,
        true,
      );
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
