import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArmResource } from '../../../src/model/resource.ts';
import type { State } from '../../../src/model/state.ts';
import { askReach, readNetwork } from '../../../src/verify/index.ts';
import type { Json } from '../kernel-twin/arm-json.ts';
import { observedOutcome } from '../kernel-twin/comparison.ts';
import { Kernel, whyNoKernel } from '../kernel-twin/kernel.ts';
import { randomZone } from '../kernel-twin/random-zone.ts';
import { type ObservedZone, readRecordings, writeRecording } from '../kernel-twin/recording.ts';
import { Tally } from '../kernel-twin/tally.ts';
import type { Observation } from '../kernel-twin/twin.ts';

/**
 * The Linux kernel as referee of the verifier: random landing zones become network namespaces with routing tables and nftables,
 * every host speaks to every other, and verdict and deciding rules are compared. Where namespaces cannot be made, recordings
 * of earlier runs are replayed; in CI they must be made. `KERNEL_TWIN_RECORD=1` writes the recordings anew.
 */
const zones = 100;
const brokenOver = 10;
const leastVerdicts = 100_000;
const recorded = [22, 35, 36];
/** Milliseconds of silence that end a run of probes; what disagrees is measured again with more patience. */
const patience = 150;
const morePatience = 2_000;

const missing = whyNoKernel();
const inCi = process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false';

function stateOf(resources: readonly Json[]): State {
  return { resources: resources as readonly ArmResource[], objects: [], origin: 'kernel twin', assumptions: [] };
}

/** `reach` as a user asks it, without a source port, over some flows between hosts; those that differ, in words. */
function askInWords({ resources, probes, observations }: ObservedZone): readonly string[] {
  const state = stateOf(resources);
  return probes.flatMap(({ source, destination, transport, port }, index) => {
    if (index % 40 !== 0 || !source.startsWith('10.') || !destination.startsWith('10.')) return [];
    const expected = observedOutcome(observations[index] as Observation) === 'allowed' ? 'allowed' : 'denied';
    const { verdict } = askReach(state, { from: source, to: destination, protocol: transport, port });
    return [
      verdict === expected
        ? ''
        : `${transport} ${source} to ${destination}:${port}: kernel ${expected}, reach ${verdict}`,
    ];
  });
}

/** The files of the twin that a file needs, itself among them; imports that lead out of the folder as they stand. */
function needs(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(new URL(`../kernel-twin/${file}`, import.meta.url), 'utf8');
  for (const [, from = ''] of text.matchAll(/^(?:import|export|\}) .*?from '(\.[^']+)';$/gm)) {
    if (from.startsWith('./')) needs(from.slice(2), found);
    else found.add(from);
  }
  return found;
}

test('the twin shares no code with the product', () => {
  const files = [...needs('twin-process.ts')];
  expect(files).toContain('security-groups.ts');
  expect(files.filter((file) => file.startsWith('..'))).toEqual([]);
  expect([...needs('tally.ts')].filter((file) => file.startsWith('..')).length).toBeGreaterThan(0);
});

if (missing !== undefined && inCi) {
  test('the kernel is there', () => {
    throw new Error(
      `The kernel twin must run in CI, and cannot: ${missing}. It needs: apt-get install -y nftables iproute2`,
    );
  });
}

describe.skipIf(missing !== undefined)('the kernel of this machine', () => {
  const tally = new Tally();
  const inWords: string[] = [];
  let kernel: Kernel;

  async function observe(seed: number): Promise<ObservedZone> {
    const { resources, outside, ports, probes } = randomZone(seed);
    await kernel.open(resources, outside, ports);
    const observations = await kernel.probe(probes, patience);
    await kernel.close();
    return { seed, resources, probes, observations };
  }

  beforeAll(async () => {
    kernel = new Kernel();
    const started = performance.now();
    for (let seed = 1; seed <= zones; seed++) {
      const zone = await observe(seed);
      const { model } = readNetwork(stateOf(zone.resources));
      await tally.compare(zone, model, async (probes) => {
        const { resources, outside, ports } = randomZone(seed);
        await kernel.open(resources, outside, ports);
        const again = await kernel.probe(probes, morePatience);
        await kernel.close();
        return again;
      });
      if (seed <= brokenOver) tally.tryBroken(zone, model);
      // In every third zone rules name source ports, which a question in words does not.
      if (seed % 3 !== 0) inWords.push(...askInWords(zone));
      if (process.env.KERNEL_TWIN_RECORD === '1' && recorded.includes(seed)) {
        writeRecording(zone, spawnSync('uname', ['-sr'], { encoding: 'utf8' }).stdout.trim());
      }
    }
    tally.print('kernel twin, this kernel');
    console.log(
      `  asked in words as well: ${inWords.length}; ${Math.round((performance.now() - started) / 1000)} s in all`,
    );
  });

  afterAll(async () => {
    await kernel.end();
  });

  test(`gave at least ${leastVerdicts} verdicts over ${zones} zones`, () => {
    expect(tally.zones).toBe(zones);
    expect(tally.flows).toBeGreaterThanOrEqual(leastVerdicts);
  });

  test('agrees with the verifier, in verdict and in every deciding rule', () => {
    expect(tally.disagreements.slice(0, 5).map(({ words }) => words)).toEqual([]);
    expect(tally.disagreements.length).toBe(0);
  });

  test('agrees with reach, asked in words', () => {
    expect(inWords.filter((words) => words !== '')).toEqual([]);
    expect(inWords.length).toBeGreaterThan(500);
  });

  test('saw everything often enough to mean something', () => {
    for (const [outcome, count] of Object.entries(tally.outcomes)) expect(count, outcome).toBeGreaterThan(5_000);
    for (const [layer, count] of Object.entries(tally.decisions)) expect(count, layer).toBeGreaterThan(5_000);
    expect(tally.rules.size).toBeGreaterThan(1_000);
    expect(tally.open).toBeLessThan(tally.flows / 1_000);
  });

  test('lets no TCP connection go around a firewall: the kernel itself shows statement 72', () => {
    expect(tally.askew.tcp).toBe(0);
  });

  test.each([...tally.caught.keys()])('tells a broken evaluator: %s', (name) => {
    expect(tally.caught.get(name)?.flows ?? 0).toBeGreaterThan(20);
  });
});

describe('recordings of a kernel', () => {
  const tally = new Tally();

  beforeAll(async () => {
    if (missing !== undefined) {
      console.log(`kernel twin: no kernel here (${missing}): recordings of another one are replayed instead`);
    }
    for (const zone of readRecordings()) {
      const { model } = readNetwork(stateOf(zone.resources));
      await tally.compare(zone, model, async () => []);
      tally.tryBroken(zone, model);
    }
    tally.print('kernel twin, recordings');
  });

  test('agree with the verifier, in verdict and in every deciding rule', () => {
    expect(tally.disagreements.slice(0, 5).map(({ words }) => words)).toEqual([]);
    expect(tally.zones).toBe(recorded.length);
    expect(tally.flows).toBeGreaterThan(2_000);
  });

  test.each([...tally.caught.keys()])('tell a broken evaluator: %s', (name) => {
    expect(tally.caught.get(name)?.flows ?? 0).toBeGreaterThan(0);
  });
});
