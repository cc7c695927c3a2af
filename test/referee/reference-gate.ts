import { describe, test } from 'vitest';
import { typesArePresent, typesFolder } from './azure-types.ts';

/**
 * `describe` for tests that need Microsoft's types: without the reference folder it skips and says so, except in CI, where a
 * missing referee is a failure.
 */
export function describeWithAzureTypes(title: string, body: () => void): void {
  if (typesArePresent()) {
    describe(title, body);
    return;
  }
  const reason = `${typesFolder} is not there; set AKS_REGULATED_REFERENCE_DIR`;
  const isCi = process.env.CI !== undefined && process.env.CI !== '';
  if (!isCi) console.log(`skipped "${title}": ${reason}`);
  describe(title, () => {
    test.skipIf(!isCi)(`has its referee (${reason})`, () => {
      throw new Error(reason);
    });
  });
}
