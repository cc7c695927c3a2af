import type { Hop } from '../model/witness.ts';
import { describeWithoutEnds } from './describe.ts';
import { type Intervals, unite } from './intervals.ts';
import type { Network } from './network.ts';
import { destinationsOf, intersectSets, isEmpty, sourcesOf } from './packets.ts';
import type { Analysis } from './reach.ts';

/** Others that a question found at one of its ends. */
export interface EndFound {
  /** In words: workloads, prefixes, tags. */
  readonly who: string;
  /** What gets through, a line a class. */
  readonly traffic: readonly string[];
  /** `depends`: some of it may also be stopped. */
  readonly verdict: 'allowed' | 'depends';
  readonly hops: readonly Hop[];
}

/** Who gets through, or whom one gets through to, with the traffic and the rules that let it: those who share all of that are one line. */
export function endsFound(network: Network, analysis: Analysis, side: 'source' | 'destination'): readonly EndFound[] {
  const { addresses } = network.spaces;
  const found = new Map<string, { ends: Intervals; one: EndFound }>();
  for (const flow of analysis.classes) {
    if (flow.outcome !== 'allowed') continue;
    const ends = side === 'source' ? sourcesOf(flow.packets) : destinationsOf(flow.packets);
    const open = !isEmpty(intersectSets(flow.packets, analysis.denied));
    const traffic = describeWithoutEnds(network, flow.packets);
    const key = JSON.stringify([traffic, open, flow.hops.map((hop) => [hop.layer, hop.resource, hop.rule])]);
    const before = found.get(key);
    const all = before === undefined ? ends : unite(before.ends, ends);
    const one: EndFound = {
      who: addresses.describeSet(all, 12),
      traffic,
      verdict: open ? 'depends' : 'allowed',
      hops: flow.hops,
    };
    found.set(key, { ends: all, one });
  }
  return [...found.values()].map(({ one }) => one);
}
