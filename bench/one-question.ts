import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readStateFolder } from '../src/cli/state/state-folder.ts';
import { reach } from '../src/reachability/index.ts';
import { type ReachQuestion, toQuestion } from '../src/verify/ask-reach.ts';
import { readNetwork } from '../src/verify/index.ts';
import { runCli } from '../test/cli/run-cli.ts';

/**
 * One question on the full landing zone, after it was read: from a subnet, a pod, the internet; to a name, a pod, an address. Prints the median and the
 * slowest, in milliseconds of processor, beside the time in which JSON.parse reads the same state. `npx tsx bench/one-question.ts`
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(path.join(tmpdir(), 'one-question-'));
const questions: readonly ReachQuestion[] = [
  { from: 'pod:a0005-i/web-frontend', to: 'pod:a0005-o/microservice-a', port: 8080, protocol: 'tcp' },
  { from: 'pod:a0005-o/microservice-a', to: 'packages.microsoft.com', port: 443, protocol: 'tcp' },
  { from: 'pod:a0005-o/microservice-b', to: 'internet', port: 443, protocol: 'tcp' },
  { from: 'subnet:snet-pods-inscope', to: 'internet', port: 443, protocol: 'tcp', name: 'mcr.microsoft.com' },
  { from: 'internet', to: 'subnet:snet-applicationgateway', port: 443, protocol: 'tcp' },
  { from: 'subnet:AzureBastionSubnet', to: 'subnet:snet-management-ops', port: 22, protocol: 'tcp' },
  { from: 'any', to: 'any' },
];

const milliseconds = (work: () => void): number => {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
};
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

try {
  const run = await runCli(folder, 'up', '--spec', path.join(root, 'landing-zone.yaml'));
  if (run.code !== 0) throw new Error(run.errors);
  const text = readFileSync(path.join(folder, 'out/state/resources.json'), 'utf8');
  const state = readStateFolder(path.join(folder, 'out/state'), 'state');
  let model = readNetwork(state).model;
  const loading = milliseconds(() => {
    model = readNetwork(state).model;
  });
  const parsing = median(Array.from({ length: 20 }, () => milliseconds(() => void JSON.parse(text))));
  console.log(`${state.resources.length} resources, ${state.objects.length} objects; read in ${loading.toFixed(0)} ms`);
  const all: number[] = [];
  for (const question of questions) {
    const times = Array.from({ length: 20 }, () => milliseconds(() => void reach(model, toQuestion(question, model))));
    all.push(...times);
    const [first = 0] = times;
    console.log(
      `${median(times).toFixed(1).padStart(7)} ms  (first ${first.toFixed(1)}, slowest ${Math.max(...times).toFixed(1)})  ${question.from} to ${question.to}${question.port === undefined ? '' : `:${question.port}`}`,
    );
  }
  console.log(
    `one question: median ${median(all).toFixed(1)} ms of processor, ${(median(all) / parsing).toFixed(1)} times JSON.parse of the same state (${parsing.toFixed(1)} ms)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
