import { defineConfig } from 'vitest/config';

/** The tests that run for each change of src/arm when Stryker's own runner is the referee (scripts/mutation.mjs). */
export default defineConfig({
  test: {
    include: ['src/arm/**/*.test.ts'],
    exclude: ['**/hostile-input.test.ts', '**/mutated-input.test.ts', '**/determinism.test.ts'],
    testTimeout: 60_000,
  },
});
