// The mutation score of src/arm: how many small changes of the source its tests notice (Stryker).
//   npm run mutation                              every file, a few at a time; what has not changed is not run again
//   npm run mutation -- src/arm/settle.ts ...     these files
//   npm run mutation -- --force src/arm/...       the same, whatever is known already
//   npm run mutation -- --table                   only the table of what is known
//   npm run mutation -- --page                    the same, written to docs/mutation-score.md
//   npm run mutation -- --referee src/arm/...     the same files by Stryker's own runner for Vitest, verdict by verdict
//   npm run mutation -- --survivors src/arm/...   and the changes that no test notices
// Results are kept in $AKS_REGULATED_MUTATION_CACHE, or ~/.cache/aks-regulated/mutation.
// A result is run again when the code or the tests that reach it change in number or name. A test that changes under its old name
// is not noticed: that is what --force is for.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import stryker from '../stryker.config.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const aim = 80;
const filesAtOnce = 6;
const known = new Set(['--table', '--page', '--survivors', '--force', '--referee']);
/** No code: what they export is types, or other files' code. */
const withoutCode = ['src/arm/index.ts', 'src/arm/contract.ts'];
const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith('--')));
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const all = sources();
for (const word of [...flags].filter((flag) => !known.has(flag))) stop(`there is no option ${word}`);
for (const word of named.filter((file) => !all.includes(file))) stop(`${word} is not a source of src/arm`);
const files = named.length > 0 ? named : all;

if (flags.has('--referee')) compare();
else {
  if (!['--table', '--page', '--survivors'].some((flag) => flags.has(flag))) {
    mkdirSync(path.dirname(stryker.incrementalFile), { recursive: true });
    for (let i = 0; i < files.length; i += filesAtOnce) measure(files.slice(i, i + filesAtOnce), 'stryker.config.mjs');
  }
  const lines = table(reportOf(stryker.incrementalFile));
  console.log(lines.join('\n'));
  if (flags.has('--page')) writePage(lines);
}

function sources() {
  return readdirSync(path.join(root, 'src/arm'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/arm/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !/test|\/data\//.test(file.slice('src/arm'.length)))
    .filter((file) => !withoutCode.includes(file))
    .sort();
}

function measure(group, configuration, extra = flags.has('--force') ? ['--force'] : []) {
  const bin = path.join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const child = spawnSync(process.execPath, [bin, 'run', configuration, '--mutate', group.join(','), ...extra], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (child.status !== 0) stop(`Stryker ended with ${child.status ?? child.error?.message}`);
}

function reportOf(file) {
  if (!existsSync(file)) stop(`nothing is known yet in ${file}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The table as Markdown. Sets the exit code where the aim is missed or something is not measured. */
function table(report) {
  const row = (name, { noticed, survived, unreached }, percent) =>
    `| ${name.padEnd(36)} | ${[noticed, survived, unreached].map((count) => String(count).padStart(9)).join(' | ')} | ${percent.padStart(9)} |`;
  const lines = [
    row('file', { noticed: 'noticed', survived: 'survived', unreached: 'unreached' }, 'score'),
    `|${'-'.repeat(38)}|${`${'-'.repeat(10)}:|`.repeat(4)}`,
  ];
  const total = { noticed: 0, survived: 0, unreached: 0 };
  const missing = [];
  for (const file of files) {
    const counts = countsOf(report.files[file], readFileSync(path.join(root, file), 'utf8'));
    if (counts === undefined) {
      missing.push(file);
      continue;
    }
    for (const key of Object.keys(total)) total[key] += counts[key];
    lines.push(row(file, counts, `${score(counts).toFixed(1)} %`));
    if (flags.has('--survivors')) lines.push(...survivors(report.files[file]));
  }
  lines.push(row('all', total, `${score(total).toFixed(1)} %`));
  if (missing.length > 0) lines.push('', `Not measured: ${missing.join(', ')}`);
  if (missing.length > 0 || score(total) < aim) process.exitCode = 1;
  return lines;
}

function writePage(lines) {
  const when = new Date().toISOString().slice(0, 10);
  const text = `# Mutation score of the ARM language

How many small changes of \`src/arm\` its tests notice: each of Stryker's changes is made alone, and the tests that reach it run until
one fails. Measured on ${when} with \`npm run mutation\`; this page is written by \`npm run mutation -- --page\`.

- *noticed*: a test fails, or the change makes a loop endless.
- *survived*: tests run the changed code, and none fails. Some of these changes mean the same as the code (a bound that cannot be met, a
  check that only saves time); none is left out of the count.
- *unreached*: no test runs the changed code.

\`npm run mutation -- --survivors src/arm/settle.ts\` shows the changes that no test notices. Left out of the tests that run for each
change are the hostile, the random and the determinism tests, which take seconds each (\`scripts/mutation/in-process-runner.mjs\`).

${lines.join('\n')}
`;
  writeFileSync(path.join(root, 'docs/mutation-score.md'), text);
}

/** Our runner against Stryker's own for Vitest: the same changes, and the same verdict on each. */
function compare() {
  if (named.length === 0) stop('--referee takes the files to compare; the other runner is slow');
  const other = path.join(path.dirname(stryker.incrementalFile), 'referee.json');
  measure(named, 'stryker.config.mjs', ['--force']);
  measure(named, 'stryker.config.mjs', ['--force', '--testRunner', 'vitest', '--incrementalFile', other]);
  const verdicts = (report, file) =>
    new Map(
      report.files[file].mutants.map(({ location, mutatorName, replacement, status }) => [
        JSON.stringify([location.start, location.end, mutatorName, replacement]),
        status,
      ]),
    );
  let same = 0;
  for (const file of named) {
    const [ours, theirs] = [stryker.incrementalFile, other].map((name) => verdicts(reportOf(name), file));
    for (const [mutant, status] of theirs) {
      if (ours.get(mutant) === status) same++;
      else {
        console.log(`${file} ${mutant}: ${ours.get(mutant)} here, ${status} by Vitest`);
        process.exitCode = 1;
      }
    }
  }
  console.log(`${same} verdicts are the same`);
}

/** A timeout counts as noticed: the change makes a loop endless. Undefined where the file has changed since. */
function countsOf(file, source) {
  if (file === undefined || file.source !== source) return undefined;
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
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ location: { start, end }, replacement }) => {
      const line = lines[start.line - 1];
      const changed = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
      return `    ${start.line}:${start.column}  ${changed.trim()}  →  ${(replacement ?? '').replace(/\s+/g, ' ')}`;
    });
}

function stop(message) {
  console.error(`mutation: ${message}`);
  process.exit(2);
}
