// `npm start`: the main job, then the workload of the landing zone as processes on loopback, under the policies that were just written.
// The result of the main job is stdout's, and its exit code is this script's: a landing zone of somebody's own may let its services do
// other things than the table expects. The workload's table goes to stderr. `npm start -- FLAGS`: the flags of `up`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const flags = process.argv.slice(2);

const job = spawnSync(process.execPath, [path.join(root, 'dist', 'bin.js'), 'up', ...flags], { stdio: 'inherit' });
if (job.status !== 0 || flags.includes('--help') || flags.includes('-h')) process.exit(job.status ?? 1);

const at = flags.indexOf('--out');
const out = at < 0 ? (flags.find((flag) => flag.startsWith('--out='))?.slice('--out='.length) ?? 'out') : flags[at + 1];
const trees = path.resolve(out, 'gitops');
const [cluster] = existsSync(trees) ? readdirSync(trees).sort() : [];
if (cluster === undefined) process.exit(0);

process.stderr.write(`\nThe workload of ${cluster}, as processes on loopback under the policies of ${out}/gitops:\n`);
const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const run = [path.join(root, 'workload', 'run-local.ts'), '--once', '--manifests', path.join(trees, cluster)];
spawnSync(process.execPath, [tsx, ...run], { stdio: ['ignore', 2, 2] });
