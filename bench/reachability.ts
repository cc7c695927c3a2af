import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '../src/model/kubernetes-object.ts';
import type { State } from '../src/model/state.ts';
import { allPairs, prepare } from '../src/reachability/index.ts';
import { askWhatReaches, compareStates, readNetwork } from '../src/verify/index.ts';
import { policyReferee } from '../test/reach/naive-policies.ts';
import { generatedCluster } from './generated-cluster.ts';

/**
 * Reachability of generated clusters: all pairs, one workload, and the difference of two states, each in a process of its own so that its memory is its own.
 * `npx tsx bench/reachability.ts`. Prints CPU seconds (reading the objects included), peak memory, and growth; and how many packets a second the naive evaluator
 * judges beside what the engine needs for every packet of every pair.
 */

const sizes = [
  [100, 30],
  [500, 100],
  [1000, 300],
  [3000, 300],
] as const;
const tasks = ['nothing', 'all pairs', 'one workload', 'difference'] as const;
type Task = (typeof tasks)[number];

interface Measured {
  readonly task: Task;
  readonly seconds: number;
  readonly megabytes: number;
  readonly classes: number;
  readonly pairs: number;
}

function stateOf(objects: readonly KubernetesObject[]): State {
  return { resources: [], objects: objects.map((object) => ({ object })), origin: 'bench', assumptions: [] };
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

function measure(task: Task, workloads: number, policies: number): Measured {
  const objects = generatedCluster(workloads, policies);
  const begin = process.cpuUsage();
  let [classes, pairs] = [0, 0];
  if (task === 'all pairs') {
    const { cluster } = prepare(readNetwork(stateOf(objects)).model, []);
    if (cluster === undefined) throw new Error('no cluster');
    const matrix = allPairs(cluster);
    [classes, pairs] = [matrix.classes.length, matrix.pairs];
  }
  if (task === 'one workload') pairs = askWhatReaches(stateOf(objects), 'pod:app-1/svc-1', { protocol: 'tcp' }).pairs;
  if (task === 'difference') {
    // One policy for a single workload is taken away.
    const name = `policy-${policies - 1}`;
    const fewer = objects.filter((one) => one.kind !== 'NetworkPolicy' || one.metadata.name !== name);
    pairs = compareStates(stateOf(objects), stateOf(fewer)).changes.length;
  }
  const seconds = cpuSeconds(begin);
  return { task, seconds, megabytes: process.resourceUsage().maxRSS / 1024, classes, pairs };
}

/** A process that does one task and nothing else. */
function apart(task: Task, workloads: number, policies: number): Measured {
  const file = fileURLToPath(import.meta.url);
  const run = spawnSync(process.execPath, [...process.execArgv, file, task, String(workloads), String(policies)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new Error(`${task} of ${workloads} workloads ended with ${run.status}`);
  return JSON.parse(run.stdout) as Measured;
}

/** Every packet of a sample of ports between all pairs of the smallest cluster, one at a time, as the second evaluator judges them. */
function naive(workloads: number, policies: number): { readonly seconds: number; readonly packets: number } {
  const objects = generatedCluster(workloads, policies);
  const ends = objects
    .filter((one) => one.kind === 'Deployment')
    .map((one) => `${one.metadata.namespace}/${one.metadata.name}`);
  const begin = process.cpuUsage();
  const judge = policyReferee(objects, 'unknown');
  let packets = 0;
  for (const src of ends)
    for (const dst of ends)
      for (const port of [53, 80, 443, 5432, 8080, 8081, 8443, 9100]) {
        judge({ src, dst, protocol: port === 53 ? 'UDP' : 'TCP', port });
        packets += 1;
      }
  return { seconds: cpuSeconds(begin), packets };
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
}

function report(): void {
  const rows: string[][] = [['workloads', 'policies', 'task', 'CPU s', 'peak MB', 'above idle', 'classes', 'growth']];
  const before = new Map<Task, number>();
  for (const [workloads, policies] of sizes) {
    const idle = apart('nothing', workloads, policies).megabytes;
    for (const task of tasks.slice(1)) {
      const { seconds, megabytes, classes } = apart(task, workloads, policies);
      const last = before.get(task);
      before.set(task, seconds);
      rows.push([
        String(workloads),
        String(policies),
        task,
        seconds.toFixed(3),
        megabytes.toFixed(0),
        (megabytes - idle).toFixed(0),
        classes === 0 ? '' : String(classes),
        last === undefined ? '' : `x${(seconds / last).toFixed(1)}`,
      ]);
    }
  }
  console.log(table(rows));
  const [workloads, policies] = sizes[0];
  const ours = apart('all pairs', workloads, policies);
  const other = naive(workloads, policies);
  console.log(
    `\n${workloads} workloads, ${policies} policies: the engine takes ${ours.seconds.toFixed(3)} CPU s for every packet of every pair; the naive evaluator ${other.seconds.toFixed(3)} CPU s for eight ports of each (${other.packets} packets): x${(other.seconds / ours.seconds).toFixed(0)}.`,
  );
}

const [task, workloads, policies] = process.argv.slice(2);
if (task === undefined) report();
else console.log(JSON.stringify(measure(task as Task, Number(workloads), Number(policies))));
