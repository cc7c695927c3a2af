// The mutation score of src/arm: how many small changes of the source its tests notice (Stryker).
//   npm run mutation                              every file, a few at a time; what has not changed is not run again
//   npm run mutation -- src/arm/settle.ts ...     these files
//   npm run mutation -- --force src/arm/...       the same, whatever is known already
//   npm run mutation -- --table                   only the table of what is known
//   npm run mutation -- --survivors src/arm/...   and the changes that no test notices
// Results are kept in $AKS_REGULATED_MUTATION_CACHE, or ~/.cache/aks-regulated/mutation.
// A result is run again when the code or the tests that reach it change in number or name. A test that changes under its old name
// is not noticed: that is what --force is for.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import stryker from '../stryker.config.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const aim = 80;
const filesAtOnce = 6;
const known = new Set(['--table', '--survivors', '--force']);
const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith('--')));
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const all = sources();
for (const word of [...flags].filter((flag) => !known.has(flag))) stop(`there is no option ${word}`);
for (const word of named.filter((file) => !all.includes(file))) stop(`${word} is not a source of src/arm`);
const files = named.length > 0 ? named : all;

if (!flags.has('--table') && !flags.has('--survivors')) {
  mkdirSync(path.dirname(stryker.incrementalFile), { recursive: true });
  for (let i = 0; i < files.length; i += filesAtOnce) measure(files.slice(i, i + filesAtOnce));
}
print();

function sources() {
  return readdirSync(path.join(root, 'src/arm'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/arm/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !/test|\/data\/|arm\/index\.ts/.test(file.slice('src/arm'.length)))
    .sort();
}

function measure(group) {
  const bin = path.join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const force = flags.has('--force') ? ['--force'] : [];
  const child = spawnSync(process.execPath, [bin, 'run', 'stryker.config.mjs', '--mutate', group.join(','), ...force], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (child.status !== 0) stop(`Stryker ended with ${child.status ?? child.error?.message}`);
}

function print() {
  if (!existsSync(stryker.incrementalFile)) stop(`nothing is known yet in ${stryker.incrementalFile}`);
  const report = JSON.parse(readFileSync(stryker.incrementalFile, 'utf8'));
  const row = (name, counts) =>
    `| ${name.padEnd(40)} | ${String(counts.noticed).padStart(7)} | ${String(counts.survived).padStart(8)} | ${String(counts.unreached).padStart(9)} | ${score(counts).toFixed(1).padStart(5)} % |`;
  console.log(`| ${'file'.padEnd(40)} | noticed | survived | unreached |   score |`);
  console.log(`|${'-'.repeat(42)}|--------:|---------:|----------:|--------:|`);
  const total = { noticed: 0, survived: 0, unreached: 0 };
  for (const file of files) {
    const counts = countsOf(report.files[file]);
    if (counts === undefined) {
      console.log(`| ${file.padEnd(40)} | not measured |`);
      continue;
    }
    for (const key of Object.keys(total)) total[key] += counts[key];
    console.log(row(file, counts));
    if (flags.has('--survivors')) survivors(report.files[file]);
  }
  console.log(row('all', total));
  const missing = files.filter((file) => countsOf(report.files[file]) === undefined);
  if (missing.length > 0) console.log(`\nnot measured: ${missing.length} of ${files.length} files`);
  if (missing.length > 0 || score(total) < aim) process.exitCode = 1;
}

/** A timeout counts as noticed: the change makes a loop endless. Undefined where the file has changed since. */
function countsOf(file) {
  if (file === undefined) return undefined;
  const count = (...statuses) => file.mutants.filter((mutant) => statuses.includes(mutant.status)).length;
  return {
    noticed: count('Killed', 'Timeout'),
    survived: count('Survived'),
    unreached: count('NoCoverage'),
  };
}

function score({ noticed, survived, unreached }) {
  const every = noticed + survived + unreached;
  return every === 0 ? 100 : (100 * noticed) / every;
}

function survivors({ source, mutants }) {
  const lines = source.split('\n');
  for (const { status, location, replacement } of mutants) {
    if (status !== 'Survived' && status !== 'NoCoverage') continue;
    const { start, end } = location;
    const line = lines[start.line - 1];
    const changed =
      start.line === end.line ? line.slice(start.column - 1, end.column - 1) : line.slice(start.column - 1);
    console.log(`    ${start.line}:${start.column}  ${changed.trim()}  →  ${(replacement ?? '').replace(/\s+/g, ' ')}`);
  }
}

function stop(message) {
  console.error(`mutation: ${message}`);
  process.exit(2);
}
