// Mutation testing of the ARM template language. Started by scripts/mutation.mjs.
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Outside of the tree, so that results stay from one run to the next. */
const cache = process.env.AKS_REGULATED_MUTATION_CACHE ?? path.join(homedir(), '.cache', 'aks-regulated', 'mutation');

/** What need not be copied for the tests of src/arm to run. */
function others(folder, ...needed) {
  return readdirSync(path.join(import.meta.dirname, folder))
    .filter((name) => !needed.includes(name))
    .map((name) => path.posix.join('/', folder, name));
}

export default {
  testRunner: 'in-process',
  // The second is the referee of the first: npm run mutation -- --referee.
  plugins: ['./scripts/mutation/in-process-runner.mjs', '@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  mutate: ['src/arm/**/*.ts', '!src/arm/**/*test*', '!src/arm/**/data/**', '!src/arm/index.ts'],
  ignorePatterns: [
    ...others('.', 'src', 'test', 'package.json', 'vitest.mutation.config.ts'),
    ...others('src', 'arm', 'kernel'),
    ...others('test', 'corpus'),
  ],
  incremental: true,
  incrementalFile: path.join(cache, 'results.json'),
  tempDirName: path.join(cache, 'sandbox'),
  concurrency: Number(process.env.AKS_REGULATED_MUTATION_CONCURRENCY ?? 1),
  reporters: ['progress'],
  timeoutMS: 10_000,
  timeoutFactor: 3,
};
