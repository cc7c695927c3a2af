import { beforeAll, describe, expect, it } from 'vitest';
import { parsePrefix } from '../../src/kernel/address.ts';
import {
  type Analysis,
  analyze,
  intersectSets,
  isEmpty,
  type Network,
  type PacketSet,
  packetPoint,
  prepare,
  type Question,
} from '../../src/reachability/index.ts';
import { readNetwork } from '../../src/verify/index.ts';
import { stateOf } from './arm-shapes.ts';
import { type Answer, type Fault, faults, type Packet, referee } from './naive.ts';
import { randomFrom, randomPacket, randomZone, tagOf } from './random-zones.ts';

const zones = 250;
const packetsEach = 60;
const protocolNumbers = { Tcp: 6, Udp: 17, Icmp: 1 } as const;

/** Everything to everything, and the tags and names that the world of the packets has, so that the space knows them. */
const whole: Question = {
  from: [{ kind: 'any', text: 'any' }],
  to: [
    { kind: 'any', text: 'any' },
    ...['Storage.eastus2', 'Sql.eastus2'].map((tag) => ({
      kind: 'tag' as const,
      text: tag,
      tag,
      names: false,
      addresses: true,
    })),
    ...['www.example.com', 'api.example.com', 'www.example.org', 'eu.api.example.com', 'www.example.net'].map(
      (pattern) => ({ kind: 'name' as const, text: pattern, pattern }),
    ),
  ],
  traffic: [],
};

function point(network: Network, packet: Packet): PacketSet {
  const range = (text: string) => {
    const parsed = parsePrefix(text);
    if (parsed === undefined) throw new RangeError(text);
    return { range: parsed, tag: tagOf(text) };
  };
  return packetPoint(network, {
    source: range(packet.src),
    destination: range(packet.dst),
    protocol: protocolNumbers[packet.protocol],
    ...(packet.protocol === 'Icmp' ? {} : { destinationPort: packet.port }),
    ...(packet.name === undefined ? {} : { name: packet.name }),
  });
}

interface Compared {
  readonly outcomes: readonly string[];
  readonly rules: readonly string[];
}

function ours(network: Network, packet: Packet): Compared {
  const set = point(network, packet);
  const analysis: Analysis = analyze(network, whole, set);
  const classes = analysis.classes.filter((one) => !isEmpty(intersectSets(one.packets, set)));
  return {
    outcomes: classes.map((one) => one.outcome),
    rules: classes.map((one) => {
      const deciding = one.hops.filter(
        (hop) =>
          hop.direction !== 'reply' &&
          ['nsg', 'firewall', 'platform'].includes(hop.layer) &&
          hop.rule !== '(source translation)' &&
          hop.rule !== '(no network security group)',
      );
      return deciding.at(-1)?.rule ?? 'none';
    }),
  };
}

function same(answer: Answer, compared: Compared): boolean {
  if (compared.outcomes.length !== 1 || compared.outcomes[0] !== answer.outcome) return false;
  // Where a route or peering decides, both say so in their own words; where a rule decides, it must be the same one.
  const named = /^(In|Out|one|two|parent)[-/]|^(Allow|Deny)|^\(default deny\)|^\(DNS proxy\)/.test(answer.rule);
  return !named || answer.outcome === 'one-way' || compared.rules[0] === answer.rule;
}

function* flows(
  seed: number,
): Generator<{ readonly packet: Packet; readonly judge: (fault?: Fault) => Answer; readonly answer: () => Compared }> {
  const random = randomFrom(seed);
  const resources = randomZone(random);
  const { model } = readNetwork(stateOf(resources));
  const network = prepare(model, [whole]);
  const { judge } = referee(resources, tagOf);
  for (let n = 0; n < packetsEach; n++) {
    const packet = randomPacket(random);
    yield { packet, judge: (fault) => judge(packet, fault), answer: () => ours(network, packet) };
  }
}

describe('the second evaluator', () => {
  const differences: string[] = [];
  const outcomes = new Map<string, number>();
  const caught = new Map<Fault, number>();
  let compared = 0;
  beforeAll(() => {
    for (let seed = 1; seed <= zones; seed++) {
      for (const { packet, judge, answer } of flows(seed)) {
        const expected = judge();
        const found = answer();
        compared += 1;
        outcomes.set(expected.outcome, (outcomes.get(expected.outcome) ?? 0) + 1);
        if (!same(expected, found))
          differences.push(
            `seed ${seed} ${JSON.stringify(packet)}: ${JSON.stringify(expected)} but ${JSON.stringify(found)}`,
          );
        for (const fault of faults) if (!same(judge(fault), found)) caught.set(fault, (caught.get(fault) ?? 0) + 1);
      }
    }
  });

  it(`agrees on ${zones * packetsEach} flows, in outcome and deciding rule`, () => {
    expect(compared).toBe(zones * packetsEach);
    expect(differences.slice(0, 5)).toEqual([]);
    expect(differences.length).toBe(0);
  });

  it('saw every outcome often enough to mean something', () => {
    for (const outcome of ['allowed', 'denied', 'one-way'])
      expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(100);
  });

  it.each(faults)('is told apart when it is broken: %s', (fault) => {
    expect(caught.get(fault) ?? 0).toBeGreaterThan(10);
  });
});
