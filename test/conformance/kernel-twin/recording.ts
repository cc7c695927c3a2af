import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from './arm-json.ts';
import type { Probe } from './prober.ts';
import type { Observation } from './twin.ts';

/** A zone with what the kernel did in it: measured a moment ago, or recorded. */
export interface ObservedZone {
  readonly seed: number;
  readonly resources: readonly Json[];
  readonly probes: readonly Probe[];
  readonly observations: readonly Observation[];
}

/** `[source, destination, 0 tcp or 1 udp, port, source port, flags, rule…]`; addresses and rules by their place in the lists. */
type Row = readonly number[];

interface Recording {
  readonly about: string;
  readonly seed: number;
  readonly kernel: string;
  readonly resources: readonly Json[];
  readonly addresses: readonly string[];
  readonly rules: readonly string[];
  readonly flows: readonly Row[];
}

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'recordings');
const flags = { answered: 1, arrived: 2, request: 4, reply: 8 } as const;

export function writeRecording(zone: ObservedZone, kernel: string): void {
  const addresses: string[] = [];
  const rules: string[] = [];
  const place = (all: string[], one: string): number => {
    const found = all.indexOf(one);
    return found >= 0 ? found : all.push(one) - 1;
  };
  const rows = zone.probes.map((probe, index): Row => {
    const seen = zone.observations[index] as Observation;
    const bits =
      (seen.answered ? flags.answered : 0) |
      (seen.arrived ? flags.arrived : 0) |
      (seen.firewallSaw.request ? flags.request : 0) |
      (seen.firewallSaw.reply ? flags.reply : 0);
    return [
      place(addresses, probe.source),
      place(addresses, probe.destination),
      probe.transport === 'tcp' ? 0 : 1,
      probe.port,
      probe.sourcePort,
      bits,
      ...seen.decisions.map((one) => place(rules, one)),
    ];
  });
  const recording: Recording = {
    about: 'What a Linux kernel did with each probe. Written by the kernel twin (KERNEL_TWIN_RECORD=1), never by hand.',
    seed: zone.seed,
    kernel,
    resources: zone.resources,
    addresses,
    rules,
    flows: rows,
  };
  mkdirSync(folder, { recursive: true });
  const name = `zone-${String(zone.seed).padStart(3, '0')}.generated.json`;
  writeFileSync(path.join(folder, name), `${JSON.stringify(recording)}\n`);
}

export function readRecordings(): readonly ObservedZone[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => decode(JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Recording));
}

function decode({ seed, resources, addresses, rules, flows }: Recording): ObservedZone {
  const probes: Probe[] = [];
  const observations: Observation[] = [];
  for (const [source = 0, destination = 0, transport, port = 0, sourcePort = 0, bits = 0, ...decisions] of flows) {
    probes.push({
      source: addresses[source] ?? '',
      destination: addresses[destination] ?? '',
      transport: transport === 0 ? 'tcp' : 'udp',
      port,
      sourcePort,
    });
    observations.push({
      answered: (bits & flags.answered) !== 0,
      arrived: (bits & flags.arrived) !== 0,
      firewallSaw: { request: (bits & flags.request) !== 0, reply: (bits & flags.reply) !== 0 },
      decisions: decisions.map((one) => rules[one] ?? ''),
    });
  }
  return { seed, resources, probes, observations };
}
