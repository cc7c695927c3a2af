import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Intent } from '../src/model/intent.ts';
import { askReach, readNetwork, verifyIntents } from '../src/verify/index.ts';
import { stateOf } from '../test/reach/arm-shapes.ts';
import { referee } from '../test/reach/naive.ts';
import { generatedLandingZone } from './generated-landing-zone.ts';

/**
 * Proofs over generated landing zones of 10, 100 and 1,000 spokes with 20 security rules each: no spoke reaches another but for HTTPS to the first, the internet
 * reaches none, every spoke reaches the shared service. Each size in a process of its own. `npx tsx bench/landing-zones.ts [sizes]`. Prints CPU seconds, peak memory and
 * growth, one question's milliseconds after loading, and the naive evaluator's packets a second beside the pairs that a proof covers.
 */

const sizes = process.argv
  .slice(2)
  .filter((one) => /^\d+$/.test(one))
  .map(Number);
const all = sizes.length > 0 ? sizes : [10, 100, 1000];

interface Measured {
  readonly spokes: number;
  readonly read: number;
  readonly proof: number;
  readonly question: number;
  readonly megabytes: number;
  readonly proven: number;
  readonly pairs: number;
}

const intents: readonly Intent[] = [
  {
    id: 'apart',
    statement: 'spokes are apart',
    expect: 'denied',
    from: ['10.0.0.0/8'],
    exceptFrom: ['subnet:AzureFirewallSubnet'],
    to: ['10.2.0.0/15'],
    exceptTo: [],
    traffic: [{ protocol: 'tcp', ports: [22] }],
    controls: [],
  },
  {
    id: 'no-internet',
    statement: 'the internet reaches none',
    expect: 'denied',
    from: ['internet'],
    to: ['10.1.0.0/16'],
    controls: [],
  },
  {
    id: 'shared',
    statement: 'all reach the shared service',
    expect: 'allowed',
    from: ['10.1.1.0/24', '10.1.2.0/24'],
    to: ['10.1.0.0/25'],
    traffic: [{ protocol: 'tcp', ports: [443] }],
    controls: [],
  },
];

const cpu = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

function measure(spokes: number): Measured {
  const state = stateOf(generatedLandingZone(spokes));
  const begin = process.cpuUsage();
  const { model } = readNetwork(state);
  const read = cpu(begin);
  const middle = process.cpuUsage();
  const own =
    spokes <= 256
      ? intents.filter((one) => one.id !== 'apart').concat([{ ...(intents[0] as Intent), to: ['10.1.0.0/16'] }])
      : intents;
  const result = verifyIntents(model, own);
  const proof = cpu(middle);
  if (result.findings.length > 0) throw new Error(result.findings.map((one) => one.message).join('\n'));
  const last = process.cpuUsage();
  askReach(state, { from: '10.1.1.5', to: '10.1.0.5', port: 443 });
  return {
    spokes,
    read,
    proof,
    question: cpu(last) * 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
    proven: result.proven.length,
    pairs: result.proven.reduce((sum, one) => sum + one.pairs, 0),
  };
}

function naive(spokes: number): { readonly seconds: number; readonly packets: number } {
  const begin = process.cpuUsage();
  const { judge } = referee(generatedLandingZone(spokes), () => undefined);
  let packets = 0;
  for (let n = 0; n < 2000; n++) {
    judge({ src: `10.1.${n % spokes}.5`, dst: `10.1.${(n * 7) % spokes}.9`, protocol: 'Tcp', port: 443 });
    packets += 1;
  }
  return { seconds: cpu(begin), packets };
}

const [only] = process.argv.slice(2);
if (only === 'one') {
  console.log(JSON.stringify(measure(Number(process.argv[3]))));
} else {
  let before: Measured | undefined;
  for (const spokes of all) {
    const run = spawnSync(
      process.execPath,
      [...process.execArgv, fileURLToPath(import.meta.url), 'one', String(spokes)],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    if (run.status !== 0) throw new Error(`${spokes} spokes ended with ${run.status}`);
    const one = JSON.parse(run.stdout) as Measured;
    const total = one.read + one.proof;
    const growth = before === undefined ? '' : `  growth ${(total / (before.read + before.proof)).toFixed(1)}x`;
    console.log(
      `${String(spokes).padStart(5)} spokes  read ${one.read.toFixed(2)} s  ${one.proven} proofs ${one.proof.toFixed(2)} s CPU  ${one.pairs} pairs  one question ${one.question.toFixed(0)} ms  ${one.megabytes.toFixed(0)} MB${growth}`,
    );
    before = one;
  }
  const base = naive(100);
  const rate = base.packets / base.seconds;
  if (before !== undefined)
    console.log(
      `naive evaluator: ${rate.toFixed(0)} packets a CPU second; the proofs of the largest zone cover ${before.pairs} pairs with every packet of each, ${(before.pairs / (before.read + before.proof) / rate).toFixed(1)} times as many pairs a second as the naive one judges packets`,
    );
}
