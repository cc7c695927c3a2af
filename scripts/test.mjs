// `npm test`: what needs Node alone. Types, lint, import rules, then every test beside the source and in test/ (conformance apart).
// Each step prints what it is; the first that fails ends the run.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name, file) => path.join(root, 'node_modules', name, file);
const extra = process.argv.slice(2);

const steps = [
  ['types', [bin('typescript7', 'bin/tsc'), '--noEmit', '-p', 'tsconfig.json']],
  ['lint', [bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.']],
  ['unused code', [bin('knip', 'bin/knip.js')]],
  ['tests', [bin('vitest', 'vitest.mjs'), 'run', ...extra]],
];

for (const [name, args] of extra.length > 0 ? steps.slice(-1) : steps) {
  process.stdout.write(`\n== ${name}\n`);
  const started = performance.now();
  const child = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  process.stdout.write(
    `== ${name}: ${child.status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  if (child.status !== 0) process.exit(child.status ?? 1);
}
