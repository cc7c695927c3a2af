// A test runner for Stryker that keeps the tests of src/arm loaded. Stryker's own runner for Vitest starts a worker and loads every
// module anew for each mutant, which is most of the time that a mutant takes. Here the sources (with all mutants in them, as Stryker
// writes them) and the tests are bundled and compiled once; for each mutant the compiled bundle is evaluated again, so that no state
// is left of the mutant before, and its tests run until one fails. `expect` is Vitest's; `describe` and `test` are below.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { expect } from 'vitest';

/** They measure time or search at random for long; what they found has a test of its own. */
const tooSlow = new Set(['hostile-input.test.ts', 'mutated-input.test.ts', 'determinism.test.ts']);

class InProcessRunner {
  #script;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#script = new vm.Script(await bundle(process.cwd()), { filename: 'arm-tests.cjs' });
  }

  async dryRun() {
    const stryker = this.#stryker();
    stryker.activeMutant = undefined;
    stryker.mutantCoverage = undefined;
    const tests = [];
    for (const test of this.#load()) {
      stryker.currentTestId = test.name;
      tests.push(await run(test));
      stryker.currentTestId = undefined;
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, hitLimit, mutantActivation, testFilter }) {
    const stryker = this.#stryker();
    stryker.hitLimit = hitLimit;
    stryker.hitCount = hitLimit === undefined ? undefined : 0;
    if (mutantActivation === 'static') stryker.activeMutant = activeMutant.id;
    const results = await this.#untilOneFails(testFilter, () => {
      stryker.activeMutant = activeMutant.id;
    });
    const limitReached = determineHitLimitReached(stryker.hitCount, hitLimit);
    stryker.activeMutant = undefined;
    return toMutantRunResult(limitReached ?? { status: DryRunStatus.Complete, tests: results });
  }

  async #untilOneFails(testFilter, activate) {
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    const results = [];
    let tests;
    try {
      tests = this.#load();
    } catch (error) {
      // The mutant keeps the module from loading: every test notices.
      return [{ id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed, failureMessage: String(error) }];
    }
    activate();
    for (const test of tests) {
      if (wanted !== undefined && !wanted.has(test.name)) continue;
      const result = await run(test);
      results.push(result);
      if (result.status === TestStatus.Failed) break;
    }
    return results;
  }

  /** Where the instrumented code looks for the mutant to be, and counts. */
  #stryker() {
    globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
    return globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE];
  }

  /** The tests of a fresh evaluation of the bundle. */
  #load() {
    const collected = collector();
    const require = createRequire(import.meta.url);
    const evaluate = this.#script.runInThisContext();
    evaluate((name) => (name === 'vitest' ? { expect, ...collected.api } : require(name)), { exports: {} });
    return collected.tests;
  }
}

async function run({ name, work }) {
  const started = performance.now();
  const done = (rest) => ({ id: name, name, timeSpentMs: performance.now() - started, ...rest });
  try {
    await work();
    return done({ status: TestStatus.Success });
  } catch (error) {
    return done({ status: TestStatus.Failed, failureMessage: String(error?.message ?? error) });
  }
}

/** `describe`, `test` and their `each`, as far as the tests use them. Names are made unique by a number. */
function collector() {
  const tests = [];
  const titles = [];
  const used = new Map();
  const test = (title, work) => {
    const name = [...titles, title].join(' > ');
    const before = used.get(name) ?? 0;
    used.set(name, before + 1);
    tests.push({ name: before === 0 ? name : `${name} (${before + 1})`, work });
  };
  const describe = (title, work) => {
    titles.push(title);
    work();
    titles.pop();
  };
  const each = (register) => (rows) => (title, work) => {
    for (const row of rows) {
      const args = Array.isArray(row) ? row : [row];
      register(filled(title, args), () => work(...args));
    }
  };
  test.each = each(test);
  describe.each = each(describe);
  return { tests, api: { describe, test } };
}

/** `%s` and `$member` of a title; what is cut short is told apart by its number. */
function filled(title, args) {
  let at = 0;
  return title
    .replace(/%[sij]/g, () => String(args[at++]).slice(0, 200))
    .replace(/\$(\w+)/g, (_, member) => String(args[0]?.[member]).slice(0, 200));
}

/** All tests of src/arm in one function of `require` and `module`. */
async function bundle(root) {
  const folder = path.join(root, 'src', 'arm');
  // Tests that try many values come last: most changes are noticed by one of the others.
  const tries = (file) => Number(readFileSync(path.join(folder, file), 'utf8').includes("from 'fast-check'"));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !tooSlow.has(path.basename(file)))
    .sort((a, b) => tries(a) - tries(b) || a.localeCompare(b, 'en'));
  const result = await build({
    stdin: {
      contents: files.map((file) => `import ${JSON.stringify(`./${file}`)};`).join('\n'),
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    plugins: [ownUrls],
  });
  return `(function (require, module) {${result.outputFiles[0].text}\n})`;
}

/** In a bundle, `import.meta.url` would be that of the bundle. */
const ownUrls = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.test\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href)), loader: 'ts' };
    });
  },
};

function createRunner() {
  return new InProcessRunner();
}
createRunner.inject = [];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', createRunner)];
