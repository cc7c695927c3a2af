import { defineConfig } from 'vitest/config';

/** Tests against real clients and servers: started by scripts/conformance.mjs, which sees to what they need. */
export default defineConfig({
  test: {
    include: [`test/conformance/${process.env.CONFORMANCE_TIER ?? 'core'}/**/*.test.ts`],
    passWithNoTests: false,
    testTimeout: 10 * 60_000,
    hookTimeout: 10 * 60_000,
    fileParallelism: false,
    reporters: ['verbose'],
  },
});
