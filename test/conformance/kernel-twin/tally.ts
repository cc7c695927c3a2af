import type { NetworkModel } from '../../../src/reachability/index.ts';
import { brokenVerifiers } from './broken-verifiers.ts';
import {
  answeredAskew,
  type Claim,
  describeDifference,
  difference,
  type Outcome,
  observedOutcome,
} from './comparison.ts';
import type { Probe } from './prober.ts';
import type { ObservedZone } from './recording.ts';
import type { Observation } from './twin.ts';
import { verifierFor } from './verifier.ts';

/** A probe whose claims and observation differ. */
export interface Disagreement {
  readonly seed: number;
  readonly probe: Probe;
  readonly words: string;
}

/** Sums over zones, for the test to look at and to print. */
export class Tally {
  zones = 0;
  flows = 0;
  /** Probes whose end the verifier leaves open; the kernel's is among its claims. */
  open = 0;
  readonly outcomes: Record<Outcome, number> = { allowed: 0, 'one-way': 0, denied: 0 };
  readonly askew = { tcp: 0, udp: 0 };
  readonly decisions = { 'security group': 0, firewall: 0 };
  readonly rules = new Set<string>();
  readonly disagreements: Disagreement[] = [];
  readonly caught = new Map(Object.keys(brokenVerifiers).map((name) => [name, { flows: 0, firstSeed: 0 }]));

  /** Compares every probe of a zone; `again` measures disagreeing ones once more, with patience, before they count. */
  async compare(
    zone: ObservedZone,
    model: NetworkModel,
    again: (probes: readonly Probe[]) => Promise<readonly Observation[]>,
  ): Promise<void> {
    const ask = verifierFor(model);
    const claims = zone.probes.map(ask);
    const observations = [...zone.observations];
    const differing = zone.probes.flatMap((_, index) =>
      difference(claims[index] as readonly Claim[], observations[index] as Observation) === undefined ? [] : [index],
    );
    const measured = differing.length === 0 ? [] : await again(differing.map((index) => zone.probes[index] as Probe));
    differing.forEach((index, place) => {
      observations[index] = measured[place] ?? (observations[index] as Observation);
    });
    this.zones += 1;
    zone.probes.forEach((probe, index) => {
      this.count(zone.seed, probe, claims[index] as readonly Claim[], observations[index] as Observation);
    });
  }

  private count(seed: number, probe: Probe, claims: readonly Claim[], seen: Observation): void {
    this.flows += 1;
    this.outcomes[observedOutcome(seen)] += 1;
    if (answeredAskew(seen)) this.askew[probe.transport] += 1;
    for (const one of seen.decisions) {
      this.decisions[one.split('/').length === 2 ? 'security group' : 'firewall'] += 1;
      this.rules.add(`${seed} ${one}`);
    }
    const differs = difference(claims, seen);
    if (differs !== undefined) {
      this.disagreements.push({
        seed,
        probe,
        words: `zone ${seed}, ${differs}: ${describeDifference(probe, claims, seen)}`,
      });
    } else if (claims.length > 1) this.open += 1;
  }

  /** Runs each broken evaluator over a zone and counts the verdicts that are not the kernel's. */
  tryBroken({ seed, probes, observations }: ObservedZone, model: NetworkModel): void {
    for (const [name, broken] of Object.entries(brokenVerifiers)) {
      const ask = broken(model);
      const found = this.caught.get(name);
      if (found === undefined) continue;
      probes.forEach((probe, index) => {
        if (difference(ask(probe), observations[index] as Observation) !== 'verdict') return;
        found.flows += 1;
        if (found.firstSeed === 0) found.firstSeed = seed;
      });
    }
  }

  print(title: string): void {
    const { allowed, denied, 'one-way': oneWay } = this.outcomes;
    console.log(
      [
        `${title}: ${this.flows} verdicts over ${this.zones} zones; ${this.disagreements.length} differences`,
        `  allowed ${allowed}, denied ${denied}, one-way ${oneWay}`,
        `  rule decisions compared: ${this.decisions['security group']} of security groups, ${this.decisions.firewall} of the firewall; ${this.rules.size} different rules decided`,
        `  open in the verifier (source port after translation), kernel's among its answers: ${this.open}`,
        `  datagrams answered around the firewall, counted one-way (network-semantics.md 72): ${this.askew.udp}; TCP connections: ${this.askew.tcp}`,
        ...[...this.caught].map(
          ([name, { flows, firstSeed }]) =>
            `  broken on purpose, ${name}: ${flows} wrong verdicts, first in zone ${firstSeed}`,
        ),
      ].join('\n'),
    );
  }
}
