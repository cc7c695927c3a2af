// The conformance tests: real clients and servers against this project's own.
//   npm run conformance                      the core tier; fails where something that it needs is missing
//   npm run conformance -- --core --install  the same, after installing what is missing (what CI does)
//   npm run conformance -- --extended        the extended tier: what is in the cache folder runs, what is not is named
//   npm run conformance -- --all             both, after installing what either needs (about an hour on two cores, once)
//   npm run conformance -- --all --install-only   installs what both need and runs nothing
//   npm run conformance -- --core --only kube-   those tests of a tier whose name holds this, with what the tier needs
// The cache folder lies outside the clone: $AKS_REGULATED_CONFORMANCE_CACHE, or ~/.cache/aks-regulated/conformance.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache } from './conformance/cache.mjs';
import { needs, parts } from './conformance/parts.mjs';
import { fail } from './conformance/process.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const flags = process.argv.slice(2);
const both = flags.includes('--all');
const install = flags.includes('--install') || flags.includes('--install-only') || both;
const installOnly = flags.includes('--install-only');
const only = flags.includes('--only') ? flags[flags.indexOf('--only') + 1] : undefined;

/** Which parts are there and run: each is asked once. */
const found = new Map();

mkdirSync(cache, { recursive: true });
if (!flags.includes('--extended') || both) runCore();
if (flags.includes('--extended') || both) runExtended();

function runCore() {
  const tests = listTests('core');
  const missing = partsOf('core', tests).filter((name) => !isThere(name));
  if (missing.length > 0) {
    fail(`${missing.join(', ')}: missing in ${cache}; run: npm run conformance -- --core --install`);
  }
  runTier('core', tests);
}

function runExtended() {
  const runnable = listTests('extended').filter((test) => {
    const missing = partsOf('extended', [test]).filter((name) => !isThere(name));
    if (missing.length === 0) return true;
    console.log(`== conformance, extended: NOT RUN ${test}: without ${missing.join(', ')} (--all installs it)`);
    return false;
  });
  runTier('extended', runnable);
}

/** The parts that some tests need, each once. */
function partsOf(tier, tests) {
  return [...new Set(tests.flatMap((test) => needs[tier][test] ?? []))];
}

/** Whether a part is there and runs, after installing it where that was asked for. */
function isThere(name) {
  if (!found.has(name)) {
    const part = parts[name];
    if (!part.isReady() && install) {
      const started = performance.now();
      console.log(`== installing ${name} into ${cache}`);
      part.install();
      console.log(`== installed ${name} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    }
    found.set(name, part.isReady());
  }
  return found.get(name);
}

/** A variable that several parts share holds all their paths, as PATH does. */
function environmentOf(names) {
  const environment = {};
  for (const { variable, program } of names.map((name) => parts[name])) {
    if (variable === undefined) continue;
    environment[variable] = [environment[variable], program].filter(Boolean).join(path.delimiter);
  }
  return environment;
}

function runTier(tier, tests) {
  if (installOnly) return;
  if (tests.length === 0) return console.log(`== conformance, ${tier}: no test that can run`);
  console.log(`\n== conformance, ${tier}: ${tests.join(', ')}`);
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const files = tests.map((test) => path.join('test', 'conformance', tier, test));
  const child = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.conformance.config.ts', ...files], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CONFORMANCE_TIER: tier, ...environmentOf(partsOf(tier, tests)) },
  });
  console.log(`== conformance, ${tier}: ${child.status === 0 ? 'ok' : 'FAILED'}`);
  if (child.status !== 0) process.exit(child.status ?? 1);
}

function listTests(tier) {
  const folder = path.join(root, 'test', 'conformance', tier);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((file) => file.endsWith('.test.ts') && (only === undefined || file.includes(only)));
}
